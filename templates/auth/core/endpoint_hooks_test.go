package core_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

func hook(path string, run func(ctx context.Context, x *core.Exchange) error) []core.EndpointHook {
	return []core.EndpointHook{{Path: path, Run: run}}
}

// Before an endpoint the request can be changed, and the endpoint validates what it has become.
func TestBeforeChangesTheRequest(t *testing.T) {
	server := authtest.New(t, authtest.WithHooks(core.Hooks{Before: hook("/sign-up/*", func(_ context.Context, x *core.Exchange) error {
		return x.Set("name", strings.ToUpper(x.Text("name")))
	})}))
	if name := server.Client().SignUp("ada@example.com").Text("user.name"); name != "SOMEBODY" {
		t.Errorf("name %q", name)
	}
	server = authtest.New(t, authtest.WithHooks(core.Hooks{Before: hook("/sign-in/email", func(_ context.Context, x *core.Exchange) error {
		return x.Set("email", 5)
	})}))
	signIn(server.Client(), "ada@example.com", "x").WantError(400, "VALIDATION_ERROR")
}

func TestBeforeAnswers(t *testing.T) {
	ran := false
	server := authtest.New(t, authtest.WithHooks(core.Hooks{
		Before: hook("/ok", func(_ context.Context, x *core.Exchange) error {
			x.Call.Header().Set("X-From", "hook")
			x.Answer(authtest.M{"busy": true})
			return nil
		}),
		After: hook("", func(context.Context, *core.Exchange) error { ran = true; return nil }),
	}))
	answer := server.Client().Get("/ok").Want(200)
	if string(answer.Body) != `{"busy":true}` || answer.Header.Get("X-From") != "hook" || ran {
		t.Errorf("answer %s, %v; the hook after it ran: %v", answer.Body, answer.Header, ran)
	}
}

func TestBeforeRefuses(t *testing.T) {
	blocked := core.NewError(403, "BLOCKED", "Not now")
	server := authtest.New(t, authtest.WithHooks(core.Hooks{Before: hook("/sign-in/**", func(_ context.Context, x *core.Exchange) error {
		if x.Text("email") == "eve@example.com" {
			return blocked
		}
		return errors.New("broken")
	})}))
	signIn(server.Client(), "eve@example.com", "x").WantError(403, "BLOCKED")
	if answer := signIn(server.Client(), "ada@example.com", "x").Want(500); len(answer.Body) != 0 {
		t.Errorf("the failure leaks: %s", answer.Body)
	}
	server.Client().Get("/ok").Want(200)
}

// After an endpoint its answer can be seen and replaced, be it an error or not.
func TestAfterSeesAndReplaces(t *testing.T) {
	var seen []string
	server := authtest.New(t, authtest.WithHooks(core.Hooks{After: []core.EndpointHook{
		{Run: func(_ context.Context, x *core.Exchange) error {
			var known *core.Error
			switch {
			case errors.As(x.Err, &known):
				seen = append(seen, x.Path+" "+known.Code)
			default:
				seen = append(seen, x.Path)
			}
			x.Call.Header().Set("X-Seen", "yes")
			return nil
		}},
		{Path: "/get-session", Run: func(ctx context.Context, x *core.Exchange) error {
			session, err := x.Auth.OptionalSession(ctx, x.Call)
			x.Answer(authtest.M{"signedIn": session != nil})
			return err
		}},
		{Path: "/list-accounts", Run: func(context.Context, *core.Exchange) error { return core.NewError(418, "TEAPOT", "No") }},
	}}))
	ada := server.Client()
	ada.SignUp("ada@example.com")
	if answer := ada.Get("/get-session").Want(200); string(answer.Body) != `{"signedIn":true}` || answer.Header.Get("X-Seen") != "yes" {
		t.Errorf("answer %s", answer.Body)
	}
	ada.Get("/list-accounts").WantError(418, "TEAPOT")
	server.Client().Get("/list-sessions").WantError(401, "UNAUTHORIZED")
	server.Client().Post("/sign-in/email", authtest.M{}).WantError(400, "VALIDATION_ERROR")
	want := []string{"/sign-up/email", "/get-session", "/list-accounts", "/list-sessions UNAUTHORIZED", "/sign-in/email VALIDATION_ERROR"}
	if !slices.Equal(seen, want) {
		t.Errorf("seen %q", seen)
	}
}

// A foreign page cannot reach a hook with somebody's cookies.
//
// security: 19
func TestHooksComeAfterTheOrigin(t *testing.T) {
	ran := false
	server := authtest.New(t, authtest.WithHooks(core.Hooks{Before: hook("/update-user", func(context.Context, *core.Exchange) error {
		ran = true
		return nil
	})}))
	ada := server.Client()
	ada.SignUp("ada@example.com")
	ada.Header.Set("Origin", "https://evil.example")
	ada.Post("/update-user", authtest.M{"name": "x"}).WantError(403, "INVALID_ORIGIN")
	if ran {
		t.Error("the hook ran")
	}
}

func TestRateLimitFunctions(t *testing.T) {
	server := authtest.New(t, limiting(nil), authtest.WithHooks(core.Hooks{RateLimits: []web.CustomRule{{
		Path: "/sign-in/*",
		Decide: func(r *http.Request, rule web.Rule) (web.Rule, bool) {
			return web.Rule{Window: time.Minute, Max: rule.Max - 2}, r.Header.Get("X-Partner") == ""
		},
	}}}))
	signIn(server.Client(), "ada@example.com", "x").Want(401)
	signIn(server.Client(), "ada@example.com", "x").Want(429)
	partner := server.Client()
	partner.Header.Set("X-Partner", "yes")
	signIn(partner, "ada@example.com", "x").Want(401)
}

// Whoever has a queue of their own runs the tasks there.
func TestBackgroundTasks(t *testing.T) {
	var tasks []func(context.Context)
	server := authtest.New(t, authtest.WithBackground(func(_ context.Context, task func(context.Context)) { tasks = append(tasks, task) }))
	ada := server.Client()
	ada.SignUp("ada@example.com")
	ada.Post("/request-password-reset", authtest.M{"email": "ada@example.com"}).Want(200)
	if len(server.Inbox.All()) != 0 || len(tasks) != 1 {
		t.Fatalf("%d mails, %d tasks", len(server.Inbox.All()), len(tasks))
	}
	tasks[0](t.Context())
	if len(server.Inbox.All()) != 1 {
		t.Error("no mail was sent")
	}
}
