package core_test

import (
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

func deleting() authtest.Option {
	return authtest.Configure(func(o *core.Options) { o.User.DeleteUser.Enabled = true })
}

// No session outlives its user, wherever sessions are kept; a copy in a cookie counts until the store is asked
// (GHSA-2vg6).
//
// security: 11
func TestDeleteUser(t *testing.T) {
	for name, options := range map[string][]authtest.Option{
		"in the database":         nil,
		"in secondary storage":    {authtest.WithStorage(&authtest.Storage{})},
		"in storage and database": {authtest.WithStorage(&authtest.Storage{}), authtest.Configure(inDatabase)},
		"rows are preserved": {authtest.WithStorage(&authtest.Storage{}), authtest.Configure(inDatabase), authtest.Configure(func(o *core.Options) {
			o.Session.PreserveSessionInDatabase = true
		})},
		"in cookies": {authtest.Configure(func(o *core.Options) { o.Session.CookieCache.Enabled = true })},
	} {
		t.Run(name, func(t *testing.T) {
			server := authtest.New(t, append(options, deleting())...)
			ada, other := server.Client(), server.Client()
			ada.SignUp("ada@example.com")
			other.SignIn("ada@example.com")
			ada.Post("/delete-user", authtest.M{"password": "wrong password"}).WantError(400, "INVALID_PASSWORD")
			ada.Post("/delete-user", authtest.M{"password": authtest.Password}).Want(200)
			if ada.SignedIn() || string(other.Get("/get-session?disableCookieCache=true").Body) != "null" {
				t.Error("a session outlives its user")
			}
			signIn(server.Client(), "ada@example.com", authtest.Password).Want(401)
			server.Client().SignUp("ada@example.com") // the address is free again
		})
	}
}

// security: 15
func TestDeleteUserWithoutAPasswordNeedsAFreshSession(t *testing.T) {
	server := authtest.New(t, deleting())
	ada := server.Client()
	ada.SignUp("ada@example.com")
	server.Clock.Advance(day)
	ada.Post("/delete-user", authtest.M{}).WantError(400, "SESSION_EXPIRED")
	ada.SignIn("ada@example.com")
	ada.Post("/delete-user", authtest.M{}).Want(200)
}

func TestDeletionIsConfirmedByMail(t *testing.T) {
	server := authtest.New(t, deleting(), authtest.WithConfirmations())
	ada, eve := server.Client(), server.Client()
	ada.SignUp("ada@example.com")
	eve.SignUp("eve@example.com")
	ada.Post("/delete-user", authtest.M{"callbackURL": "/bye"}).Want(200)
	link := server.Inbox.Last("confirm-deletion").URL
	server.Client().Open(link).WantError(404, "FAILED_TO_GET_USER_INFO")
	eve.Open(link).WantError(404, "INVALID_TOKEN")
	if !eve.SignedIn() {
		t.Fatal("the wrong user was deleted")
	}
	if got := ada.Open(link).Want(302).Header.Get("Location"); got != "/bye" {
		t.Errorf("redirected to %s", got)
	}
	if ada.SignedIn() {
		t.Error("not deleted")
	}
}

func TestDeletionLinkExpires(t *testing.T) {
	server := authtest.New(t, deleting(), authtest.WithConfirmations())
	ada := server.Client()
	ada.SignUp("ada@example.com")
	ada.Post("/delete-user", authtest.M{}).Want(200)
	server.Clock.Advance(day)
	ada.Open(server.Inbox.Last("confirm-deletion").URL).WantError(404, "INVALID_TOKEN")
}

func TestDeletionIsOffByDefault(t *testing.T) {
	ada := authtest.New(t).Client()
	ada.SignUp("ada@example.com")
	ada.Post("/delete-user", authtest.M{"password": authtest.Password}).Want(404)
	if !ada.SignedIn() {
		t.Error("deleted")
	}
}
