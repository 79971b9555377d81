package core_test

import (
	"strings"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

func verification(change func(o *core.Options)) authtest.Option {
	return authtest.Configure(func(o *core.Options) {
		on := true
		o.EmailVerification.SendOnSignUp = &on
		if change != nil {
			change(o)
		}
	})
}

func TestVerifyEmail(t *testing.T) {
	server := authtest.New(t, verification(nil))
	ada := server.Client()
	ada.Post("/sign-up/email", authtest.M{"email": "ada@example.com", "password": authtest.Password, "name": "x", "callbackURL": "/welcome"}).Want(200)
	mail := server.Inbox.Last("verify-email")
	if mail.To != "ada@example.com" || !strings.Contains(mail.URL, mail.Token) {
		t.Errorf("mail %+v", mail)
	}
	if got := ada.Open(mail.URL).Want(302).Header.Get("Location"); got != "/welcome" {
		t.Errorf("redirected to %s", got)
	}
	if ada.Get("/get-session").Value("user.emailVerified") != true {
		t.Error("not verified")
	}
	ada.Get("/verify-email?token=" + mail.Token).Want(200) // twice is fine
	ada.Post("/send-verification-email", authtest.M{"email": "ada@example.com"}).WantError(400, "EMAIL_ALREADY_VERIFIED")
}

func TestUnusableVerificationLinks(t *testing.T) {
	server := authtest.New(t, verification(nil))
	client := server.Client()
	client.SignUp("ada@example.com")
	token := server.Inbox.Last("verify-email").Token
	client.Get("/verify-email?token=x").WantError(401, "INVALID_TOKEN")
	client.Get("/verify-email?token="+token[:len(token)-2]).WantError(401, "INVALID_TOKEN")
	if got := client.Get("/verify-email?token=x&callbackURL=/a%23b").Want(302).Header.Get("Location"); got != "/a?error=INVALID_TOKEN#b" {
		t.Errorf("redirected to %s", got)
	}
	client.Get("/verify-email?token=x&callbackURL=https://evil.example").WantError(403, "INVALID_CALLBACK_URL")
	server.Clock.Advance(time.Hour + time.Second)
	client.Get("/verify-email?token="+token).WantError(401, "TOKEN_EXPIRED")
}

func TestVerificationCanSignIn(t *testing.T) {
	server := authtest.New(t, verification(func(o *core.Options) {
		o.EmailAndPassword.RequireEmailVerification, o.EmailVerification.AutoSignInAfterVerification = true, true
	}))
	client := server.Client()
	client.SignUp("ada@example.com")
	if client.SignedIn() {
		t.Fatal("signed in before verification")
	}
	link := server.Inbox.Last("verify-email").URL
	client.Open(link).Want(302)
	if !client.SignedIn() {
		t.Error("not signed in")
	}
	second := server.Client()
	second.Open(link)
	if second.SignedIn() { // the link is in a mailbox for ever
		t.Error("the link signs in again")
	}
}

// security: 34
func TestSendVerificationEmail(t *testing.T) {
	server := authtest.New(t)
	ada := server.Client()
	ada.SignUp("ada@example.com")
	for _, email := range []string{"ada@example.com", "nobody@example.com"} {
		if got := string(server.Client().Post("/send-verification-email", authtest.M{"email": email}).Want(200).Body); got != `{"status":true}` {
			t.Errorf("%s: %s", email, got)
		}
	}
	if mails := server.Inbox.All(); len(mails) != 1 {
		t.Errorf("%d mails, want 1", len(mails))
	}
	ada.Post("/send-verification-email", authtest.M{"email": "eve@example.com"}).WantError(400, "EMAIL_MISMATCH")
	authtest.New(t, authtest.WithoutMails()).Client().Post("/send-verification-email", authtest.M{"email": "ada@example.com"}).
		WantError(400, "VERIFICATION_EMAIL_NOT_ENABLED")
}
