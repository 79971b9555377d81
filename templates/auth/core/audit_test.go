package core_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// Every success, refusal and change is told with who, when and from where.
//
// security: 49
func TestAudit(t *testing.T) {
	var mu sync.Mutex
	var events []core.Event
	server := authtest.New(t, authtest.WithConfirmations(), authtest.WithHooks(core.Hooks{Audit: func(_ context.Context, event core.Event) {
		mu.Lock()
		defer mu.Unlock()
		events = append(events, event)
	}}), authtest.Configure(func(o *core.Options) {
		o.User.DeleteUser.Enabled, o.User.ChangeEmail.Enabled = true, true
	}))

	ada := at(server, "192.0.2.1")
	id := ada.SignUp("ada@example.com").Text("user.id")
	ada.Clone().Post("/sign-up/email", authtest.M{"email": "ada@example.com", "password": authtest.Password, "name": "Eve"}).Want(422)
	ada.SignIn("ada@example.com")
	signIn(ada, "ada@example.com", "wrong password").Want(401)
	signIn(ada, "nobody@example.com", "wrong password").Want(401)
	ada.Post("/update-user", authtest.M{"name": "Ada"}).Want(200)
	ada.Post("/verify-password", authtest.M{"password": "wrong password"}).Want(400)
	ada.Post("/change-password", authtest.M{"currentPassword": authtest.Password, "newPassword": "another password"}).Want(200)
	ada.Post("/request-password-reset", authtest.M{"email": "ada@example.com"}).Want(200)
	reset := authtest.M{"token": server.Inbox.Last("reset-password").Token, "newPassword": authtest.Password}
	ada.Post("/reset-password", reset).Want(200)
	ada.Post("/reset-password", reset).Want(400)
	ada.Get("/reset-password/wrong?callbackURL=/reset").Want(302)
	ada.Post("/send-verification-email", authtest.M{"email": "ada@example.com"}).Want(200)
	ada.Get("/verify-email?token=wrong").Want(401)
	ada.Get("/verify-email?token=" + server.Inbox.Last("verify-email").Token).Want(200)
	ada.Post("/change-email", authtest.M{"newEmail": "lovelace@example.com"}).Want(200)
	ada.Post("/revoke-other-sessions", authtest.M{}).Want(200)
	ada.Post("/delete-user", authtest.M{}).Want(200)
	ada.Get("/delete-user/callback?token=wrong").Want(404)
	evil := ada.Clone()
	evil.Header.Set("Origin", "https://evil.example")
	evil.Post("/update-user", authtest.M{"name": "Eve"}).Want(403)
	ada.Post("/sign-out", authtest.M{}).Want(200)

	want := []struct {
		kind     core.EventKind
		user     string
		endpoint string
	}{
		{core.EventSignUp, id, "/sign-up/email"},
		{core.EventSignUpRefused, id, "/sign-up/email"},
		{core.EventSignIn, id, "/sign-in/email"},
		{core.EventSignInRefused, id, "/sign-in/email"},
		{core.EventSignInRefused, "", "/sign-in/email"},
		{core.EventUserUpdated, id, "/update-user"},
		{core.EventPasswordRefused, id, "/verify-password"},
		{core.EventPasswordChanged, id, "/change-password"},
		{core.EventPasswordResetRequested, id, "/request-password-reset"},
		{core.EventPasswordReset, id, "/reset-password"},
		{core.EventPasswordResetRefused, "", "/reset-password"},
		{core.EventPasswordResetRefused, "", "/reset-password/:token"},
		{core.EventVerificationRequested, id, "/send-verification-email"},
		{core.EventVerificationRefused, "", "/verify-email"},
		{core.EventEmailVerified, id, "/verify-email"},
		{core.EventEmailChangeRequested, id, "/change-email"},
		{core.EventSessionsRevoked, id, "/revoke-other-sessions"},
		{core.EventDeletionRequested, id, "/delete-user"},
		{core.EventDeletionRefused, id, "/delete-user/callback"},
		{core.EventUntrustedOrigin, "", "/update-user"},
		{core.EventSignOut, id, "/sign-out"},
	}
	if len(events) != len(want) {
		t.Fatalf("%d events, want %d: %v", len(events), len(want), events)
	}
	for i, event := range events {
		if event.EventKind != want[i].kind || event.UserID != want[i].user || event.Endpoint != want[i].endpoint ||
			event.Address != "192.0.2.1" || event.UserAgent != "authtest" || !event.Time.Equal(server.Clock.Now()) {
			t.Errorf("event %d: %+v, want %v", i, event, want[i])
		}
	}
}

// The record names the endpoint that was reached, however its path was spelled.
func TestAuditOfTrailingSlashes(t *testing.T) {
	var endpoints []string
	server := authtest.New(t, authtest.Configure(func(o *core.Options) { o.Advanced.SkipTrailingSlashes = true }),
		authtest.WithHooks(core.Hooks{Audit: func(_ context.Context, event core.Event) {
			endpoints = append(endpoints, event.Endpoint)
		}}))
	body := authtest.M{"email": "ada@example.com", "password": "wrong password"}
	server.Client().Post("/sign-in/email/", body).Want(401)
	if !slices.Equal(endpoints, []string{"/sign-in/email"}) {
		t.Errorf("endpoints %q", endpoints)
	}
}

// The names of events are a reader's vocabulary: none stands for two things.
func TestEventNames(t *testing.T) {
	var names []string
	for _, kind := range []core.EventKind{
		core.EventSignUp, core.EventSignIn, core.EventSignInRefused, core.EventSignOut, core.EventSessionUpdated, core.EventSessionRevoked,
		core.EventSessionsRevoked, core.EventPasswordChanged, core.EventPasswordRefused, core.EventPasswordLocked,
		core.EventPasswordResetRequested, core.EventPasswordReset, core.EventPasswordResetRefused,
		core.EventVerificationRequested, core.EventVerificationRefused, core.EventEmailVerified,
		core.EventEmailChangeRequested, core.EventEmailChanged, core.EventUserUpdated,
		core.EventDeletionRequested, core.EventDeletionRefused, core.EventUserDeleted,
		core.EventAccountLinked, core.EventLinkRefused, core.EventAccountUnlinked, core.EventTokensRefreshed,
		core.EventCallbackRefused, core.EventIDTokenRefused, core.EventSignUpRefused,
		core.EventUntrustedOrigin, core.EventUntrustedHost, core.EventCrossSiteForm, core.EventRateLimited,
	} {
		if slices.Contains(names, kind.Name) || kind.Name != strings.ToLower(kind.Name) {
			t.Errorf("name %q", kind.Name)
		}
		names = append(names, kind.Name)
	}
}
