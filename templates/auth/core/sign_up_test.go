package core_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/url"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

func TestSignUpOpensASession(t *testing.T) {
	server := authtest.New(t)
	ada := server.Client()
	answer := ada.Post("/sign-up/email", authtest.M{"email": "Ada@Example.com", "password": authtest.Password, "name": " Ada "}).Want(200)
	if answer.Text("user.email") != "ada@example.com" || answer.Text("user.name") != " Ada " || answer.Value("user.emailVerified") != false {
		t.Errorf("answer %s", answer.Body)
	}
	if len(answer.Text("token")) != 32 || ada.Get("/get-session").Text("session.token") != answer.Text("token") { // security: 9
		t.Errorf("token %q", answer.Text("token"))
	}
	if strings.Contains(string(answer.Body), "password") {
		t.Errorf("answer %s", answer.Body)
	}
}

func TestSignUpRefusesBadInput(t *testing.T) {
	server := authtest.New(t)
	sixty := strings.Repeat("x", 60)
	tests := []struct {
		body authtest.M
		code string
	}{
		{authtest.M{"email": "a@b.co", "password": authtest.Password}, "VALIDATION_ERROR"},
		{authtest.M{"name": "x", "password": authtest.Password}, "VALIDATION_ERROR"},
		{authtest.M{"name": "x", "email": "a@b.co"}, "VALIDATION_ERROR"},
		{authtest.M{"name": "x", "email": "a@b", "password": authtest.Password}, "VALIDATION_ERROR"},
		{authtest.M{"name": "x", "email": "a@b.co", "password": "7 chars"}, "PASSWORD_TOO_SHORT"}, // security: 1
		{authtest.M{"name": "x", "email": "a@b.co", "password": "🙂🙂🙂"}, "PASSWORD_TOO_SHORT"},
		{authtest.M{"name": "x", "email": "a@b.co", "password": sixty + sixty + "123456789"}, "PASSWORD_TOO_LONG"},
	}
	for _, tt := range tests {
		server.Client().Post("/sign-up/email", tt.body).WantError(400, tt.code)
	}
}

// The shortest and the longest password are options.
//
// security: 1, 2
func TestPasswordLengthIsConfigured(t *testing.T) {
	server := authtest.New(t, authtest.Configure(func(o *core.Options) {
		o.EmailAndPassword.MinPasswordLength, o.EmailAndPassword.MaxPasswordLength = 15, 64
	}))
	ada := server.Client()
	send := func(email, password string) *authtest.Response {
		return ada.Post("/sign-up/email", authtest.M{"email": email, "password": password, "name": "x"})
	}
	send("ada@example.com", strings.Repeat("x", 14)).WantError(400, "PASSWORD_TOO_SHORT")
	send("ada@example.com", strings.Repeat("x", 65)).WantError(400, "PASSWORD_TOO_LONG")
	send("bob@example.com", strings.Repeat("x", 64)).Want(200)
	send("ada@example.com", strings.Repeat("x", 15)).Want(200)
	change := authtest.M{"currentPassword": strings.Repeat("x", 15), "newPassword": strings.Repeat("y", 14)}
	ada.Post("/change-password", change).WantError(400, "PASSWORD_TOO_SHORT")
	ada.Post("/request-password-reset", authtest.M{"email": "ada@example.com"}).Want(200)
	reset := authtest.M{"token": server.Inbox.Last("reset-password").Token, "newPassword": strings.Repeat("y", 14)}
	ada.Post("/reset-password", reset).WantError(400, "PASSWORD_TOO_SHORT")
}

// Neither composition rules nor truncation: what was typed is the password.
//
// security: 2 3
func TestPasswordsAreKeptAsTheyAre(t *testing.T) {
	server := authtest.New(t)
	for i, password := range []string{"        ", "aaaaaaaa", "🙂🙂🙂🙂", strings.Repeat("long ", 25) + "end"} {
		email := fmt.Sprintf("u%d@example.com", i)
		server.Client().Post("/sign-up/email", authtest.M{"email": email, "password": password, "name": "x"}).Want(200)
		signIn(server.Client(), email, password).Want(200)
		signIn(server.Client(), email, password[:len(password)-1]).WantError(401, "INVALID_EMAIL_OR_PASSWORD")
	}
}

func signIn(client *authtest.Client, email, password string) *authtest.Response {
	return client.Post("/sign-in/email", authtest.M{"email": email, "password": password})
}

func TestSignUpOfATakenAddress(t *testing.T) {
	server := authtest.New(t)
	server.Client().SignUp("ada@example.com")
	body := authtest.M{"email": "ADA@example.com", "password": authtest.Password, "name": "x"}
	server.Client().Post("/sign-up/email", body).WantError(422, "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL")
}

func TestConcurrentSignUpsMakeOneUser(t *testing.T) {
	server := authtest.New(t, authtest.WithSharedStore())
	status := make([]int, 12)
	authtest.Together(len(status), func(i int) {
		body := authtest.M{"email": "ada@example.com", "password": authtest.Password, "name": "x"}
		status[i] = server.Client().Post("/sign-up/email", body).Status
	})
	count := map[int]int{}
	for _, s := range status {
		count[s]++
	}
	if count[200] != 1 || count[422] != len(status)-1 {
		t.Errorf("answers %v", count)
	}
}

// Where sign-up opens no session, a known address is answered like a new one, after the same work.
//
// security: 34
func TestSignUpHidesKnownAddresses(t *testing.T) {
	for name, change := range map[string]func(*core.Options){
		"without auto sign-in":       func(o *core.Options) { o.EmailAndPassword.AutoSignIn = false },
		"with required verification": func(o *core.Options) { o.EmailAndPassword.RequireEmailVerification = true },
	} {
		t.Run(name, func(t *testing.T) {
			hasher := &countingHasher{}
			server := authtest.New(t, authtest.Configure(change), authtest.WithHasher(hasher))
			body := authtest.Required()
			maps.Copy(body, authtest.M{"email": "ada@example.com", "password": authtest.Password, "name": "Ada"})
			known := server.Client().Post("/sign-up/email", body).Want(200)
			work := hasher.work.Load()
			again := server.Client().Post("/sign-up/email", body).Want(200)
			if hasher.work.Load() != 2*work {
				t.Error("the known address costs other work")
			}
			if shape(known) != shape(again) || again.Value("token") != nil {
				t.Errorf("answers\n%s\n%s", known.Body, again.Body)
			}
			// A counted id would tell, so it is left out of both.
			if same := again.Text("user.id") == known.Text("user.id"); same != model.IDs.ByDatabase() {
				t.Errorf("answers\n%s\n%s", known.Body, again.Body)
			}
			if len(again.Cookies()) != 0 {
				t.Errorf("cookies %q", again.Cookies())
			}
		})
	}
}

// shape is a body without the values that differ between two users.
func shape(r *authtest.Response) string {
	return strings.ReplaceAll(string(r.Body), r.Text("user.id"), "ID")
}

func TestSignUpCanBeClosed(t *testing.T) {
	server := authtest.New(t, authtest.Configure(func(o *core.Options) { o.EmailAndPassword.DisableSignUp = true }))
	body := authtest.M{"email": "ada@example.com", "password": authtest.Password, "name": "x"}
	server.Client().Post("/sign-up/email", body).WantError(400, "EMAIL_PASSWORD_SIGN_UP_DISABLED")
}

func TestSignUpByForm(t *testing.T) {
	if len(authtest.Required()) > 0 {
		t.Skip("a form carries nothing but text")
	}
	server := authtest.New(t)
	form := url.Values{"email": {"ada@example.com"}, "password": {authtest.Password}, "name": {"Ada"}}
	server.Client().PostForm("/sign-up/email", form).Want(200)
	server.Client().SignIn("ada@example.com")
}

// refusingStore refuses users by their names, as a database does for other reasons than their addresses.
type refusingStore struct {
	core.Store
	refuse map[string]error
}

func (s refusingStore) InsertUser(ctx context.Context, user *model.User) error {
	if err := s.refuse[user.Name]; err != nil {
		return err
	}
	return s.Store.InsertUser(ctx, user)
}

// Only a conflict with the address is told as one. Any other refusal is logged, without blame for the address.
func TestSignUpTheDatabaseRefuses(t *testing.T) {
	var log bytes.Buffer
	server := authtest.New(t, authtest.WithStore(func(s core.Store) core.Store {
		return refusingStore{s, map[string]error{
			"taken": fmt.Errorf("%w: nickname", model.ErrConflict), "long": errors.New("data too long"),
		}}
	}), authtest.WithLogger(slog.New(slog.NewTextHandler(&log, nil))))
	send := func(name string) *authtest.Response {
		return server.Client().Post("/sign-up/email", authtest.M{"email": "new@example.com", "password": authtest.Password, "name": name})
	}
	send("taken").WantError(422, "FAILED_TO_CREATE_USER")
	if strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("a taken value is logged as a failure: %s", log.String())
	}
	send("long").WantError(422, "FAILED_TO_CREATE_USER")
	if strings.Count(log.String(), "data too long") != 1 {
		t.Errorf("log: %s", log.String())
	}
	if _, err := server.Store.UserByEmail(t.Context(), "new@example.com"); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("the user was stored: %v", err)
	}
}
