package core_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// A panic is an empty 500 for the client; the log says where it was, and the hooks are told.
//
// security: 50
func TestPanicsAreAnswered(t *testing.T) {
	var log bytes.Buffer
	var told []error
	oops := errors.New("oops")
	server := authtest.New(t, authtest.WithLogger(slog.New(slog.NewTextHandler(&log, nil))), authtest.WithHooks(core.Hooks{
		BeforeSignUp: func(context.Context, *core.Call, *core.SignUpEmailInput) error { panic(oops) },
		OnError:      func(_ context.Context, err error) { told = append(told, err) },
	}))
	body := authtest.M{"email": "ada@example.com", "password": authtest.Password, "name": "x"}
	answer := server.Client().Post("/sign-up/email", body).Want(500)
	if len(answer.Body) != 0 || answer.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("answer %s, headers %v", answer.Body, answer.Header)
	}
	if len(told) != 1 || !errors.Is(told[0], oops) {
		t.Errorf("told %v", told)
	}
	for _, want := range []string{"path=/sign-up/email", "panic=oops", "panics_test.go"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("no %q in the log: %s", want, log.String())
		}
	}
}

// A panic in the background, even of the hook that is told of it, ends nothing but its task.
func TestPanicsInTheBackground(t *testing.T) {
	var log bytes.Buffer
	var told []error
	server := authtest.New(t, authtest.WithLogger(slog.New(slog.NewTextHandler(&log, nil))), authtest.WithHooks(core.Hooks{
		OnError: func(_ context.Context, err error) {
			told = append(told, err)
			panic("again")
		},
	}))
	server.Auth.Background(t.Context(), func(context.Context) { panic("oops") })
	server.Auth.Wait()
	if len(told) != 1 || told[0].Error() != "panic: oops" {
		t.Errorf("told %v", told)
	}
	if !strings.Contains(log.String(), "panics_test.go") || !strings.Contains(log.String(), "panic=again") {
		t.Errorf("log: %s", log.String())
	}
}

// A browser that comes from a provider ends on the error page, and without a session.
//
// security: 50
func TestPanicsInACallback(t *testing.T) {
	for name, hooks := range map[string]core.Hooks{
		"before the session": {BeforeSession: func(context.Context, *core.Call, *core.SignIn) (core.Challenge, error) { panic("oops") }},
		"after it is opened": {AfterSession: func(context.Context, *core.Call, *core.SessionAndUser) error { panic("oops") }},
	} {
		t.Run(name, func(t *testing.T) {
			told := 0
			hooks.OnError = func(context.Context, error) { told++ }
			server, acme := newSocial(t, authtest.WithHooks(hooks))
			ada := server.Client()
			ada.Through(acme, authtest.Ada(), "/sign-in/social", authtest.M{"callbackURL": "/inside", "errorCallbackURL": "/failed"}).
				WantRedirect(errorPage + "?error=internal_server_error")
			if ada.SignedIn() || told != 1 {
				t.Errorf("signed in: %v, told %d times", ada.SignedIn(), told)
			}
			user, err := server.Store.UserByEmail(t.Context(), authtest.Ada().Email)
			if err != nil {
				t.Fatal(err)
			}
			if rows, err := server.Store.SessionsByUser(t.Context(), user.ID); err != nil || len(rows) != 0 {
				t.Errorf("%d sessions are left, %v", len(rows), err)
			}
		})
	}
}
