package core

import (
	"context"
	"errors"
	"net/http"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// GetSessionInput is the query of /get-session.
type GetSessionInput struct {
	// DisableRefresh reads the session without extending it.
	DisableRefresh web.Truthy `json:"disableRefresh"`
	// DisableCookieCache reads the session from the store.
	DisableCookieCache web.Truthy `json:"disableCookieCache"`
}

// GetSession returns the caller's session, or nil without one. With deferSessionRefresh a GET only
// reports that the session is due and a POST extends it; without, a GET extends it.
func (a *Auth) GetSession(ctx context.Context, call *Call, in GetSessionInput) (*SessionAndUser, error) {
	post := call.request.Method == http.MethodPost
	deferred := a.opts.Session.DeferSessionRefresh
	if post && !deferred && call.overHTTP() {
		return nil, ErrDeferRequired
	}
	session, err := a.callerSession(ctx, call, reading{
		cached: !bool(in.DisableCookieCache),
		extend: post || !deferred,
		frozen: bool(in.DisableRefresh),
	})
	var refused *Error
	if err != nil && !errors.As(err, &refused) {
		a.failed(ctx, call.request, err)
		return nil, ErrGetSession
	}
	if err != nil || session == nil {
		return nil, err
	}
	if deferred && !post && !bool(in.DisableRefresh) && !call.sessionCached && !a.dontRemember(call) {
		due := a.due(call, session.Session)
		session.NeedsRefresh = &due
	}
	return session, nil
}
