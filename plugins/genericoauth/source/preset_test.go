package genericoauth_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	genericoauth "github.com/betterauth-gen/betterauth-gen/plugins/genericoauth/source"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

const tenant = "11111111-2222-3333-4444-555555555555"

// internet answers the calls of presets, by URL; the value is an answer, after the Authorization header it wants.
type internet map[string]string

func (n internet) RoundTrip(r *http.Request) (*http.Response, error) {
	want, answer, _ := strings.Cut(n[r.URL.String()], "|")
	status := http.StatusOK
	if answer == "" || want != r.Header.Get("Authorization") {
		status = http.StatusNotFound
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(answer)), Request: r}, nil
}

// TestPresetProfiles reads profiles in the form in which providers send them.
func TestPresetProfiles(t *testing.T) {
	idToken := func(claims object) string { return unsigned("RS256", claims) + ".x" }
	picture := func(url string) *string { return &url }
	for _, test := range []struct {
		name, preset string
		answers      internet
		idToken      string
		want         core.ProviderProfile
	}{
		{"slack", "slack", internet{
			"https://slack.com/api/openid.connect.userInfo": `Bearer access|{"sub":"U1","email":"a@b.example","email_verified":true,"name":"Ada","https://slack.com/user_image_512":"https://i.example/1"}`,
		}, "", core.ProviderProfile{AccountID: "U1", Email: "a@b.example", EmailVerified: true, Name: "Ada", Image: picture("https://i.example/1")}},
		{"line, ID token", "line", nil, idToken(object{"sub": "L1", "email": "a@b.example", "email_verified": true, "name": "Ada"}),
			core.ProviderProfile{AccountID: "L1", Email: "a@b.example", Name: "Ada"}},
		{"line", "line", internet{"https://api.line.me/oauth2/v2.1/userinfo": `Bearer access|{"sub":"L1","name":"Ada","picture":"https://i.example/2"}`},
			"", core.ProviderProfile{AccountID: "L1", Name: "Ada", Image: picture("https://i.example/2")}},
		{"gumroad", "gumroad", internet{
			"https://api.gumroad.com/v2/user": `Bearer access|{"success":true,"user":{"user_id":"G1","name":"Ada","email":"a@b.example","profile_url":"https://i.example/3"}}`,
		}, "", core.ProviderProfile{AccountID: "G1", Email: "a@b.example", Name: "Ada", Image: picture("https://i.example/3")}},
		{"gumroad, refused", "gumroad", internet{"https://api.gumroad.com/v2/user": `Bearer access|{"success":false}`}, "", core.ProviderProfile{}},
		{"hubspot", "hubspot", internet{"https://api.hubapi.com/oauth/v1/access-tokens/access": `|{"user_id":7,"user":"a@b.example"}`},
			"", core.ProviderProfile{AccountID: "7", Email: "a@b.example", Name: "a@b.example"}},
		{"hubspot, signed", "hubspot", internet{"https://api.hubapi.com/oauth/v1/access-tokens/access": `|{"signed_access_token":{"userId":8},"user":"a@b.example"}`},
			"", core.ProviderProfile{AccountID: "8", Email: "a@b.example", Name: "a@b.example"}},
		{"hubspot, nobody", "hubspot", internet{"https://api.hubapi.com/oauth/v1/access-tokens/access": `|{"user":"a@b.example"}`}, "", core.ProviderProfile{}},
		{"patreon", "patreon", internet{
			"https://www.patreon.com/api/oauth2/v2/identity?fields[user]=email,full_name,image_url,is_email_verified": `Bearer access|{"data":{"id":"P1","attributes":{"email":"a@b.example","full_name":"Ada","image_url":"https://i.example/4","is_email_verified":true}}}`,
		}, "", core.ProviderProfile{AccountID: "P1", Email: "a@b.example", EmailVerified: true, Name: "Ada", Image: picture("https://i.example/4")}},
		{"yandex", "yandex", internet{
			"https://login.yandex.ru/info?format=json": `OAuth access|{"id":"Y1","login":"ada","real_name":"Ada L.","emails":["a@b.example"],"default_avatar_id":"av"}`,
		}, "", core.ProviderProfile{AccountID: "Y1", Email: "a@b.example", Name: "Ada L.", Image: picture("https://avatars.yandex.net/get-yapic/av/islands-200")}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := profile(t, genericoauth.ProviderOptions{Preset: test.preset, ClientID: "shop", ClientSecret: "secret"}, test.answers, test.idToken)
			if test.want.AccountID == "" {
				if err == nil {
					t.Errorf("got %+v", got)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			compare(t, got, test.want)
		})
	}
}

// TestEntraProfiles reads ID tokens of Microsoft Entra ID, which have to be verified.
func TestEntraProfiles(t *testing.T) {
	p := newIDP(t)
	authority := "https://login.microsoftonline.com/" + tenant
	answers := internet{
		authority + "/v2.0/.well-known/openid-configuration": `|{"issuer":"` + authority + `","jwks_uri":"` + p.URL + `/keys","id_token_signing_alg_values_supported":["RS256"]}`,
		p.URL + "/keys": "|" + get(t, p.URL+"/keys"),
		"https://graph.microsoft.com/oidc/userinfo": `Bearer access|{"sub":"s","email":"graph@b.example","email_verified":true,"picture":"https://i.example/5"}`,
	}
	options := genericoauth.ProviderOptions{Preset: "microsoftEntraId", TenantID: tenant, ClientID: "shop", ClientSecret: "secret"}
	token := func(claims object) string {
		p.claims = claims
		claims["iss"] = authority
		return p.idToken()
	}
	picture := "https://i.example/5"

	got, err := profile(t, options, answers, token(object{"sub": "s", "oid": "O1", "given_name": "Ada", "family_name": "L."}))
	if err != nil {
		t.Fatal(err)
	}
	compare(t, got, core.ProviderProfile{AccountID: "O1", Name: "Ada L.", Email: "graph@b.example", EmailVerified: true, Image: &picture})

	got, err = profile(t, options, answers, token(object{"sub": "another", "oid": "O1", "name": "Ada"}))
	if err != nil {
		t.Fatal(err)
	}
	compare(t, got, core.ProviderProfile{AccountID: "O1", Name: "Ada", Email: "O1@microsoft-entra-id.placeholder.invalid"})

	for name, idToken := range map[string]string{
		"no oid": token(object{"sub": "s", "email": "a@b.example"}), "none": "", "unsigned": unsigned("RS256", object{"oid": "O1"}) + ".x",
	} {
		if got, err := profile(t, options, answers, idToken); err == nil {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

// profile asks the provider of options who tokens are for.
func profile(t *testing.T, options genericoauth.ProviderOptions, answers internet, idToken string) (*core.ProviderProfile, error) {
	t.Helper()
	server, _ := logged(t, genericoauth.Funcs{options.ID(): {Funcs: social.Funcs{Transport: answers}}}, options)
	p := server.Auth.Provider(options.ID())
	if p == nil {
		t.Fatal("there is no provider")
	}
	return p.UserInfo(t.Context(), &core.OAuthTokens{AccessToken: "access", IDToken: idToken}, nil)
}

func compare(t *testing.T, got *core.ProviderProfile, want core.ProviderProfile) {
	t.Helper()
	image := func(p *string) string {
		if p == nil {
			return ""
		}
		return *p
	}
	if got.AccountID != want.AccountID || got.Email != want.Email || got.EmailVerified != want.EmailVerified || got.Name != want.Name ||
		image(got.Image) != image(want.Image) || got.Data == nil {
		t.Errorf("got  %+v\nwant %+v", *got, want)
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
