package core_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// accountID returns the id of the client's account with a provider.
func accountID(t *testing.T, c *authtest.Client, provider string) string {
	t.Helper()
	var accounts []core.ListedAccount
	if err := json.Unmarshal(c.Get("/list-accounts").Want(200).Body, &accounts); err != nil {
		t.Fatal(err)
	}
	for _, account := range accounts {
		if account.ProviderID == provider {
			return account.ID
		}
	}
	t.Fatalf("no account with %s among %v", provider, accounts)
	return ""
}

// accessToken returns the client's access token at acme.
func accessToken(t *testing.T, c *authtest.Client) string {
	t.Helper()
	return c.Post("/get-access-token", authtest.M{"accountId": accountID(t, c, "acme")}).Want(200).Text("accessToken")
}

func TestGetAccessToken(t *testing.T) {
	server, acme := newSocial(t)
	ada := server.Client()
	ada.SignInWith(acme, authtest.Ada())
	body := authtest.M{"accountId": accountID(t, ada, "acme")}
	first := ada.Post("/get-access-token", body).Want(200)
	if first.Text("accessToken") == "" || first.Text("idToken") == "" || first.Value("scopes") == nil || first.Text("accessTokenExpiresAt") == "" {
		t.Errorf("answer %s", first.Body)
	}
	server.Clock.Advance(time.Hour - 6*time.Second)
	if again := ada.Post("/get-access-token", body).Text("accessToken"); again != first.Text("accessToken") {
		t.Error("refreshed too early")
	}
	server.Clock.Advance(2 * time.Second)
	second := ada.Post("/get-access-token", body).Want(200)
	if second.Text("accessToken") == first.Text("accessToken") {
		t.Error("not refreshed")
	}
	if third := ada.Post("/get-access-token", body).Text("accessToken"); third != second.Text("accessToken") {
		t.Error("the new token was not stored")
	}
	server.Clock.Advance(2 * time.Hour)
	acme.Fails = errors.New("down")
	ada.Post("/get-access-token", body).WantError(400, "FAILED_TO_GET_ACCESS_TOKEN")
}

func TestRefreshToken(t *testing.T) {
	server, acme := newSocial(t)
	ada := server.Client()
	ada.SignInWith(acme, authtest.Ada())
	id := accountID(t, ada, "acme")
	first := ada.Post("/refresh-token", authtest.M{"accountId": id}).Want(200)
	if first.Text("accountId") != id || first.Text("providerId") != "acme" || first.Text("scope") != "openid" {
		t.Errorf("answer %s", first.Body)
	}
	if !strings.Contains(string(first.Body), `"refreshTokenExpiresAt":null`) {
		t.Errorf("answer %s", first.Body)
	}
	second := ada.Post("/refresh-token", authtest.M{"accountId": id}).Want(200)
	if second.Text("refreshToken") == first.Text("refreshToken") || !acme.Refreshable(second.Text("refreshToken")) {
		t.Errorf("answer %s", second.Body)
	}
	acme.Fails = errors.New("down")
	ada.Post("/refresh-token", authtest.M{"accountId": id}).WantError(400, "FAILED_TO_REFRESH_ACCESS_TOKEN")
}

// A provider that revokes everything when it sees a refresh token twice is asked once, however many
// requests there are, and the token that is stored then is a valid one. security: 43
func TestRefreshRace(t *testing.T) {
	for _, path := range []string{"/refresh-token", "/get-access-token"} {
		t.Run(path, func(t *testing.T) {
			server, acme := newSocial(t, authtest.WithSharedStore())
			ada := server.Client()
			ada.SignInWith(acme, authtest.Ada())
			body := authtest.M{"accountId": accountID(t, ada, "acme")}
			server.Clock.Advance(2 * time.Hour)
			tokens := make([]string, 6)
			authtest.Together(len(tokens), func(i int) {
				tokens[i] = ada.Clone().Post(path, body).Want(200).Text("accessToken")
			})
			last := ada.Post("/refresh-token", body).Want(200)
			if !acme.Refreshable(last.Text("refreshToken")) {
				t.Error("no valid token is left")
			}
			for _, token := range tokens {
				if token == "" {
					t.Errorf("tokens %q", tokens)
				}
			}
		})
	}
}

// security: 43
func TestEncryptedTokens(t *testing.T) {
	encrypted := false
	configure := authtest.Configure(func(o *core.Options) { o.Account.EncryptOAuthTokens = encrypted })
	for _, encrypted = range []bool{false, true} {
		server, acme := newSocial(t, configure)
		ada := server.Client()
		ada.SignInWith(acme, authtest.Ada())
		id := accountID(t, ada, "acme")
		for range 2 { // as the sign-in stored them, and as a refresh did
			stored, err := server.Store.AccountByID(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			for _, token := range []*string{stored.AccessToken, stored.RefreshToken} {
				if strings.Contains(*token, "acme") == encrypted {
					t.Errorf("encrypted %v: stored %q", encrypted, *token)
				}
			}
			if !strings.HasPrefix(*stored.IDToken, "id-token") {
				t.Errorf("ID token %q", *stored.IDToken)
			}
			if got := accessToken(t, ada); !strings.HasPrefix(got, "access-acme") {
				t.Errorf("access token %q", got)
			}
			ada.Post("/refresh-token", authtest.M{"accountId": id}).Want(200)
		}
	}
}

// Tokens stored before encryption was turned on keep working; one that was tampered with does not.
func TestTokensFromBefore(t *testing.T) {
	server, acme := newSocial(t, authtest.Configure(func(o *core.Options) { o.Account.EncryptOAuthTokens = true }))
	ada := server.Client()
	ada.SignInWith(acme, authtest.Ada())
	account, err := server.Store.AccountByID(t.Context(), accountID(t, ada, "acme"))
	if err != nil {
		t.Fatal(err)
	}
	store := func(token string) {
		account.AccessToken = &token
		if _, err := server.Store.UpdateAccount(t.Context(), account); err != nil {
			t.Fatal(err)
		}
	}
	store("plain.token")
	if got := accessToken(t, ada); got != "plain.token" {
		t.Errorf("access token %q", got)
	}
	store("00112233445566778899aabbccddeeff")
	ada.Post("/get-access-token", authtest.M{"accountId": account.ID}).WantError(400, "FAILED_TO_GET_ACCESS_TOKEN")
}

func TestAccountSelection(t *testing.T) {
	server, acme := newSocial(t)
	ada, eve := server.Client(), server.Client()
	ada.SignInWith(acme, authtest.Ada())
	eve.SignUp("eve@example.com")
	id := accountID(t, ada, "acme")
	for _, path := range []string{"/get-access-token", "/refresh-token"} {
		if answer := server.Client().Post(path, authtest.M{"accountId": id}).Want(401); len(answer.Body) != 0 {
			t.Errorf("%s: %s", path, answer.Body)
		}
		// Whose account it is, a request cannot say. security: 48
		userID := ada.Get("/get-session").Text("user.id")
		eve.Post(path, authtest.M{"accountId": id, "userId": userID}).WantError(400, "ACCOUNT_NOT_FOUND")
		ada.Post(path, authtest.M{"accountId": "ada-1815"}).WantError(400, "ACCOUNT_NOT_FOUND")
		ada.Post(path, authtest.M{"useAccountCookie": true}).WantError(400, "ACCOUNT_NOT_FOUND")
		for body, want := range map[string]string{
			`{}`:                         "[body] Invalid input",
			`{"accountId":1}`:            "[body] Invalid input",
			`{"useAccountCookie":false}`: "[body] Invalid input",
			`{"accountId":"a","useAccountCookie":true}`: "[body] Invalid input",
			`{"accountId":"a","userId":1}`:              "[body] Invalid input",
			`{"accountId":"a","x":1,"b":2}`:             `[body] Unrecognized keys: "b", "x"`,
			`{"useAccountCookie":true,"x":1}`:           `[body] Unrecognized key: "x"`,
			`[]`:                                        "[body] Invalid input",
		} {
			if got := ada.Post(path, json.RawMessage(body)).Want(400).Text("message"); got != want {
				t.Errorf("%s %s: %q, want %q", path, body, got, want)
			}
		}
	}
	ada.Get("/account-info").WantError(400, "VALIDATION_ERROR")
}

// Code of the application may name a user; it needs no session.
func TestAccessTokenFromGo(t *testing.T) {
	server, acme := newSocial(t)
	ada := server.Client()
	ada.SignInWith(acme, authtest.Ada())
	selection := core.AccountSelection{AccountID: accountID(t, ada, "acme"), UserID: ada.Get("/get-session").Text("user.id")}
	out, err := server.Auth.GetAccessToken(t.Context(), core.NewCall(nil), selection)
	if err != nil || out.AccessToken == "" {
		t.Errorf("%+v, %v", out, err)
	}
	selection.UserID = ""
	if _, err := server.Auth.GetAccessToken(t.Context(), core.NewCall(nil), selection); !errors.Is(err, core.ErrUserIDRequired) {
		t.Errorf("without a user: %v", err)
	}
}

func TestAccountInfo(t *testing.T) {
	server, acme := newSocial(t)
	ada := registered(t, server, true)
	who := authtest.Ada()
	who.Data = authtest.M{"sub": who.AccountID, "locale": "en"}
	ada.SignInWith(acme, who)
	id := accountID(t, ada, "acme")
	info := ada.Get("/account-info?accountId=" + id).Want(200)
	if info.Text("user.email") != "ada@example.com" || info.Value("user.emailVerified") != true || info.Text("data.locale") != "en" ||
		info.Text("account.id") != id || info.Text("account.accountId") != "ada-1815" || info.Text("account.providerId") != "acme" {
		t.Errorf("answer %s", info.Body)
	}
	ada.Get("/account-info?accountId="+accountID(t, ada, "credential")).WantError(400, "PROVIDER_NOT_CONFIGURED")
	if answer := server.Client().Get("/account-info?accountId=" + id).Want(401); len(answer.Body) != 0 {
		t.Errorf("answer %s", answer.Body)
	}
	acme.Fails = errors.New("down")
	ada.Get("/account-info?accountId="+id).WantError(401, "FAILED_TO_GET_USER_INFO")
}

// Providers that can do less say so.
func TestPlainProvider(t *testing.T) {
	acme := authtest.NewProvider("acme")
	server := authtest.New(t, authtest.WithPlainProvider(acme))
	ada := registered(t, server, true)
	ada.SignInWith(acme, authtest.Ada()).WantRedirect("/inside")
	id := accountID(t, ada, "acme")
	refused := ada.Post("/refresh-token", authtest.M{"accountId": id}).Want(400)
	if refused.Text("code") != "TOKEN_REFRESH_NOT_SUPPORTED" || refused.Text("message") != "Provider acme does not support token refreshing." {
		t.Errorf("answer %s", refused.Body)
	}
	server.Clock.Advance(2 * time.Hour)
	ada.Post("/get-access-token", authtest.M{"accountId": id}).Want(200)
	credential := ada.Post("/get-access-token", authtest.M{"accountId": accountID(t, ada, "credential")}).Want(400)
	if credential.Text("message") != "Provider credential is not supported." {
		t.Errorf("answer %s", credential.Body)
	}
	ada.Post("/sign-in/social", authtest.M{"provider": "acme", "idToken": authtest.M{"token": "x"}}).WantError(404, "ID_TOKEN_NOT_SUPPORTED")
	if out := ada.Post("/sign-out", authtest.M{}).Want(200); string(out.Body) != `{"success":true}` {
		t.Errorf("answer %s", out.Body)
	}
}
