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
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// A mailer that is down changes no answer, opens nothing, and is logged without the link.
//
// security: 18, 34, 50
func TestMailerThatIsDown(t *testing.T) {
	for name, fail := range map[string]func(context.Context, core.Mail) error{
		"error": func(_ context.Context, m core.Mail) error { return errors.New("mailer is down") },
		"panic": func(context.Context, core.Mail) error { panic("mailer is down") },
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			tokens := make(chan string, 3) // mails are sent side by side
			keep := func(ctx context.Context, m core.Mail) error {
				tokens <- m.Token
				return fail(ctx, m)
			}
			server := authtest.New(t, authtest.WithMails(core.Mails{ResetPassword: keep, VerifyEmail: keep}),
				authtest.WithLogger(slog.New(slog.NewTextHandler(&log, nil))),
				authtest.Configure(func(o *core.Options) { o.EmailAndPassword.RequireEmailVerification = true }))
			ada := server.Client()
			ada.SignUp("ada@example.com")
			signIn(ada, "ada@example.com", authtest.Password).WantError(403, "EMAIL_NOT_VERIFIED")
			known := ada.Post("/request-password-reset", authtest.M{"email": "ada@example.com"}).Want(200)
			unknown := ada.Post("/request-password-reset", authtest.M{"email": "nobody@example.com"}).Want(200)
			server.Auth.Wait()
			if !bytes.Equal(known.Body, unknown.Body) || ada.SignedIn() {
				t.Errorf("%s and %s, signed in: %v", known.Body, unknown.Body, ada.SignedIn())
			}
			close(tokens)
			sent := 0
			for token := range tokens {
				if sent++; token == "" || strings.Contains(log.String(), token) {
					t.Errorf("token %q, log: %s", token, log.String())
				}
			}
			if sent < 2 || strings.Count(log.String(), "mailer is down") != sent {
				t.Errorf("%d mails, log: %s", sent, log.String())
			}
		})
	}
}

// Whatever fails or panics on the way to a session, and wherever: there is none.
//
// security: 50
func TestNoSessionWhenSomethingFails(t *testing.T) {
	ways := map[string]func(fail func() error) core.Hooks{
		"before the session": func(fail func() error) core.Hooks {
			return core.Hooks{BeforeSession: func(context.Context, *core.Call, *core.SignIn) (core.Challenge, error) { return nil, fail() }}
		},
		"before it is written": func(fail func() error) core.Hooks {
			return core.Hooks{SessionCreate: core.WriteHook[model.Session]{Before: func(context.Context, *model.Session) error { return fail() }}}
		},
		"after it is opened": func(fail func() error) core.Hooks {
			return core.Hooks{AfterSession: func(context.Context, *core.Call, *core.SessionAndUser) error { return fail() }}
		},
		"before the endpoint": func(fail func() error) core.Hooks {
			return core.Hooks{Before: []core.EndpointHook{{Path: "/sign-in/email", Run: func(context.Context, *core.Exchange) error { return fail() }}}}
		},
	}
	for name, hooks := range ways {
		for _, panics := range []bool{false, true} {
			server := authtest.New(t)
			server.Client().SignUp("ada@example.com")
			second := authtest.New(t, authtest.On(server), authtest.WithHooks(hooks(func() error {
				if panics {
					panic("oops")
				}
				return errors.New("broken")
			})))
			client := second.Client()
			answer := signIn(client, "ada@example.com", authtest.Password).Want(500)
			if len(answer.Body) != 0 || client.SignedIn() || strings.Contains(answer.SetCookie("session_token"), "Max-Age=604800") {
				t.Errorf("%s, panic %v: %s, cookies %q", name, panics, answer.Body, answer.Cookies())
			}
			if !panics {
				if rows, err := server.Store.SessionsByUser(t.Context(), signIn(server.Client(), "ada@example.com", authtest.Password).Text("user.id")); err != nil || len(rows) != 2 {
					t.Errorf("%s: %d sessions are left, want those of sign-up and of now; %v", name, len(rows), err)
				}
			}
		}
	}
}
