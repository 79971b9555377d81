package core_test

import (
	"errors"
	"net/url"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
)

func TestSignOutAtProvider(t *testing.T) {
	server, acme := newSocial(t)
	signOut := func(body authtest.M) *authtest.Response {
		ada := server.Client()
		ada.SignInWith(acme, authtest.Ada())
		answer := ada.Post("/sign-out", body).Want(200)
		if ada.SignedIn() {
			t.Error("still signed in")
		}
		return answer
	}
	answer := signOut(authtest.M{"callbackURL": "/bye", "state": "s"})
	page, err := url.Parse(answer.Text("url"))
	if err != nil || page.Host != "acme.example" || answer.Value("redirect") != true || answer.Header.Get("Location") != answer.Text("url") {
		t.Errorf("answer %s, Location %q, %v", answer.Body, answer.Header.Get("Location"), err)
	}
	if q := page.Query(); q.Get("post_logout_redirect_uri") != authtest.Origin+"/bye" || q.Get("state") != "s" || q.Get("id_token_hint") == "" {
		t.Errorf("page %s", page)
	}
	answer = signOut(authtest.M{"disableRedirect": true})
	if answer.Value("redirect") != false || answer.Header.Get("Location") != "" || answer.Text("url") == "" {
		t.Errorf("answer %s", answer.Body)
	}
	acme.Fails = nil
	ada := server.Client()
	ada.SignUp("nobody@example.com")
	if out := ada.Post("/sign-out", authtest.M{}).Want(200); string(out.Body) != `{"success":true}` {
		t.Errorf("answer %s", out.Body)
	}
	ada.SignInWith(acme, authtest.Ada())
	acme.Fails = errors.New("down")
	if out := ada.Post("/sign-out", authtest.M{}).Want(200); string(out.Body) != `{"success":true}` {
		t.Errorf("answer %s", out.Body)
	}
}

// Two plugins, or a plugin and the options, may name one provider: the plugin's counts.
func TestAddProvider(t *testing.T) {
	server, configured := newSocial(t)
	added := authtest.NewProvider("acme")
	server.Auth.AddProvider(added)
	server.Client().SignInWith(added, authtest.Ada()).WantRedirect("/inside")
	if server.Auth.Provider("acme") == configured || server.Auth.Provider("other") != nil {
		t.Error("the wrong provider")
	}
}
