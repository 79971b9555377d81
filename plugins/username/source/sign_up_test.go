package username_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	username "github.com/betterauth-gen/betterauth-gen/plugins/username/source"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

func TestNamesOfANewUser(t *testing.T) {
	server := start(t)
	tests := []struct {
		body          authtest.M
		name, display any
	}{
		{authtest.M{}, nil, nil},
		{authtest.M{"username": nil}, nil, nil},
		{authtest.M{"username": "Ada_L"}, "ada_l", "Ada_L"},
		{authtest.M{"username": "bob", "displayUsername": "The Bob"}, "bob", "The Bob"},
		{authtest.M{"displayUsername": "Carol"}, "carol", "Carol"},
		{authtest.M{"displayUsername": "Not a name"}, nil, "Not a name"},
	}
	for i, tt := range tests {
		answer := register(server.Client(), fmt.Sprintf("u%d@example.com", i), tt.body).Want(200)
		if name, display := answer.Value("user.username"), answer.Value("user.displayUsername"); name != tt.name || display != tt.display {
			t.Errorf("%v: stored as %v and %v, want %v and %v", tt.body, name, display, tt.name, tt.display)
		}
	}
}

func TestRefusedNames(t *testing.T) {
	server := start(t)
	register(server.Client(), "ada@example.com", authtest.M{"username": "ada"}).Want(200)
	for name, code := range map[string]string{
		"":                      "USERNAME_TOO_SHORT",
		"ab":                    "USERNAME_TOO_SHORT",
		strings.Repeat("x", 31): "USERNAME_TOO_LONG",
		"a b c":                 "INVALID_USERNAME",
		"a-b-c":                 "INVALID_USERNAME",
		"zoë":                   "INVALID_USERNAME",
		"ada":                   "USERNAME_IS_ALREADY_TAKEN",
		"ADA":                   "USERNAME_IS_ALREADY_TAKEN",
	} {
		register(server.Client(), "x@example.com", authtest.M{"username": name, "displayUsername": "Valid"}).WantError(400, code)
	}
}

// Lengths are counted as JavaScript does.
func TestLengthInUTF16(t *testing.T) {
	server := start(t, func(s *setup) {
		s.options.MinUsernameLength, s.options.MaxUsernameLength = 4, 4
		s.funcs.ValidateUsername = func(context.Context, string) bool { return true }
	})
	register(server.Client(), "a@example.com", authtest.M{"username": "🙂🙂"}).Want(200)
	register(server.Client(), "b@example.com", authtest.M{"username": "🙂🙂🙂"}).WantError(400, "USERNAME_TOO_LONG")
}

func TestOwnFunctions(t *testing.T) {
	server := start(t, func(s *setup) {
		s.options.ValidationOrder.Username = "post-normalization"
		s.funcs = username.Funcs{
			NormalizeUsername:        func(name string) string { return strings.ReplaceAll(strings.ToLower(name), "0", "o") },
			ValidateUsername:         func(_ context.Context, name string) bool { return !strings.Contains(name, "root") },
			NormalizeDisplayUsername: strings.TrimSpace,
			ValidateDisplayUsername:  func(_ context.Context, name string) bool { return name != "Admin" },
		}
	})
	ada := server.Client()
	answer := register(ada, "ada@example.com", authtest.M{"username": "R0bin", "displayUsername": " Robin "}).Want(200)
	if answer.Text("user.username") != "robin" || answer.Text("user.displayUsername") != "Robin" {
		t.Errorf("answer %s", answer.Body)
	}
	signIn(server.Client(), "r0BIN", authtest.Password).Want(200)
	register(server.Client(), "eve@example.com", authtest.M{"username": "R00T"}).WantError(400, "INVALID_USERNAME")
	register(server.Client(), "eve@example.com", authtest.M{"displayUsername": "Admin"}).WantError(400, "INVALID_DISPLAY_USERNAME")
}

func TestCaseCanCount(t *testing.T) {
	server := start(t, func(s *setup) { s.options.UsernameNormalization = false })
	register(server.Client(), "a@example.com", authtest.M{"username": "ada"}).Want(200)
	register(server.Client(), "b@example.com", authtest.M{"username": "Ada"}).Want(200)
}

func TestDisplayUsernameOff(t *testing.T) {
	server := start(t, func(s *setup) { s.options.DisplayUsername = false })
	ada := server.Client()
	answer := register(ada, "ada@example.com", authtest.M{"username": "Ada", "displayUsername": "The Ada"}).Want(200)
	if answer.Text("user.username") != "ada" || answer.Value("user.displayUsername") != nil {
		t.Errorf("answer %s", answer.Body)
	}
	ada.Post("/update-user", authtest.M{"displayUsername": "x", "name": "Ada"}).Want(200)
	if got := ada.Get("/get-session").Value("user.displayUsername"); got != nil {
		t.Errorf("stored %v", got)
	}
}

// A made-up answer shows the name in the form a true one would.
//
// security: 34
func TestHiddenDuplicate(t *testing.T) {
	server := start(t, func(s *setup) {
		s.server = append(s.server, authtest.Configure(func(o *core.Options) { o.EmailAndPassword.AutoSignIn = false }))
	})
	register(server.Client(), "ada@example.com", authtest.M{"username": "ada"}).Want(200)
	answer := register(server.Client(), "ada@example.com", authtest.M{"username": "Second"}).Want(200)
	if answer.Text("user.username") != "second" || answer.Text("user.displayUsername") != "Second" {
		t.Errorf("answer %s", answer.Body)
	}
}

// Users made in other ways follow the rules too.
func TestUsersMadeFromGo(t *testing.T) {
	server := start(t)
	user := func(name string) *model.User {
		now := server.Auth.Now()
		return &model.User{ID: name, Email: name + "@example.com", Username: &name, CreatedAt: now, UpdatedAt: now}
	}
	if err := server.Auth.CreateUser(t.Context(), user("a b"), nil); !errors.Is(err, username.ErrInvalid) {
		t.Errorf("error %v", err)
	}
	ada := user("ADA")
	if err := server.Auth.CreateUser(t.Context(), ada, nil); err != nil || *ada.Username != "ada" {
		t.Errorf("%v, %s", err, *ada.Username)
	}
	if err := server.Auth.CreateUser(t.Context(), user("Ada"), nil); !errors.Is(err, model.ErrConflict) {
		t.Errorf("error %v", err)
	}
}
