package core_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// After hooks wait for the commit, so that they see what was decided.
func TestOrderOfHooks(t *testing.T) {
	var order []string
	step := func(name string) { order = append(order, name) }
	server := authtest.New(t, authtest.WithHooks(core.Hooks{
		BeforeSignUp: func(_ context.Context, _ *core.Call, in *core.SignUpEmailInput) error {
			step("sign-up")
			in.Name = "Renamed"
			return nil
		},
		AfterSession: func(context.Context, *core.Call, *core.SessionAndUser) error { step("session opened"); return nil },
		UserCreate: core.WriteHook[model.User]{
			Before: func(context.Context, *model.User) error { step("user before"); return nil },
			After:  func(context.Context, *model.User) error { step("user after"); return nil },
		},
		AccountCreate: core.WriteHook[model.Account]{After: func(context.Context, *model.Account) error { step("account after"); return nil }},
		SessionCreate: core.WriteHook[model.Session]{
			Before: func(context.Context, *model.Session) error { step("session before"); return nil },
			After:  func(context.Context, *model.Session) error { step("session after"); return nil },
		},
	}))
	answer := server.Client().SignUp("ada@example.com")
	if answer.Text("user.name") != "Renamed" {
		t.Errorf("answer %s", answer.Body)
	}
	want := []string{"sign-up", "user before", "session before", "user after", "account after", "session after", "session opened"}
	if !slices.Equal(order, want) {
		t.Errorf("order %q\nwant  %q", order, want)
	}
}

func TestHooksRefuse(t *testing.T) {
	blocked := core.NewError(403, "DOMAIN_BLOCKED", "This domain cannot sign up")
	server := authtest.New(t, authtest.WithHooks(core.Hooks{
		BeforeSignUp: func(_ context.Context, _ *core.Call, in *core.SignUpEmailInput) error {
			if in.Email == "eve@example.com" {
				return blocked
			}
			return nil
		},
		SessionCreate: core.WriteHook[model.Session]{Before: func(context.Context, *model.Session) error { return errors.New("broken") }},
	}))
	body := authtest.M{"email": "eve@example.com", "password": authtest.Password, "name": "x"}
	server.Client().Post("/sign-up/email", body).WantError(403, "DOMAIN_BLOCKED")
	body["email"] = "ada@example.com"
	if answer := server.Client().Post("/sign-up/email", body).Want(500); len(answer.Body) != 0 {
		t.Errorf("the failure leaks: %s", answer.Body)
	}
	if _, err := server.Store.UserByEmail(t.Context(), "ada@example.com"); !errors.Is(err, model.ErrNotFound) {
		t.Error("half a sign-up was stored")
	}
}

// A hook may ask for more before there is a session.
//
// security: 36
func TestChallengeOpensNoSession(t *testing.T) {
	server := authtest.New(t, authtest.WithHooks(core.Hooks{
		BeforeSession: func(_ context.Context, _ *core.Call, in *core.SignIn) (core.Challenge, error) {
			return map[string]string{"asked": in.Method}, nil
		},
	}))
	server.Client().SignUp("ada@example.com")
	client := server.Client()
	answer := client.SignIn("ada@example.com")
	if string(answer.Body) != `{"asked":"email"}` || len(answer.Cookies()) != 0 || client.SignedIn() {
		t.Errorf("answer %s, cookies %q", answer.Body, answer.Cookies())
	}
}

func TestUpdateUser(t *testing.T) {
	server := authtest.New(t)
	ada := server.Client()
	ada.SignUp("ada@example.com")
	ada.Post("/update-user", authtest.M{"name": "Ada", "image": "/ada.png"}).Want(200)
	ada.Post("/update-user", authtest.M{"image": nil}).Want(200)
	if session := ada.Get("/get-session"); session.Text("user.name") != "Ada" || session.Value("user.image") != nil {
		t.Errorf("session %s", session.Body)
	}
	ada.Post("/update-user", authtest.M{"email": "x@example.com"}).WantError(400, "EMAIL_CAN_NOT_BE_UPDATED")
	ada.Post("/update-user", authtest.M{}).Want(400)
	ada.Post("/update-user", authtest.M{"emailVerified": true, "id": "x"}).Want(400)
}

// A hook that cancels a session is answered as Better Auth 1.7.5 does.
func TestHooksCancelSessions(t *testing.T) {
	cancel := false
	canceled := func(context.Context, *model.Session) error {
		if cancel {
			return core.ErrCanceled
		}
		return nil
	}
	server := authtest.New(t, authtest.WithHooks(core.Hooks{
		SessionCreate: core.WriteHook[model.Session]{Before: canceled},
		SessionDelete: core.WriteHook[model.Session]{Before: canceled},
	}), authtest.Configure(func(o *core.Options) { o.EmailVerification.AutoSignInAfterVerification = true }))
	ada, stranger := server.Client(), server.Client()
	ada.SignUp("ada@example.com")
	token := ada.Get("/get-session").Text("session.token")

	cancel = true
	signIn(stranger, "ada@example.com", authtest.Password).WantError(401, "FAILED_TO_CREATE_SESSION")
	body := authtest.M{"email": "bob@example.com", "password": authtest.Password, "name": "Bob"}
	stranger.Post("/sign-up/email", body).WantError(400, "FAILED_TO_CREATE_SESSION")
	if _, err := server.Store.UserByEmail(t.Context(), "bob@example.com"); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("half a sign-up was stored: %v", err)
	}
	stranger.Post("/send-verification-email", authtest.M{"email": "ada@example.com"}).Want(200)
	stranger.Get("/verify-email?token="+server.Inbox.Last("verify-email").Token).WantError(500, "FAILED_TO_CREATE_SESSION")
	if stranger.SignedIn() {
		t.Error("the stranger is signed in")
	}

	// The browser forgets the session a hook keeps.
	if answer := ada.Post("/sign-out", authtest.M{}).Want(200); answer.Value("success") != true || ada.SignedIn() {
		t.Errorf("answer %s, signed in %v", answer.Body, ada.SignedIn())
	}
	if _, _, err := server.Store.SessionByToken(t.Context(), token); err != nil {
		t.Errorf("the hook's session: %v", err)
	}
}

func TestHooksCancelUsers(t *testing.T) {
	server := authtest.New(t, authtest.WithHooks(core.Hooks{
		UserCreate: core.WriteHook[model.User]{Before: func(context.Context, *model.User) error { return core.ErrCanceled }},
	}))
	body := authtest.M{"email": "ada@example.com", "password": authtest.Password, "name": "Ada"}
	server.Client().Post("/sign-up/email", body).WantError(400, "FAILED_TO_CREATE_USER")
}
