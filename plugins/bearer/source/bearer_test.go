package bearer_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	bearer "github.com/betterauth-gen/betterauth-gen/plugins/bearer/source"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	store "github.com/betterauth-gen/betterauth-gen/templates/stores/sqlite"
)

func start(t *testing.T, options bearer.Options, more ...authtest.Option) *authtest.Server {
	return authtest.New(t, append(more, authtest.WithPlugin(func(*store.Store) core.Plugin { return bearer.New(options) }))...)
}

// with returns a client without cookies that sends an Authorization header.
func with(server *authtest.Server, authorization string) *authtest.Client {
	client := server.Client()
	client.Header.Del("Origin")
	client.Header.Set("Authorization", authorization)
	return client
}

func TestSignInAnnouncesTheToken(t *testing.T) {
	server := start(t, bearer.Options{})
	ada := server.Client()
	signed := ada.SignUp("ada@example.com").Header.Get("Set-Auth-Token")
	answer := ada.SignIn("ada@example.com")
	if got := answer.Header.Get("Set-Auth-Token"); got == signed || !strings.HasPrefix(got, answer.Text("token")+".") || !strings.HasSuffix(got, "=") {
		t.Errorf("token %s", got)
	}
	if got := answer.Header.Get("Access-Control-Expose-Headers"); got != "set-auth-token" {
		t.Errorf("exposed: %s", got)
	}
	if !with(server, "Bearer "+signed).SignedIn() {
		t.Error("the announced token is not accepted")
	}
	if got := ada.Post("/sign-out", authtest.M{}).Header.Get("Set-Auth-Token"); got != "" {
		t.Errorf("sign-out announces %s", got)
	}
}

func TestSpellings(t *testing.T) {
	server := start(t, bearer.Options{})
	signed := server.Client().SignUp("ada@example.com").Header.Get("Set-Auth-Token")
	raw, signature, _ := strings.Cut(signed, ".")
	tests := []struct {
		header string
		want   bool
	}{
		{"Bearer " + signed, true},
		{"bearer " + signed, true},
		{"BEARER " + raw, true},
		{"Bearer  " + signed + " ", true},
		{"Bearer " + raw + "." + url.QueryEscape(signature), true},
		{"Bearer " + raw + "." + strings.NewReplacer("+", "-", "/", "_", "=", "").Replace(signature), false},
		{"Bearer\t" + signed, false},
		{"Basic " + signed, false},
		{signed, false},
		{"Bearer ", false},
		{"Bearer x" + signed, false},
		{"Bearer " + signed + "=", false},
		{"Bearer " + raw + ".%zz", false},
		{"Bearer nobodyknowsthistoken", false},
		{"", false},
	}
	for _, tt := range tests {
		if got := with(server, tt.header).SignedIn(); got != tt.want {
			t.Errorf("%q: signed in %v, want %v", tt.header, got, tt.want)
		}
	}
}

func TestRequireSignature(t *testing.T) {
	server := start(t, bearer.Options{RequireSignature: true})
	answer := server.Client().SignUp("ada@example.com")
	if with(server, "Bearer "+answer.Text("token")).SignedIn() {
		t.Error("a token without signature is accepted")
	}
	if !with(server, "Bearer "+answer.Header.Get("Set-Auth-Token")).SignedIn() {
		t.Error("a signed token is refused")
	}
}

func TestBearerAndCookie(t *testing.T) {
	server := start(t, bearer.Options{})
	ada, eve := server.Client(), server.Client()
	ada.SignUp("ada@example.com")
	signed := eve.SignUp("eve@example.com").Header.Get("Set-Auth-Token")

	ada.Header.Set("Authorization", "Bearer "+signed)
	if got := ada.Get("/get-session").Text("user.email"); got != "eve@example.com" {
		t.Errorf("a good header loses to the cookie: %s", got)
	}
	ada.Header.Set("Authorization", "Bearer broken.token")
	if got := ada.Get("/get-session").Text("user.email"); got != "ada@example.com" {
		t.Errorf("a bad header beats the cookie: %q", got)
	}
}

// Without cookies there is nothing a foreign page could use, so no Origin is asked for.
func TestNoOriginWithoutCookies(t *testing.T) {
	server := start(t, bearer.Options{})
	client := with(server, "Bearer "+server.Client().SignUp("ada@example.com").Header.Get("Set-Auth-Token"))
	client.Post("/update-user", authtest.M{"name": "Ada"}).Want(200) // and now it has a cookie
	client.Post("/update-user", authtest.M{"name": "Ada"}).WantError(403, "MISSING_OR_NULL_ORIGIN")
}

// security: 11
func TestSignOutByBearer(t *testing.T) {
	server := start(t, bearer.Options{})
	client := with(server, "Bearer "+server.Client().SignUp("ada@example.com").Header.Get("Set-Auth-Token"))
	client.Post("/sign-out", authtest.M{}).Want(200)
	if client.SignedIn() {
		t.Error("the token outlives the sign-out")
	}
}

func TestFromGo(t *testing.T) {
	server := start(t, bearer.Options{})
	signed := server.Client().SignUp("ada@example.com").Header.Get("Set-Auth-Token")
	r := &http.Request{Header: http.Header{"Authorization": {"Bearer " + signed}}}
	session, err := server.Auth.RequireSession(t.Context(), core.NewCall(r))
	if err != nil || session.User.Email != "ada@example.com" {
		t.Errorf("%+v, %v", session, err)
	}
}
