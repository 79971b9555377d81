package core_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// newSocial returns a server with one provider.
func newSocial(t *testing.T, options ...authtest.Option) (*authtest.Server, *authtest.Provider) {
	t.Helper()
	provider := authtest.NewProvider("acme")
	return authtest.New(t, append(options, authtest.WithProviders(provider))...), provider
}

func TestSocialSignUp(t *testing.T) {
	server, acme := newSocial(t)
	ada := server.Client()
	image := "https://acme.example/ada.png"
	who := core.ProviderProfile{AccountID: "1815", Email: "Ada@Example.com", EmailVerified: true, Name: "Ada", Image: &image}

	begin := ada.Begin(acme, "/sign-in/social", authtest.M{
		"callbackURL": "/inside", "newUserCallbackURL": "/welcome", "scopes": []string{"books"}, "loginHint": "ada",
		"additionalParams": authtest.M{"hd": "example.com"},
	})
	if page := begin.Text("url"); page == "" || begin.Header.Get("Location") != page || begin.Value("redirect") != true {
		t.Errorf("answer %s, Location %q", begin.Body, begin.Header.Get("Location"))
	}
	if cookie := begin.SetCookie("state"); !strings.Contains(cookie, "Max-Age=300; ") || !strings.Contains(cookie, "HttpOnly") {
		t.Errorf("cookie %q", cookie)
	}
	r := acme.Request()
	if len(r.Scopes) != 1 || r.LoginHint != "ada" || r.Params["hd"] != "example.com" ||
		r.RedirectURI != authtest.Origin+"/api/auth/callback/acme" || r.Nonce != "" {
		t.Errorf("authorization request %+v", r)
	}

	end := ada.Get(acme.Consent(who)).WantRedirect("/welcome")
	if len(end.Cookies()) != 2 || !strings.HasPrefix(end.Cookies()[0], "state=") {
		t.Errorf("cookies %q", end.Cookies())
	}
	user := ada.Get("/get-session").Want(200)
	if user.Text("user.email") != "ada@example.com" || user.Value("user.emailVerified") != true ||
		user.Text("user.image") != image || user.Text("user.name") != "Ada" {
		t.Errorf("session %s", user.Body)
	}
	listed := ada.Get("/list-accounts").Want(200)
	if text := string(listed.Body); !strings.Contains(text, `"scopes":["openid","books"]`) || !strings.Contains(text, `"accountId":"1815"`) ||
		strings.Contains(text, "access-acme") {
		t.Errorf("accounts %s", text)
	}

	// The second time there is an account already.
	server.Client().Through(acme, who, "/sign-in/social", authtest.M{"callbackURL": "/inside", "newUserCallbackURL": "/welcome"}).WantRedirect("/inside")
}

func TestSocialWithoutRedirect(t *testing.T) {
	server, acme := newSocial(t)
	answer := server.Client().Begin(acme, "/sign-in/social", authtest.M{"disableRedirect": true})
	if answer.Value("redirect") != false || answer.Header.Get("Location") != "" {
		t.Errorf("answer %s, Location %q", answer.Body, answer.Header.Get("Location"))
	}
	server.Client().Through(acme, authtest.Ada(), "/sign-in/social", nil).WantRedirect(authtest.Origin)
}

func TestSocialInput(t *testing.T) {
	server, acme := newSocial(t)
	client := server.Client()
	client.Post("/sign-in/social", authtest.M{"provider": "other"}).WantError(404, "PROVIDER_NOT_FOUND")
	for body, want := range map[string]string{
		`{}`:             "[body.provider] Invalid input",
		`{"provider":1}`: "[body.provider] Invalid input",
		`{"provider":"acme","additionalParams":{"state":"x"}}`: "[body.additionalParams] additionalParams cannot include reserved OAuth parameters: " +
			"state, client_id, redirect_uri, response_type, code_challenge, code_challenge_method, nonce, scope",
		`{"provider":"acme","additionalParams":{"a":1}}`: "[body.additionalParams.a] Invalid input: expected string, received number",
		`{"provider":"acme","scopes":"a"}`:               "[body.scopes] Invalid input: expected array, received string",
		`{"provider":"acme","idToken":{}}`:               "[body.idToken.token] Invalid input: expected string, received undefined",
	} {
		if got := client.Post("/sign-in/social", json.RawMessage(body)).Want(400).Text("message"); got != want {
			t.Errorf("%s: %q\nwant %q", body, got, want)
		}
	}
	for member, code := range map[string]string{
		"callbackURL": "INVALID_CALLBACK_URL", "errorCallbackURL": "INVALID_ERROR_CALLBACK_URL",
		"newUserCallbackURL": "INVALID_NEW_USER_CALLBACK_URL",
	} {
		client.Post("/sign-in/social", authtest.M{"provider": "acme", member: "https://evil.example"}).WantError(403, code)
	}
	acme.Fails = core.NewError(400, "INVALID_OAUTH_CONFIGURATION", "Invalid OAuth configuration")
	client.Post("/sign-in/social", authtest.M{"provider": "acme"}).WantError(400, "INVALID_OAUTH_CONFIGURATION")
}

// What the client sends along is there for hooks, and cannot take the place of what the server notes.
func TestAdditionalData(t *testing.T) {
	var seen *core.OAuthState
	server, acme := newSocial(t, authtest.WithHooks(core.Hooks{
		AfterSession: func(_ context.Context, call *core.Call, _ *core.SessionAndUser) error {
			seen = call.OAuthState()
			return nil
		},
	}))
	server.Client().Through(acme, authtest.Ada(), "/sign-in/social", authtest.M{"additionalData": authtest.M{
		"plan": "pro", "callbackURL": "https://evil.example", "link": authtest.M{"userId": "x", "email": "y"}, "oauthProvider": "other",
		"serverContext": authtest.M{"admin": true},
	}}).WantRedirect(authtest.Origin)
	if seen == nil || len(seen.Data) != 1 || string(seen.Data["plan"]) != `"pro"` || seen.Link != nil {
		t.Errorf("state %+v", seen)
	}
}

func TestSocialSignUpDisabled(t *testing.T) {
	for name, tt := range map[string]struct {
		rules   core.ProviderRules
		request bool
		want    string
	}{
		"disabled":           {core.ProviderRules{DisableSignUp: true}, true, "/failed?error=signup_disabled"},
		"implicit":           {core.ProviderRules{DisableImplicitSignUp: true}, false, "/failed?error=signup_disabled"},
		"implicit, asked":    {core.ProviderRules{DisableImplicitSignUp: true}, true, "/inside"},
		"allowed, not asked": {core.ProviderRules{}, false, "/inside"},
	} {
		t.Run(name, func(t *testing.T) {
			server, acme := newSocial(t)
			acme.Allow = tt.rules
			server.Client().Through(acme, authtest.Ada(), "/sign-in/social", authtest.M{
				"callbackURL": "/inside", "errorCallbackURL": "/failed", "requestSignUp": tt.request,
			}).WantRedirect(tt.want)
			acme.Allow = core.ProviderRules{}
			server.Client().SignInWith(acme, authtest.Ada()).WantRedirect("/inside")
			acme.Allow = tt.rules // somebody who is known may always sign in
			server.Client().SignInWith(acme, authtest.Ada()).WantRedirect("/inside")
		})
	}
}

func TestProviderRequiresVerification(t *testing.T) {
	server, acme := newSocial(t, authtest.Configure(func(o *core.Options) { o.EmailVerification.SendOnSignIn = true }))
	acme.Allow.RequireEmailVerification = true
	who := authtest.Ada()
	who.EmailVerified = false
	ada := server.Client()
	for mails := 1; mails <= 2; mails++ { // at sign-up and at sign-in
		ada.SignInWith(acme, who).WantRedirect("/failed?error=email_not_verified")
		if n := len(server.Inbox.All()); n != mails {
			t.Errorf("%d mails, want %d", n, mails)
		}
	}
	if ada.SignedIn() {
		t.Error("signed in with an address nobody has proven")
	}
	ada.Open(server.Inbox.Last("verify-email").URL)
	ada.SignInWith(acme, who).WantRedirect("/inside")
}

// The provider's word is enough later, too.
func TestPromotedAddress(t *testing.T) {
	server, acme := newSocial(t)
	who := authtest.Ada()
	who.EmailVerified = false
	ada := server.Client()
	ada.SignInWith(acme, who).WantRedirect("/inside")
	if ada.Get("/get-session").Value("user.emailVerified") != false {
		t.Error("an address nobody vouched for is verified")
	}
	elsewhere := who
	elsewhere.Email, elsewhere.EmailVerified = "other@example.com", true
	ada.SignInWith(acme, elsewhere).WantRedirect("/inside")
	if ada.Get("/get-session").Value("user.emailVerified") != false {
		t.Error("another address made this one verified")
	}
	ada.SignInWith(acme, authtest.Ada()).WantRedirect("/inside")
	if ada.Get("/get-session").Value("user.emailVerified") != true {
		t.Error("the address is not verified")
	}
}

// Whoever has the account is the user, whatever the address is. security: 40
func TestAccountIsTheIdentity(t *testing.T) {
	server, acme := newSocial(t)
	ada, eve := server.Client(), server.Client()
	ada.SignInWith(acme, authtest.Ada()).WantRedirect("/inside")
	moved := authtest.Ada()
	moved.Email = "ada@new.example"
	ada.SignInWith(acme, moved).WantRedirect("/inside")
	if got := ada.Get("/get-session").Text("user.email"); got != "ada@example.com" {
		t.Errorf("address %q", got)
	}
	// Somebody with the address the user had at the provider is not the user.
	eve.SignInWith(acme, core.ProviderProfile{AccountID: "eve", Email: "ada@new.example", EmailVerified: true}).WantRedirect("/inside")
	if a, e := ada.Get("/get-session").Text("user.id"), eve.Get("/get-session").Text("user.id"); a == e {
		t.Error("two accounts of a provider are one user")
	}
}

// A subject is compared letter by letter, and one that is no subject names nobody. security: 40
func TestSubjects(t *testing.T) {
	server, acme := newSocial(t)
	server.Client().SignInWith(acme, authtest.Ada()).WantRedirect("/inside")
	for _, subject := range []string{"ADA-1815", "ada-1815 ", "ada-181"} {
		server.Client().SignInWith(acme, core.ProviderProfile{AccountID: subject, Email: subject + "@example.com"}).WantRedirect("/inside")
	}
	for _, subject := range []string{"", "  ", "undefined", "null"} {
		who := authtest.Ada()
		who.AccountID = subject
		server.Client().SignInWith(acme, who).WantRedirect("/failed?error=unable_to_get_user_info")
	}
}

func TestOverrideUserInfo(t *testing.T) {
	server, acme := newSocial(t)
	ada := server.Client()
	ada.SignInWith(acme, authtest.Ada())
	acme.Allow.OverrideUserInfoOnSignIn = true
	changed := core.ProviderProfile{AccountID: authtest.Ada().AccountID, Email: "Countess@Example.com", Name: "Countess"}
	ada.SignInWith(acme, changed).WantRedirect("/inside")
	session := ada.Get("/get-session")
	if session.Text("user.name") != "Countess" || session.Text("user.email") != "countess@example.com" || session.Value("user.emailVerified") != false {
		t.Errorf("session %s", session.Body)
	}
	server.Client().SignUp("taken@example.com")
	changed.Email = "taken@example.com"
	ada.SignInWith(acme, changed).WantRedirect("/inside")
	if got := ada.Get("/get-session").Text("user.email"); got != "countess@example.com" {
		t.Errorf("address %q", got)
	}
}

func TestSocialHooks(t *testing.T) {
	blocked := core.NewError(403, "BANNED_USER", "You have been banned")
	var refuse error
	before := func(context.Context, *model.User) error { return refuse }
	server, acme := newSocial(t, authtest.WithHooks(core.Hooks{
		UserCreate: core.WriteHook[model.User]{Before: before},
		BeforeSession: func(_ context.Context, _ *core.Call, in *core.SignIn) (core.Challenge, error) {
			if in.Method != "social" || in.Provider != "acme" || *in.CallbackURL != "/inside" {
				t.Errorf("sign-in %+v", in)
			}
			if in.User.Name == "Challenged" {
				return authtest.M{"another": "factor"}, nil
			}
			if in.User.Name == "Banned" {
				return nil, blocked
			}
			return nil, nil
		},
	}))
	named := func(name string) core.ProviderProfile {
		return core.ProviderProfile{AccountID: name, Email: strings.ToLower(name) + "@example.com", Name: name}
	}
	client := server.Client()
	client.SignInWith(acme, named("Banned")).WantRedirect("/failed?error=BANNED_USER&error_description=You+have+been+banned")
	client.SignInWith(acme, named("Challenged")).Want(200)
	if client.SignedIn() {
		t.Error("a session in spite of the hooks")
	}
	for err, want := range map[error]string{
		core.ErrCanceled:     "/failed?error=unable_to_create_user",
		blocked:              "/failed?error=BANNED_USER&error_description=You+have+been+banned",
		errors.New("broken"): "/failed?error=unable_to_create_user",
	} {
		refuse = err
		client.SignInWith(acme, named("Ada")).WantRedirect(want)
	}
	refuse = nil
	client.SignInWith(acme, named("Ada")).WantRedirect("/inside")
}

// A browser whose user asked not to be remembered keeps to that.
func TestSocialDontRemember(t *testing.T) {
	server, acme := newSocial(t)
	ada := server.Client()
	ada.SignUp("other@example.com")
	ada.Post("/sign-in/email", authtest.M{"email": "other@example.com", "password": authtest.Password, "rememberMe": false}).Want(200)
	if cookie := ada.SignInWith(acme, authtest.Ada()).SetCookie("session_token"); strings.Contains(cookie, "Max-Age") {
		t.Errorf("cookie %q", cookie)
	}
}

// A callback costs: finding the state, using it up, finding account and user, storing the tokens, opening
// the session.
func TestStatementsOfCallback(t *testing.T) {
	server, acme := newSocial(t)
	ada := server.Client()
	ada.SignInWith(acme, authtest.Ada())
	ada.Begin(acme, "/sign-in/social", nil)
	path := acme.Consent(authtest.Ada())
	if n := server.Statements(func() { ada.Get(path).WantRedirect(authtest.Origin) }); n != 5 {
		t.Errorf("%d statements, want 5", n)
	}
	if n := server.Statements(func() { ada.Begin(acme, "/sign-in/social", nil) }); n != 1 {
		t.Errorf("%d statements to begin, want 1", n)
	}
}
