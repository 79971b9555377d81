package core

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// An EventKind is something worth keeping a record of. Refused ones are logged as warnings.
type EventKind struct {
	Name    string
	Refused bool
}

// The events of the core. Plugins declare theirs.
var (
	EventSignUp                 = EventKind{Name: "sign-up"}
	EventSignUpRefused          = EventKind{Name: "sign-up refused", Refused: true}
	EventSignIn                 = EventKind{Name: "sign-in"}
	EventSignInRefused          = EventKind{Name: "sign-in refused", Refused: true}
	EventSignOut                = EventKind{Name: "sign-out"}
	EventSessionUpdated         = EventKind{Name: "session updated"}
	EventSessionRevoked         = EventKind{Name: "session revoked"}
	EventSessionsRevoked        = EventKind{Name: "sessions revoked"}
	EventPasswordChanged        = EventKind{Name: "password changed"}
	EventPasswordRefused        = EventKind{Name: "wrong password", Refused: true}
	EventPasswordLocked         = EventKind{Name: "password locked", Refused: true}
	EventPasswordResetRequested = EventKind{Name: "password reset requested"}
	EventPasswordReset          = EventKind{Name: "password reset"}
	EventPasswordResetRefused   = EventKind{Name: "password reset refused", Refused: true}
	EventEmailVerified          = EventKind{Name: "email verified"}
	EventVerificationRequested  = EventKind{Name: "email verification requested"}
	EventVerificationRefused    = EventKind{Name: "email verification refused", Refused: true}
	EventEmailChangeRequested   = EventKind{Name: "email change requested"}
	EventEmailChanged           = EventKind{Name: "email changed"}
	EventUserUpdated            = EventKind{Name: "user updated"}
	EventDeletionRequested      = EventKind{Name: "user deletion requested"}
	EventDeletionRefused        = EventKind{Name: "user deletion refused", Refused: true}
	EventUserDeleted            = EventKind{Name: "user deleted"}
	EventAccountLinked          = EventKind{Name: "account linked"}
	EventLinkRefused            = EventKind{Name: "account link refused", Refused: true}
	EventCallbackRefused        = EventKind{Name: "callback refused", Refused: true}
	EventIDTokenRefused         = EventKind{Name: "id token refused", Refused: true}
	EventAccountUnlinked        = EventKind{Name: "account unlinked"}
	EventTokensRefreshed        = EventKind{Name: "tokens refreshed"}
	EventUntrustedOrigin        = EventKind{Name: "untrusted origin", Refused: true}
	EventUntrustedHost          = EventKind{Name: "untrusted host", Refused: true}
	EventCrossSiteForm          = EventKind{Name: "cross-site form post refused", Refused: true}
	EventRateLimited            = EventKind{Name: "rate limited", Refused: true}
)

// An Event says who did what, when and from where. It holds no secrets, and no address of a mailbox.
type Event struct {
	EventKind
	Time time.Time
	// UserID is empty when it is not known who it was.
	UserID string
	// Address and UserAgent are the client's; empty when Go code made the call.
	Address, UserAgent string
	// Endpoint is the path as it is declared; it holds no tokens.
	Endpoint string
	Details  []slog.Attr
}

// Audit writes an event to the log and hands it to the hooks. details must hold no secrets.
func (a *Auth) Audit(ctx context.Context, kind EventKind, userID string, details ...slog.Attr) {
	event := Event{EventKind: kind, Time: a.now(), UserID: userID, Details: details}
	if call, ok := ctx.Value(callKey{}).(*Call); ok {
		event.Address, event.UserAgent = a.clientAddress(call.request), call.userAgent()
		event.Endpoint = a.loggedPath(call.request)
	}
	a.log.LogAttrs(ctx, event.level(), kind.Name, event.attrs()...)
	for i := range a.hooks {
		if hook := a.hooks[i].Audit; hook != nil {
			hook(ctx, event)
		}
	}
}

// callKey is the context key of the call that is being served.
type callKey struct{}

// newHTTPCall returns a Call that Audit finds in the context of its request.
func newHTTPCall(r *http.Request) *Call {
	call := NewCall(r)
	call.request = r.WithContext(context.WithValue(r.Context(), callKey{}, call))
	return call
}

func (e Event) level() slog.Level {
	if e.Refused {
		return slog.LevelWarn
	}
	return slog.LevelInfo
}

// attrs leaves out what is not known. A user agent is whatever a client likes to write, so it is only
// for hooks.
func (e Event) attrs() []slog.Attr {
	var attrs []slog.Attr
	for _, attr := range []slog.Attr{
		slog.String("user", e.UserID), slog.String("address", e.Address), slog.String("endpoint", e.Endpoint),
	} {
		if attr.Value.String() != "" {
			attrs = append(attrs, attr)
		}
	}
	return append(attrs, e.Details...)
}
