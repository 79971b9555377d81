package genericoauth_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	genericoauth "github.com/betterauth-gen/betterauth-gen/plugins/genericoauth/source"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

func TestSignInWithOpenID(t *testing.T) {
	p := newIDP(t)
	options := discovered(p)
	options.Scopes = []string{"email"}
	server := start(t, genericoauth.ProviderFuncs{}, options)
	ada := server.Client()

	page := begin(ada, authtest.M{"scopes": []string{"books"}, "loginHint": "ada", "additionalParams": authtest.M{"audience": "api"}})
	ada.Get(p.consent(t, page)).WantRedirect("/inside")
	if !strings.HasPrefix(page, p.URL+"/authorize?response_type=code&client_id=shop&state=") || !strings.Contains(page, "&scope=openid+books+email&redirect_uri=") {
		t.Errorf("sent to %s", page)
	}
	for name, want := range map[string]string{
		"redirect_uri": authtest.Origin + "/api/auth/callback/acme", "code_challenge_method": "S256", "login_hint": "ada", "audience": "api",
	} {
		if got := p.asked.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if len(p.asked.Get("nonce")) < 32 || len(p.asked.Get("state")) < 32 {
		t.Errorf("nonce %q, state %q", p.asked.Get("nonce"), p.asked.Get("state"))
	}
	if p.posted.Get("client_id") != "shop" || p.posted.Get("client_secret") != "secret" || p.tokenReq.Header.Get("Authorization") != "" {
		t.Errorf("posted %v", p.posted)
	}
	user := ada.Get("/get-session").Want(200)
	if user.Text("user.email") != "ada@example.com" || user.Text("user.name") != "Ada" || user.Value("user.emailVerified") != true ||
		user.Text("user.image") != "https://idp.example/ada.png" {
		t.Errorf("session %s", user.Body)
	}
	if id, scope := account(t, server, ada); id != "ada-1815" || scope != "openid,books,email" {
		t.Errorf("account %s, scope %s", id, scope)
	}

	signIn(t, server.Client(), p).WantRedirect("/inside") // the same person, found by sub
}

func TestSignInWithOAuth(t *testing.T) {
	for name, test := range map[string]struct {
		claims object
		funcs  genericoauth.ProviderFuncs
		want   string // account id; "" when nobody is to get in
	}{
		"number": {claims: object{"id": 42, "email": "ada@example.com", "name": "Ada"}, want: "42"},
		"text":   {claims: object{"id": "a-1", "sub": "b-2", "email": "ada@example.com", "name": "Ada"}, want: "a-1"},
		"none":   {claims: object{"email": "ada@example.com", "name": "Ada"}},
		"empty":  {claims: object{"id": "", "email": "ada@example.com", "name": "Ada"}},
		"null":   {claims: object{"id": nil, "email": "ada@example.com", "name": "Ada"}},
		"own subject": {
			claims: object{"email": "ada@example.com", "name": "Ada"},
			funcs: genericoauth.ProviderFuncs{AccountSubject: func(_ context.Context, tokens *core.OAuthTokens, profile *core.ProviderProfile) (string, error) {
				return tokens.AccessToken + "/" + profile.Name, nil
			}},
			want: "access/Ada",
		},
		"own profile": {
			funcs: genericoauth.ProviderFuncs{Funcs: funcsOf(func(context.Context, *core.OAuthTokens) (*core.ProviderProfile, error) {
				return &core.ProviderProfile{AccountID: "own", Email: "ada@example.com", Name: "Ada"}, nil
			})},
			want: "own",
		},
		"no profile": {
			funcs: genericoauth.ProviderFuncs{Funcs: funcsOf(func(context.Context, *core.OAuthTokens) (*core.ProviderProfile, error) { return nil, nil })},
		},
		"own tokens": {
			claims: object{"id": "t", "email": "ada@example.com", "name": "Ada"},
			funcs: genericoauth.ProviderFuncs{GetToken: func(_ context.Context, r core.CodeExchange) (*core.OAuthTokens, error) {
				return &core.OAuthTokens{AccessToken: strings.Repeat("access", min(1, len(r.Code)))}, nil
			}},
			want: "t",
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := newIDP(t)
			p.claims = test.claims
			server := start(t, test.funcs, plain(p))
			ada := server.Client()
			end := signIn(t, ada, p)
			if test.want == "" {
				end.WantRedirect("/failed?error=unable_to_get_user_info")
				return
			}
			end.WantRedirect("/inside")
			if id, _ := account(t, server, ada); id != test.want {
				t.Errorf("account %q, want %q", id, test.want)
			}
			if p.asked.Has("nonce") || strings.Contains(p.asked.Get("scope"), "openid") {
				t.Errorf("asked for %v", p.asked)
			}
		})
	}
}

// security: 39
func TestForgedIDTokens(t *testing.T) {
	foreign := newIDP(t).key
	for name, forge := range map[string]func(p *idp, claims object) string{
		"other audience": func(_ *idp, c object) string { c["aud"] = "other"; return "" },
		"other issuer":   func(_ *idp, c object) string { c["iss"] = "https://evil.example"; return "" },
		"other nonce":    func(_ *idp, c object) string { c["nonce"] = "replayed"; return "" },
		"no nonce":       func(_ *idp, c object) string { delete(c, "nonce"); return "" },
		"expired":        func(_ *idp, c object) string { c["exp"] = 1; return "" },
		"no subject":     func(_ *idp, c object) string { delete(c, "sub"); return "" },
		"foreign key":    func(_ *idp, c object) string { return sign(foreign, c) },
		"alg none":       func(_ *idp, c object) string { return unsigned("none", c) + "." },
		"alg HS256":      func(p *idp, c object) string { return signShared(p.key.N.Bytes(), c) },
		"no JWT":         func(*idp, object) string { return "garbage" },
	} {
		t.Run(name, func(t *testing.T) {
			p := newIDP(t)
			server := start(t, genericoauth.ProviderFuncs{}, discovered(p))
			p.forge = func(claims object) string { return forge(p, claims) }
			ada := server.Client()
			signIn(t, ada, p).WantRedirect("/failed?error=unable_to_get_user_info")
			if ada.SignedIn() {
				t.Error("signed in")
			}
		})
	}
}

// Without a nonce to compare tokens are verified all the same, and required ones must come.
func TestVerificationWithoutNonce(t *testing.T) {
	p := newIDP(t)
	options := discovered(p)
	options.DisableIDTokenNonceBinding, options.RequireIDTokenVerification = true, true
	server := start(t, genericoauth.ProviderFuncs{}, options)
	signIn(t, server.Client(), p).WantRedirect("/inside")
	if p.asked.Has("nonce") {
		t.Error("a nonce was sent")
	}
	p.forge = func(claims object) string { claims["aud"] = "other"; return "" }
	signIn(t, server.Client(), p).WantRedirect("/failed?error=unable_to_get_user_info")
	p.plain = true
	signIn(t, server.Client(), p).WantRedirect("/failed?error=unable_to_get_user_info")
}

// OpenID Connect Core 1.0 §5.3.2: a user info answer may have been made for another token.
func TestUserInfoAboutSomebodyElse(t *testing.T) {
	p := newIDP(t)
	server := start(t, genericoauth.ProviderFuncs{}, discovered(p))
	p.forge = func(claims object) string { // no address: the endpoint is asked
		delete(claims, "email")
		claims["sub"] = "eve"
		return ""
	}
	signIn(t, server.Client(), p).WantRedirect("/failed?error=unable_to_get_user_info")
}

// security: 38
func TestMixedUpIssuer(t *testing.T) {
	p := newIDP(t)
	ada := start(t, genericoauth.ProviderFuncs{}, discovered(p)).Client()
	path := p.consent(t, begin(ada, nil))
	ada.Get(path[:strings.Index(path, "&iss=")] + "&iss=https%3A%2F%2Fevil.example&state=" + p.asked.Get("state")).
		WantRedirect("/failed?error=issuer_mismatch")
}

func TestUnaskedCode(t *testing.T) {
	p := newIDP(t)
	options := discovered(p)
	options.AllowIDPInitiated = true
	ada := start(t, genericoauth.ProviderFuncs{}, options).Client()
	target := ada.Get("/callback/acme?code=theirs").Want(http.StatusFound).Header.Get("Location")
	ada.Get(p.consent(t, target)).Want(http.StatusFound)
	if !ada.SignedIn() || p.posted.Get("code") == "theirs" {
		t.Errorf("signed in: %v, code %s", ada.SignedIn(), p.posted.Get("code"))
	}
}
