package username_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

func TestSignIn(t *testing.T) {
	server := start(t)
	register(server.Client(), "ada@example.com", authtest.M{"username": "Ada_L"}).Want(200)
	client := server.Client()
	answer := signIn(client, "ADA_l", authtest.Password).Want(200)
	if !client.SignedIn() || answer.Value("redirect") != false || answer.Value("url") != nil || answer.Text("user.username") != "ada_l" {
		t.Errorf("answer %s", answer.Body)
	}
	body := authtest.M{"username": "ada_l", "password": authtest.Password, "callbackURL": "/inside", "rememberMe": false}
	answer = client.Post("/sign-in/username", body).Want(200)
	if answer.Value("redirect") != true || answer.Text("url") != "/inside" || answer.Header.Get("Location") != "/inside" {
		t.Errorf("answer %s", answer.Body)
	}
	if line := answer.SetCookie("session_token"); strings.Contains(line, "Max-Age") {
		t.Errorf("remembered: %s", line)
	}
	body["callbackURL"] = "https://evil.example.net"
	client.Post("/sign-in/username", body).WantError(403, "INVALID_CALLBACK_URL")
}

func TestRefusedSignIns(t *testing.T) {
	server := start(t)
	register(server.Client(), "ada@example.com", authtest.M{"username": "ada"}).Want(200)
	client := server.Client()
	signIn(client, "ada", "wrong password").WantError(401, "INVALID_USERNAME_OR_PASSWORD")
	signIn(client, "nobody", authtest.Password).WantError(401, "INVALID_USERNAME_OR_PASSWORD")
	signIn(client, "", authtest.Password).WantError(401, "INVALID_USERNAME_OR_PASSWORD")
	signIn(client, "ada", "").WantError(401, "INVALID_USERNAME_OR_PASSWORD")
	signIn(client, "ab", authtest.Password).WantError(422, "USERNAME_TOO_SHORT")
	signIn(client, strings.Repeat("x", 31), authtest.Password).WantError(422, "USERNAME_TOO_LONG")
	signIn(client, "a-b-c", authtest.Password).WantError(422, "INVALID_USERNAME")
	client.Post("/sign-in/username", authtest.M{}).WantError(400, "VALIDATION_ERROR")
}

// countingHasher counts how much work sign-ins are.
type countingHasher struct{ work atomic.Int64 }

func (h *countingHasher) Hash(context.Context, string) (string, error) {
	h.work.Add(1)
	return "hash", nil
}

func (h *countingHasher) Verify(context.Context, string, string) (bool, error) {
	h.work.Add(1)
	return false, nil
}

func (h *countingHasher) NeedsRehash(string) bool { return false }

// security: 8
func TestUnknownNamesCostTheSame(t *testing.T) {
	hasher := &countingHasher{}
	server := start(t, func(s *setup) { s.server = append(s.server, authtest.WithHasher(hasher)) })
	passwordless := register(server.Client(), "bob@example.com", authtest.M{"username": "bob"}).Want(200).Text("user.id")
	register(server.Client(), "ada@example.com", authtest.M{"username": "ada"}).Want(200)
	if _, err := server.Store.DeleteAccountsByUser(t.Context(), passwordless); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"ada", "bob", "nobody"} {
		hasher.work.Store(0)
		signIn(server.Client(), name, "wrong password").WantError(401, "INVALID_USERNAME_OR_PASSWORD")
		if got := hasher.work.Load(); got != 1 {
			t.Errorf("%s: %d hashes, want 1", name, got)
		}
	}
}

// Nor does it show in the time whether a password is locked.
//
// security: 8
func TestUnknownNamesTakeAsLong(t *testing.T) {
	for _, lockout := range []bool{false, true} {
		locking := authtest.Configure(func(o *core.Options) { o.EmailAndPassword.Lockout.Enabled = lockout })
		server := start(t, func(s *setup) { s.server = append(s.server, authtest.WithSlowHasher(), locking) })
		client := server.Client()
		register(client, "ada@example.com", authtest.M{"username": "ada"}).Want(200)
		authtest.SameTime(t,
			func() { signIn(client, "ada", "wrong password").Want(401) },
			func() { signIn(client, "nobody", "wrong password").Want(401) })
	}
}

// Whether an address is verified is only told to who knows the password.
func TestUnverifiedUsers(t *testing.T) {
	server := start(t, func(s *setup) {
		s.server = append(s.server, authtest.Configure(func(o *core.Options) {
			o.EmailAndPassword.RequireEmailVerification, o.EmailVerification.SendOnSignIn = true, true
		}))
	})
	client := server.Client()
	register(client, "ada@example.com", authtest.M{"username": "ada"}).Want(200)
	signIn(client, "ada", "wrong password").WantError(401, "INVALID_USERNAME_OR_PASSWORD")
	mails := len(server.Inbox.All())
	body := authtest.M{"username": "ada", "password": authtest.Password, "callbackURL": "/inside?a=1"}
	client.Post("/sign-in/username", body).WantError(403, "EMAIL_NOT_VERIFIED")
	if len(server.Inbox.All()) != mails+1 {
		t.Fatal("no mail was sent")
	}
	mail := server.Inbox.Last("verify-email")
	if !strings.HasSuffix(mail.URL, "&callbackURL=%2Finside%3Fa%3D1") {
		t.Errorf("link %s", mail.URL)
	}
	client.Open(mail.URL).Want(302)
	signIn(client, "ada", authtest.Password).Want(200)
}

func TestAvailability(t *testing.T) {
	server := start(t)
	register(server.Client(), "ada@example.com", authtest.M{"username": "ada"}).Want(200)
	ask := func(name any) *authtest.Response {
		return server.Client().Post("/is-username-available", authtest.M{"username": name})
	}
	for name, want := range map[string]bool{"ada": false, "ADA": false, "free": true} {
		if got := ask(name).Want(200).Value("available"); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
	ask("").WantError(422, "INVALID_USERNAME")
	ask("ab").WantError(422, "USERNAME_TOO_SHORT")
	ask(strings.Repeat("x", 31)).WantError(422, "USERNAME_TOO_LONG")
	ask("a b c").WantError(422, "INVALID_USERNAME")
	ask(7).WantError(400, "VALIDATION_ERROR")
}

// A session a hook cancels is answered as Better Auth 1.7.5 does here, not as at /sign-in/email.
func TestHookCancelsTheSession(t *testing.T) {
	cancel := false
	server := start(t, func(s *setup) {
		s.server = append(s.server, authtest.WithHooks(core.Hooks{
			SessionCreate: core.WriteHook[model.Session]{Before: func(context.Context, *model.Session) error {
				if cancel {
					return core.ErrCanceled
				}
				return nil
			}},
		}))
	})
	register(server.Client(), "ada@example.com", authtest.M{"username": "ada"}).Want(200)
	cancel = true
	signIn(server.Client(), "ada", authtest.Password).WantError(500, "FAILED_TO_CREATE_SESSION")
}
