package core_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

func TestSignInAndOut(t *testing.T) {
	server := authtest.New(t)
	ada := server.Client()
	first := ada.SignUp("ada@example.com").Text("token")
	answer := ada.SignIn("ADA@example.com")
	if answer.Value("redirect") != false || answer.Value("url") != nil || answer.Text("token") == first { // security: 10
		t.Errorf("answer %s", answer.Body)
	}
	copied := ada.Clone()
	if got := ada.Post("/sign-out", authtest.M{}).Want(200).Value("success"); got != true {
		t.Errorf("success %v", got)
	}
	if ada.Cookie("session_token") != "" || copied.SignedIn() { // security: 11
		t.Error("the session outlives the sign-out")
	}
	ada.Post("/sign-out", authtest.M{}).Want(200) // twice is fine
}

func TestRefusedSignIns(t *testing.T) {
	server := authtest.New(t)
	server.Client().SignUp("ada@example.com")
	client := server.Client()
	unknown := signIn(client, "nobody@example.com", authtest.Password).WantError(401, "INVALID_EMAIL_OR_PASSWORD")
	wrong := signIn(client, "ada@example.com", "wrong password").WantError(401, "INVALID_EMAIL_OR_PASSWORD")
	if string(unknown.Body) != string(wrong.Body) { // security: 34
		t.Errorf("answers differ: %s and %s", unknown.Body, wrong.Body)
	}
	signIn(client, "ada@example.com", "").WantError(401, "INVALID_EMAIL_OR_PASSWORD")
	signIn(client, "plain", authtest.Password).WantError(400, "INVALID_EMAIL")
	if client.SignedIn() {
		t.Error("signed in")
	}
}

// countingHasher counts how much work requests are. It accepts every password.
type countingHasher struct{ work atomic.Int64 }

func (h *countingHasher) Hash(context.Context, string) (string, error) {
	h.work.Add(1)
	return "hash", nil
}

func (h *countingHasher) Verify(context.Context, string, string) (bool, error) {
	h.work.Add(1)
	return true, nil
}

func (h *countingHasher) NeedsRehash(string) bool { return false }

// security: 8
func TestUnknownAddressesCostTheSame(t *testing.T) {
	hasher := &countingHasher{}
	server := authtest.New(t, authtest.WithHasher(hasher))
	server.Client().SignUp("ada@example.com")
	bob := server.Client().SignUp("bob@example.com").Text("user.id")
	if _, err := server.Store.DeleteAccountsByUser(t.Context(), bob); err != nil {
		t.Fatal(err)
	}
	for email, status := range map[string]int{"ada@example.com": 200, "bob@example.com": 401, "nobody@example.com": 401} {
		hasher.work.Store(0)
		signIn(server.Client(), email, authtest.Password).Want(status)
		if got := hasher.work.Load(); got != 1 {
			t.Errorf("%s: %d hashes, want 1", email, got)
		}
	}
}

// Nor does it show in the time whether a password is locked.
//
// security: 8
func TestUnknownAddressesTakeAsLong(t *testing.T) {
	for _, lockout := range []bool{false, true} {
		server := authtest.New(t, authtest.WithSlowHasher(), authtest.Configure(func(o *core.Options) { o.EmailAndPassword.Lockout.Enabled = lockout }))
		server.Client().SignUp("ada@example.com")
		client := server.Client()
		authtest.SameTime(t,
			func() { signIn(client, "ada@example.com", "wrong password").Want(401) },
			func() { signIn(client, "nobody@example.com", "wrong password").Want(401) })
	}
}

// Hashes made before the algorithm was changed keep working, and are replaced.
func TestSignInUpgradesTheHash(t *testing.T) {
	hasher, err := secure.NewHasher(secure.Argon2id, secure.NewGate(secure.GateOptions{}))
	if err != nil {
		t.Fatal(err)
	}
	old, err := secure.NewHasher(secure.Scrypt, secure.NewGate(secure.GateOptions{}))
	if err != nil {
		t.Fatal(err)
	}
	server := authtest.New(t, authtest.WithHasher(hasher))
	id := server.Client().SignUp("ada@example.com").Text("user.id")
	store := func() string {
		account, err := server.Auth.CredentialAccount(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return *account.Password
	}
	account, _ := server.Auth.CredentialAccount(t.Context(), id)
	hash, err := old.Hash(t.Context(), authtest.Password)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := server.Store.SetAccountPassword(t.Context(), account.ID, &hash, server.Auth.Now()); err != nil {
		t.Fatal(err)
	}
	signIn(server.Client(), "ada@example.com", "wrong password").Want(401)
	if store() != hash {
		t.Error("a wrong password changed the hash")
	}
	server.Client().SignIn("ada@example.com")
	if !strings.HasPrefix(store(), "$argon2id$") {
		t.Errorf("the hash is still %.12s…", store())
	}
	server.Client().SignIn("ada@example.com")
}

func TestSignInCallback(t *testing.T) {
	server := authtest.New(t)
	ada := server.Client()
	ada.SignUp("ada@example.com")
	body := authtest.M{"email": "ada@example.com", "password": authtest.Password, "callbackURL": "/inside?a=1"}
	answer := ada.Post("/sign-in/email", body).Want(200)
	if answer.Value("redirect") != true || answer.Text("url") != "/inside?a=1" || answer.Header.Get("Location") != "/inside?a=1" {
		t.Errorf("answer %s", answer.Body)
	}
}

func TestRememberMe(t *testing.T) {
	server := authtest.New(t)
	ada := server.Client()
	ada.SignUp("ada@example.com")
	body := authtest.M{"email": "ada@example.com", "password": authtest.Password, "rememberMe": false}
	answer := ada.Post("/sign-in/email", body).Want(200)
	if line := answer.SetCookie("session_token"); strings.Contains(line, "Max-Age") {
		t.Errorf("cookie %s", line)
	}
	if ada.Cookie("dont_remember") == "" {
		t.Error("the choice is not kept")
	}
	server.Clock.Advance(23 * time.Hour)
	if got := len(ada.Get("/get-session").Cookies()); got != 0 || !ada.SignedIn() {
		t.Error("the session was extended or has ended early")
	}
	server.Clock.Advance(time.Hour)
	if ada.SignedIn() {
		t.Error("the session outlives its day")
	}
}

func TestUnverifiedUsersMaySignInOnlyWithPermission(t *testing.T) {
	server := authtest.New(t, authtest.Configure(func(o *core.Options) {
		o.EmailAndPassword.RequireEmailVerification, o.EmailVerification.SendOnSignIn = true, true
	}))
	client := server.Client()
	client.SignUp("ada@example.com")
	sent := len(server.Inbox.All())
	signIn(client, "ada@example.com", "wrong password").WantError(401, "INVALID_EMAIL_OR_PASSWORD")
	if len(server.Inbox.All()) != sent {
		t.Error("a wrong password sends a mail")
	}
	signIn(client, "ada@example.com", authtest.Password).WantError(403, "EMAIL_NOT_VERIFIED")
	if len(server.Inbox.All()) != sent+1 {
		t.Error("no mail was sent")
	}
	client.Open(server.Inbox.Last("verify-email").URL).Want(302)
	client.SignIn("ada@example.com")
}
