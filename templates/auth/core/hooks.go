package core

import (
	"context"
	"net/http"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// Hooks are functions of yours, or of a plugin, that take part in the flows. Every member may be nil.
// Plugins' hooks run first, in the order of betterauth.yaml, then yours. An error stops the flow; to
// tell the client why, return an Error. Hooks named Before may change what they are given.
type Hooks struct {
	// Before and After run around endpoints that are called over HTTP, before their input is validated
	// and after they have returned or failed. Here the application's come first, then the plugins'.
	Before, After []EndpointHook
	// Trace surrounds each request for an endpoint, whether it is served or refused.
	Trace TraceHook
	// RateLimits are rules of rateLimit.customRules that are functions. They win over those of betterauth.yaml.
	RateLimits []web.CustomRule

	// BeforeSignUp sees a sign-up after validation and before the address is looked up.
	BeforeSignUp func(ctx context.Context, call *Call, in *SignUpEmailInput) error
	// OnExistingUserSignUp is told, in the background, that someone tried to sign up with a known
	// address. It is called only where the answer hides that from the client.
	OnExistingUserSignUp func(ctx context.Context, user *model.User)
	// SyntheticUser changes the made-up user a hidden duplicate sign-up is answered with.
	SyntheticUser func(ctx context.Context, user *model.User)

	// BeforeSession sees a sign-in whose first factor is proven, before any session exists. A non-nil
	// Challenge becomes the answer, and no session is opened.
	BeforeSession func(ctx context.Context, call *Call, in *SignIn) (Challenge, error)
	// AfterSession sees the session a sign-in or sign-up opened, before the answer is sent. An error ends it.
	AfterSession func(ctx context.Context, call *Call, session *SessionAndUser) error
	// ReadSessionToken finds a session token outside the session cookie; false: not there.
	ReadSessionToken func(call *Call) (token string, ok bool)
	// OnSessionCookie is told that the answer sets the session cookie to the signed token.
	OnSessionCookie func(call *Call, signed string)

	// CookieCacheVersion returns the version of the cookie cache for a session, in place of
	// Options.Session.CookieCache.Version: copies with another version are read anew.
	CookieCacheVersion func(session *SessionAndUser) string

	// BeforeProfile sees the configured fields in the profile of a social provider before they become a user's, who
	// may be new or known.
	BeforeProfile func(ctx context.Context, profile *ProviderProfile, in *model.UserInput) error

	// BeforeUpdateUser sees an update of the signed-in user after validation.
	BeforeUpdateUser func(ctx context.Context, call *Call, user *model.User, in *UpdateUserInput) error
	// BeforeUpdateSession sees an update of the configured fields of the caller's session.
	BeforeUpdateSession func(ctx context.Context, call *Call, session *model.Session, in *UpdateSessionInput) error
	// BeforeEmailVerification and AfterEmailVerification surround the marking of an address as verified.
	BeforeEmailVerification func(ctx context.Context, user *model.User) error
	AfterEmailVerification  func(ctx context.Context, user *model.User) error
	// NewPassword sees a password that is about to be stored, after the other checks of the endpoint, whose
	// path is that of its declaration, such as "/sign-up/email".
	NewPassword func(ctx context.Context, path, password string) error
	// OnSessionsEnded is called where a reset or change of the password ends every session of a user: whoever
	// had them is out, and out should be whatever else spares them a sign-in.
	OnSessionsEnded func(ctx context.Context, userID string) error
	// OnPasswordReset is called after a reset.
	OnPasswordReset func(ctx context.Context, user *model.User) error
	// BeforeDeleteUser and AfterDeleteUser surround self-service deletion.
	BeforeDeleteUser func(ctx context.Context, user *model.User) error
	AfterDeleteUser  func(ctx context.Context, user *model.User) error

	// TrustedOrigins adds origins that depend on the request.
	TrustedOrigins func(r *http.Request) []string
	// Audit is told of every success, refusal and change, on the goroutine of the request.
	Audit func(ctx context.Context, event Event)
	// TrustedProviders adds providers whose accounts are linked even when they do not vouch for the address.
	TrustedProviders func(r *http.Request) []string
	// OnError observes failures that are answered with 500 or, in the callback of a provider, with the error page, and
	// panics of what runs in the background.
	OnError func(ctx context.Context, err error)

	// The hooks around writes. Before runs inside the transaction of the write, After when it has
	// been committed. A Before that returns ErrCanceled stops the write.
	UserCreate, UserUpdate, UserDelete          WriteHook[model.User]
	SessionCreate, SessionUpdate, SessionDelete WriteHook[model.Session]
	AccountCreate, AccountUpdate, AccountDelete WriteHook[model.Account]
	VerificationCreate, VerificationDelete      WriteHook[model.Verification]
}

// A WriteHook surrounds the write of one row.
type WriteHook[T any] struct {
	Before func(ctx context.Context, row *T) error
	After  func(ctx context.Context, row *T) error
}

// A Challenge is the answer to a sign-in that needs another factor. It is encoded as JSON.
type Challenge any

// SignIn is a sign-in whose first factor is proven.
type SignIn struct {
	User *model.User
	// Method names the first factor, such as "email", "username" or "social".
	Method string
	// Provider is the id of the social provider; "" for other methods.
	Provider string
	// DontRemember asks for a session that ends with the browser.
	DontRemember bool
	// CallbackURL is where the client goes next; nil when it did not say.
	CallbackURL *string
}

// before runs the Before hooks chosen by pick over row.
func before[T any](ctx context.Context, a *Auth, pick func(*Hooks) WriteHook[T], row *T) error {
	for i := range a.hooks {
		if hook := pick(&a.hooks[i]).Before; hook != nil {
			if err := hook(ctx, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// after queues the After hooks chosen by pick until the transaction of ctx has been committed.
func after[T any](ctx context.Context, a *Auth, pick func(*Hooks) WriteHook[T], row *T) error {
	for i := range a.hooks {
		hook := pick(&a.hooks[i]).After
		if hook == nil {
			continue
		}
		if err := afterCommit(ctx, func(ctx context.Context) error { return hook(ctx, row) }); err != nil {
			return err
		}
	}
	return nil
}
