package resolve

import (
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/plugins/all"
)

func TestTrustedProviders(t *testing.T) {
	cfg, diags := config.Load(config.FileName, []byte(`socialProviders: {google: {clientId: a, clientSecret: "${S}"}}
plugins: {generic-oauth: {config: [{providerId: acme, clientId: a, clientSecret: "${S}", discoveryUrl: https://acme.example/.well-known/openid-configuration}]}}
account:
  accountLinking:
    trustedProviders: [google, email-password, acme, "${MORE}", gogle, github, gihtub, acmee]
`), all.Plugins())
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	_, diags = Resolve(cfg, all.Plugins(), "example.com/shop")
	var got strings.Builder
	for _, d := range diags {
		got.WriteString(d.Code + " " + d.String() + "\n")
	}
	want := `BA035 betterauth.yaml:5:65: warning: account.accountLinking.trustedProviders: there is no social provider "gogle" (did you mean "google"?)
BA035 betterauth.yaml:5:72: warning: account.accountLinking.trustedProviders: there is no social provider "github" (add github: to socialProviders)
BA035 betterauth.yaml:5:80: warning: account.accountLinking.trustedProviders: there is no social provider "gihtub" (did you mean "github"?)
BA035 betterauth.yaml:5:88: warning: account.accountLinking.trustedProviders: there is no social provider "acmee" (did you mean "acme"?)
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}
