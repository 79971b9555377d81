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

// TestIdentifiersByPrefix stores some identifiers as they are and others as a hash of the application's own.
func TestIdentifiersByPrefix(t *testing.T) {
	var hashed []string
	server := authtest.New(t,
		authtest.Configure(func(o *core.Options) {
			o.Verification.StoreIdentifiers = core.StoreIdentifierOptions{Default: "hashed", Overrides: map[string]string{
				"reset": "hashed", "reset-password:": "plain", "re": "hashed",
			}}
			o.User.DeleteUser.Enabled = true
		}),
		authtest.WithConfirmations(),
		authtest.WithIdentifierHash(func(identifier string) string {
			hashed = append(hashed, identifier)
			return "hash of " + identifier[:6]
		}))
	ada := server.Client()
	ada.SignUp("ada@example.com")
	mail := askReset(server)
	if row, err := server.Store.VerificationByIdentifier(t.Context(), "reset-password:"+mail.Token); err != nil || row.Value == "" {
		t.Errorf("the longest beginning does not decide: %v, %v", row, err)
	}
	reset(server.Client(), mail.Token).Want(200)

	ada.Post("/delete-user", authtest.M{}).Want(200)
	token := server.Inbox.Last("confirm-deletion").Token
	if row, err := server.Store.VerificationByIdentifier(t.Context(), "hash of delete"); err != nil || row.Value == "" {
		t.Errorf("the hash is not stored: %v, %v", row, err)
	}
	if len(hashed) != 1 || hashed[0] != "delete-account-"+token {
		t.Errorf("hashed %q", hashed)
	}
	ada.Post("/delete-user", authtest.M{"token": token}).Want(200)
	if ada.SignedIn() {
		t.Error("the account is still there")
	}
}

func TestUnknownWayToStoreIdentifiers(t *testing.T) {
	o := core.DefaultOptions()
	o.Secret, o.Verification.StoreIdentifiers.Overrides = authtest.Secret, map[string]string{"reset-password": "salted"}
	if _, err := core.New(core.Config{Options: o}); err == nil || !strings.Contains(err.Error(), `"salted"`) {
		t.Errorf("error %v", err)
	}
}

func TestResetNeedsAMail(t *testing.T) {
	server := authtest.New(t, authtest.WithoutMails())
	server.Client().Post("/request-password-reset", authtest.M{"email": "ada@example.com"}).WantError(400, "RESET_PASSWORD_DISABLED")
}
