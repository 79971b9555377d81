package core_test

import (
	"strings"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// askReset returns the mail with the reset link of ada@example.com.
func askReset(server *authtest.Server) authtest.Mail {
	server.Client().Post("/request-password-reset", authtest.M{"email": "ada@example.com", "redirectTo": "/new"}).Want(200)
	return server.Inbox.Last("reset-password")
}

func reset(client *authtest.Client, token string) *authtest.Response {
	return client.Post("/reset-password", authtest.M{"token": token, "newPassword": "another password"})
}

func TestResetPassword(t *testing.T) {
	server := authtest.New(t)
	ada := server.Client()
	ada.SignUp("ada@example.com")
	mail := askReset(server)
	client := server.Client()
	if got, want := client.Open(mail.URL).Want(302).Header.Get("Location"), "/new?token="+mail.Token; !strings.HasSuffix(got, want) {
		t.Errorf("redirected to %s, want …%s", got, want)
	}
	client.Post("/reset-password", authtest.M{"token": mail.Token, "newPassword": "short"}).WantError(400, "PASSWORD_TOO_SHORT")
	reset(client, mail.Token).Want(200)
	if client.SignedIn() {
		t.Error("a reset signs in")
	}
	signIn(client, "ada@example.com", authtest.Password).Want(401)
	signIn(client, "ada@example.com", "another password").Want(200)
	reset(client, mail.Token).WantError(400, "INVALID_TOKEN")
	if got := client.Open(mail.URL).Header.Get("Location"); !strings.HasSuffix(got, "?error=INVALID_TOKEN") {
		t.Errorf("redirected to %s", got)
	}
	if !ada.SignedIn() {
		t.Error("sessions ended unasked")
	}
}

// security: 28
func TestResetTokenIsUsedOnce(t *testing.T) {
	server := authtest.New(t, authtest.WithSharedStore())
	server.Client().SignUp("ada@example.com")
	token, status := askReset(server).Token, make([]int, 50)
	authtest.Together(len(status), func(i int) { status[i] = reset(server.Client(), token).Status })
	count := map[int]int{}
	for _, s := range status {
		count[s]++
	}
	if count[200] != 1 || count[400] != 49 {
		t.Errorf("answers %v, want one 200 and 49 400", count)
	}
}

func TestResetTokenExpires(t *testing.T) {
	server := authtest.New(t)
	server.Client().SignUp("ada@example.com")
	mail := askReset(server)
	server.Clock.Advance(time.Hour)
	reset(server.Client(), mail.Token).WantError(400, "INVALID_TOKEN")
}

// security: 34
func TestResetOfUnknownAddresses(t *testing.T) {
	server := authtest.New(t)
	server.Client().SignUp("ada@example.com")
	known := server.Client().Post("/request-password-reset", authtest.M{"email": "ada@example.com"}).Want(200)
	unknown := server.Client().Post("/request-password-reset", authtest.M{"email": "nobody@example.com"}).Want(200)
	if string(known.Body) != string(unknown.Body) {
		t.Errorf("answers differ: %s and %s", known.Body, unknown.Body)
	}
	if mails := server.Inbox.All(); len(mails) != 1 {
		t.Errorf("%d mails, want 1", len(mails))
	}
	// What is stored for an unknown address opens nothing.
	reset(server.Client(), "").WantError(400, "INVALID_TOKEN")
}

// security: 12
func TestResetCanEndSessions(t *testing.T) {
	server := authtest.New(t, authtest.Configure(func(o *core.Options) { o.EmailAndPassword.RevokeSessionsOnPasswordReset = true }))
	ada := server.Client()
	ada.SignUp("ada@example.com")
	reset(server.Client(), askReset(server).Token).Want(200)
	if ada.SignedIn() {
		t.Error("the session is alive")
	}
}

// A user who has always signed in otherwise gets a password.
func TestResetCreatesThePassword(t *testing.T) {
	server := authtest.New(t)
	id := server.Client().SignUp("ada@example.com").Text("user.id")
	if _, err := server.Store.DeleteAccountsByUser(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	reset(server.Client(), askReset(server).Token).Want(200)
	signIn(server.Client(), "ada@example.com", "another password").Want(200)
}

func TestHashedIdentifiers(t *testing.T) {
	server := authtest.New(t, authtest.Configure(func(o *core.Options) { o.Verification.StoreIdentifier = "hashed" }))
	server.Client().SignUp("ada@example.com")
	mail := askReset(server)
	if row, _ := server.Store.VerificationByIdentifier(t.Context(), "reset-password:"+mail.Token); row != nil {
		t.Error("the token is in the database")
	}
	reset(server.Client(), mail.Token).Want(200)
}

func TestResetNeedsAMail(t *testing.T) {
	server := authtest.New(t, authtest.WithoutMails())
	server.Client().Post("/request-password-reset", authtest.M{"email": "ada@example.com"}).WantError(400, "RESET_PASSWORD_DISABLED")
}
