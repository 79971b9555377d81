package core_test

import (
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// TestStatements holds endpoints to the number of SQL statements they need. Each one is a round trip to
// the database, which is most of what a request costs once hashing is left aside.
func TestStatements(t *testing.T) {
	const email = "ada@example.com"
	type client = authtest.Client
	password := authtest.M{"password": authtest.Password}
	for name, tt := range map[string]struct {
		want int
		do   func(ada, stranger *client)
	}{
		"get-session":     {1, func(ada, _ *client) { ada.Get("/get-session").Want(200) }},
		"without cookie":  {0, func(_, stranger *client) { stranger.Get("/get-session").Want(200) }},
		"forged cookie":   {0, func(_, stranger *client) { forge(stranger).Get("/get-session").Want(200) }},
		"sign-in":         {2, func(_, stranger *client) { stranger.SignIn(email) }},
		"wrong password":  {4, func(_, stranger *client) { signIn(stranger, email, "wrong password").Want(401) }},
		"unknown address": {1, func(_, stranger *client) { signIn(stranger, "eve@example.com", "wrong password").Want(401) }},
		"sign-up":         {4, func(_, stranger *client) { stranger.SignUp("bob@example.com") }},
		"sign-out":        {2, func(ada, _ *client) { ada.Post("/sign-out", authtest.M{}).Want(200) }},
		"list-sessions":   {2, func(ada, _ *client) { ada.Get("/list-sessions").Want(200) }},
		"list-accounts":   {2, func(ada, _ *client) { ada.Get("/list-accounts").Want(200) }},
		"revoke-sessions": {2, func(ada, _ *client) { ada.Post("/revoke-sessions", authtest.M{}).Want(200) }},
		"update-user":     {3, func(ada, _ *client) { ada.Post("/update-user", authtest.M{"name": "Ada"}).Want(200) }},
		"verify-password": {2, func(ada, _ *client) { ada.Post("/verify-password", password).Want(200) }},
		"change-password": {3, func(ada, _ *client) {
			ada.Post("/change-password", authtest.M{"currentPassword": authtest.Password, "newPassword": "another password"}).Want(200)
		}},
		"request-password-reset": {2, func(_, stranger *client) {
			stranger.Post("/request-password-reset", authtest.M{"email": email}).Want(200)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			server := authtest.New(t)
			ada, stranger := server.Client(), server.Client()
			ada.SignUp(email)
			if n := server.Statements(func() { tt.do(ada, stranger) }); n != tt.want {
				t.Errorf("%d statements, want %d", n, tt.want)
			}
		})
	}
}

// A session that is due costs a write more, and only then.
func TestStatementsOfExtension(t *testing.T) {
	server := authtest.New(t)
	ada := server.Client()
	ada.SignUp("ada@example.com")
	server.Clock.Advance(2 * day)
	for _, want := range []int{2, 1} {
		if n := server.Statements(func() { ada.Get("/get-session").Want(200) }); n != want {
			t.Errorf("%d statements, want %d", n, want)
		}
	}
}

// Resetting a password takes the link, drops its siblings and expired ones, forgets failed guesses, and
// ends all sessions.
func TestStatementsOfReset(t *testing.T) {
	server := authtest.New(t, authtest.Configure(func(o *core.Options) {
		o.EmailAndPassword.RevokeSessionsOnPasswordReset = true
	}))
	ada := server.Client()
	ada.SignUp("ada@example.com")
	for _, want := range []int{9, 8} { // expired ones are looked for once a minute
		ada.Post("/request-password-reset", authtest.M{"email": "ada@example.com"}).Want(200)
		body := authtest.M{"token": server.Inbox.Last("reset-password").Token, "newPassword": authtest.Password}
		if n := server.Statements(func() { ada.Post("/reset-password", body).Want(200) }); n != want {
			t.Errorf("%d statements, want %d", n, want)
		}
	}
}

func forge(c *authtest.Client) *authtest.Client {
	c.SetCookie("session_token", "token.c2lnbmF0dXJl")
	return c
}
