package core_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// attempts is how many failures lock a password, window how long they count.
const attempts, window = 20, 6 * time.Hour

// at returns a client with an address of its own.
func at(server *authtest.Server, address string) *authtest.Client {
	client := server.Client()
	client.Header.Set("X-Forwarded-For", address)
	return client
}

// guess fails as often as locks a password, each time from another address.
func guess(server *authtest.Server, email string) {
	for i := range attempts {
		signIn(at(server, fmt.Sprintf("198.51.100.%d", i)), email, "wrong password").Want(401)
		server.Auth.Wait()
	}
}

// security: 25 34
func TestGuessesAreLimited(t *testing.T) {
	server := authtest.New(t)
	at(server, "192.0.2.1").SignUp("ada@example.com")
	guess(server, "ada@example.com")
	locked := signIn(server.Client(), "ada@example.com", authtest.Password).Want(401)
	unknown := signIn(server.Client(), "nobody@example.com", authtest.Password).Want(401)
	if string(locked.Body) != string(unknown.Body) {
		t.Errorf("answers differ: %s and %s", locked.Body, unknown.Body)
	}
	server.Clock.Advance(window - time.Minute)
	guess(server, "ada@example.com") // does not prolong the lock
	server.Clock.Advance(time.Minute)
	signIn(server.Client(), "ada@example.com", authtest.Password).Want(200)
}

// Guesses at an account that does not exist leave nothing behind.
//
// security: 34
func TestUnknownUsersAreNotCounted(t *testing.T) {
	server := authtest.New(t)
	n := server.Statements(func() { signIn(server.Client(), "nobody@example.com", "wrong password").Want(401) })
	if n != 1 {
		t.Errorf("%d statements, want 1", n)
	}
}

// Whoever guesses cannot lock the user out: not from where the user is signed in, and not from the mailbox.
//
// security: 25
func TestTheUserGetsIn(t *testing.T) {
	server := authtest.New(t)
	home := at(server, "192.0.2.1")
	home.SignUp("ada@example.com")
	guess(server, "ada@example.com")

	at(server, "192.0.2.1").SignIn("ada@example.com")
	signIn(at(server, "192.0.2.2"), "ada@example.com", authtest.Password).Want(401)
	if !home.SignedIn() {
		t.Error("the session has ended")
	}

	home.Post("/request-password-reset", authtest.M{"email": "ada@example.com"}).Want(200)
	token := server.Inbox.Last("reset-password").Token
	home.Post("/reset-password", authtest.M{"token": token, "newPassword": authtest.Password}).Want(200)
	at(server, "192.0.2.2").SignIn("ada@example.com")
}

// Guesses from where the user is signed in are limited like all others.
//
// security: 25
func TestNeighboursGuessInVain(t *testing.T) {
	server := authtest.New(t)
	at(server, "192.0.2.1").SignUp("ada@example.com")
	for range attempts {
		signIn(at(server, "192.0.2.1"), "ada@example.com", "wrong password").Want(401)
		server.Auth.Wait()
	}
	signIn(at(server, "192.0.2.1"), "ada@example.com", authtest.Password).Want(401)
}

// guessedHasher refuses every password and counts those it compared.
type guessedHasher struct {
	countingHasher
	compared atomic.Int64
}

func (h *guessedHasher) Verify(context.Context, string, string) (bool, error) {
	h.compared.Add(1)
	return false, nil
}

// A burst cannot try more passwords than a row of requests.
//
// security: 25
func TestBurstsOfGuesses(t *testing.T) {
	hasher := &guessedHasher{}
	server := authtest.New(t, authtest.WithSharedStore(), authtest.WithHasher(hasher))
	server.Client().SignUp("ada@example.com")
	authtest.Together(100, func(i int) {
		signIn(at(server, fmt.Sprintf("198.51.100.%d", i)), "ada@example.com", "wrong password").Want(401)
	})
	if got := hasher.compared.Load(); got < attempts/2 || got > attempts {
		t.Errorf("%d passwords were compared, want up to %d", got, attempts)
	}
	server.Auth.Wait()
	guess(server, "ada@example.com")
	if got := hasher.compared.Load(); got != attempts {
		t.Errorf("%d passwords were compared in the end, want %d", got, attempts)
	}
}

// Many right passwords at once are no guesses.
func TestBurstsOfSignIns(t *testing.T) {
	server := authtest.New(t, authtest.WithSharedStore())
	server.Client().SignUp("ada@example.com")
	authtest.Together(3*attempts, func(int) { server.Client().SignIn("ada@example.com") })
}

// Where the password is asked for again it can be guessed, too; that does not keep the user from signing in.
//
// security: 25
func TestConfirmationsAreLimited(t *testing.T) {
	server := authtest.New(t)
	thief := server.Client()
	thief.SignUp("ada@example.com")
	for range attempts {
		thief.Post("/verify-password", authtest.M{"password": "wrong password"}).WantError(400, "INVALID_PASSWORD")
		server.Auth.Wait()
	}
	thief.Post("/verify-password", authtest.M{"password": authtest.Password}).WantError(429, "TOO_MANY_FAILED_ATTEMPTS")
	change := authtest.M{"currentPassword": authtest.Password, "newPassword": "another password"}
	thief.Post("/change-password", change).WantError(429, "TOO_MANY_FAILED_ATTEMPTS")
	server.Client().SignIn("ada@example.com")
	server.Clock.Advance(window)
	thief.Post("/verify-password", authtest.M{"password": authtest.Password}).Want(200)
}

func TestLockoutCanBeTurnedOff(t *testing.T) {
	server := authtest.New(t, authtest.Configure(func(o *core.Options) { o.EmailAndPassword.Lockout = core.LockoutOptions{} }))
	server.Client().SignUp("ada@example.com")
	guess(server, "ada@example.com")
	at(server, "192.0.2.9").SignIn("ada@example.com")
}

func TestLockoutIsChecked(t *testing.T) {
	for _, lockout := range []core.LockoutOptions{
		{Enabled: true, MaxAttempts: 0, Window: 60}, {Enabled: true, MaxAttempts: 101, Window: 60}, {Enabled: true, MaxAttempts: 5},
	} {
		options := core.DefaultOptions()
		options.BaseURL, options.Secret, options.EmailAndPassword.Lockout = authtest.Origin, authtest.Secret, lockout
		if _, err := core.New(core.Config{Options: options}); err == nil {
			t.Errorf("%+v is accepted", lockout)
		}
	}
}
