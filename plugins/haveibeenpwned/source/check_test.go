package haveibeenpwned_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/plugins/haveibeenpwned/source"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// security: 5
func TestSignUp(t *testing.T) {
	server, service := start(t, nil)
	ada := server.Client()
	signUp(ada, "ada@example.com", leaked).WantError(400, "PASSWORD_COMPROMISED")
	if ada.SignedIn() {
		t.Error("a session was opened")
	}
	signUp(ada, "ada@example.com", authtest.Password).Want(200)
	if service.asked() != 2 {
		t.Errorf("asked %d times", service.asked())
	}
}

// security: 5
func TestChangePassword(t *testing.T) {
	server, service := start(t, nil)
	ada := server.Client()
	ada.SignUp("ada@example.com")
	before := service.asked()
	wrong := authtest.M{"currentPassword": "not the password", "newPassword": leaked}
	ada.Post("/change-password", wrong).WantError(400, "INVALID_PASSWORD")
	if service.asked() != before {
		t.Error("the service was asked for somebody who does not know the password")
	}
	change := authtest.M{"currentPassword": authtest.Password, "newPassword": leaked}
	ada.Post("/change-password", change).WantError(400, "PASSWORD_COMPROMISED")
	server.Client().SignIn("ada@example.com")
}

// security: 5
func TestResetPassword(t *testing.T) {
	server, _ := start(t, nil)
	server.Client().SignUp("ada@example.com")
	client := server.Client()
	client.Post("/request-password-reset", authtest.M{"email": "ada@example.com"}).Want(200)
	token := server.Inbox.Last("reset-password").Token
	client.Post("/reset-password", authtest.M{"token": token, "newPassword": leaked}).WantError(400, "PASSWORD_COMPROMISED")
	server.Client().SignIn("ada@example.com")
	client.Post("/reset-password", authtest.M{"token": token, "newPassword": "a good password"}).WantError(400, "INVALID_TOKEN")
}

// Signing in does not ask, whatever the password is; nor does an address nobody has.
func TestSignInDoesNotAsk(t *testing.T) {
	server, service := start(t, nil)
	server.Client().SignUp("ada@example.com")
	before := service.asked()
	server.Client().SignIn("ada@example.com")
	server.Client().Post("/sign-in/email", authtest.M{"email": "bob@example.com", "password": leaked}).Want(401)
	if service.asked() != before {
		t.Error("a sign-in asked")
	}
}

// An address that is known is not given away: the password is checked as for a new one.
//
// security: 34
func TestHiddenDuplicate(t *testing.T) {
	server, _ := start(t, nil, authtest.Configure(func(o *core.Options) { o.EmailAndPassword.AutoSignIn = false }))
	signUp(server.Client(), "ada@example.com", authtest.Password).Want(200)
	known := signUp(server.Client(), "ada@example.com", leaked).WantError(400, "PASSWORD_COMPROMISED")
	unknown := signUp(server.Client(), "bob@example.com", leaked).WantError(400, "PASSWORD_COMPROMISED")
	if !bytes.Equal(known.Body, unknown.Body) {
		t.Errorf("%s and %s", known.Body, unknown.Body)
	}
}

// Go code that calls an endpoint is checked like a client.
func TestCallFromGo(t *testing.T) {
	if len(authtest.Required()) > 0 {
		t.Skip("the fields a user must have are asked for first")
	}
	server, _ := start(t, nil)
	in := core.SignUpEmailInput{Name: "Ada", Email: "ada@example.com", Password: leaked}
	_, err := server.Auth.SignUpEmail(context.Background(), core.NewCall(nil), in)
	if err == nil || !strings.Contains(err.Error(), "PASSWORD_COMPROMISED") {
		t.Errorf("error %v", err)
	}
}

// Go code gives somebody without a password one. That is only checked where the options ask for it.
func TestSetPassword(t *testing.T) {
	for _, listed := range []bool{false, true} {
		server, _ := start(t, func(o *haveibeenpwned.Options) {
			if listed {
				o.Paths = append(o.Paths, "/set-password")
			}
		})
		ada := server.Client()
		id := ada.SignUp("ada@example.com").Text("user.id")
		if _, err := server.Store.DeleteAccountsByUser(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		r := &http.Request{Header: http.Header{"Cookie": {"better-auth.session_token=" + ada.Cookie("session_token")}}}
		_, err := server.Auth.SetPassword(t.Context(), core.NewCall(r), core.SetPasswordInput{NewPassword: leaked})
		if listed != errors.Is(err, haveibeenpwned.ErrCompromised) || !listed && err != nil {
			t.Errorf("listed %v: %v", listed, err)
		}
		signedIn := server.Client().Post("/sign-in/email", authtest.M{"email": "ada@example.com", "password": leaked}).Status == 200
		if signedIn == listed {
			t.Errorf("listed %v: the password works: %v", listed, signedIn)
		}
	}
}

func TestOptions(t *testing.T) {
	t.Run("off", func(t *testing.T) {
		server, service := start(t, func(o *haveibeenpwned.Options) { o.Enabled = false })
		signUp(server.Client(), "ada@example.com", leaked).Want(200)
		if service.asked() != 0 {
			t.Error("asked")
		}
	})
	t.Run("other paths", func(t *testing.T) {
		server, _ := start(t, func(o *haveibeenpwned.Options) { o.Paths = []string{"/change-password"} })
		ada := server.Client()
		signUp(ada, "ada@example.com", leaked).Want(200)
		change := authtest.M{"currentPassword": leaked, "newPassword": leaked}
		ada.Post("/change-password", change).WantError(400, "PASSWORD_COMPROMISED")
	})
	t.Run("message", func(t *testing.T) {
		server, _ := start(t, func(o *haveibeenpwned.Options) { o.CustomPasswordCompromisedMessage = "Known to thieves" })
		answer := signUp(server.Client(), "ada@example.com", leaked).WantError(400, "PASSWORD_COMPROMISED")
		if answer.Text("message") != "Known to thieves" {
			t.Errorf("message %q", answer.Text("message"))
		}
	})
}

// security: 49
func TestRefusalIsRecorded(t *testing.T) {
	var log bytes.Buffer
	server, _ := start(t, nil, authtest.WithLogger(slog.New(slog.NewTextHandler(&log, nil))))
	signUp(server.Client(), "ada@example.com", leaked)
	if text := log.String(); !strings.Contains(text, haveibeenpwned.EventRefused.Name) || strings.Contains(text, leaked) || strings.Contains(text, digits(leaked)[:5]) {
		t.Errorf("log: %s", text)
	}
}
