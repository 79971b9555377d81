package core_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
)

// What the server logs names users and events, never what would let a reader in.
//
// security: 18 49
func TestLogHoldsNoSecrets(t *testing.T) {
	var log bytes.Buffer
	server := authtest.New(t, authtest.WithLogger(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))))
	ada := server.Client()
	token := ada.SignUp("ada@example.com").Text("token")
	signIn(ada, "ada@example.com", "wrong password")
	ada.Post("/request-password-reset", authtest.M{"email": "ada@example.com"}).Want(200)
	reset := server.Inbox.Last("reset-password").Token
	ada.Get("/reset-password/" + reset + "?callbackURL=/x").Want(302)
	ada.Post("/reset-password", authtest.M{"token": reset, "newPassword": "another password"}).Want(200)
	ada.Post("/sign-out", authtest.M{}).Want(200)
	server.Auth.Wait()

	for _, event := range []string{"sign-up", "sign-in refused", "password reset", "sign-out"} {
		if !strings.Contains(log.String(), event) {
			t.Errorf("no %q in the log", event)
		}
	}
	for _, secret := range []string{token, reset, authtest.Password, "wrong password", "another password", authtest.Secret, "ada@example.com"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %q:\n%s", secret, log.String())
		}
	}
}
