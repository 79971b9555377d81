package core

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// SessionAndUser is a session with its user.
type SessionAndUser struct {
	Session *model.Session `json:"session"`
	User    *model.User    `json:"user"`
	// NeedsRefresh asks the client to extend the session; nil unless refresh is deferred.
	NeedsRefresh *bool `json:"needsRefresh,omitempty"`
}

// RequireSession returns the caller's session, or ErrUnauthorized. A session that is due is extended.
func (a *Auth) RequireSession(ctx context.Context, call *Call) (*SessionAndUser, error) {
	session, err := a.OptionalSession(ctx, call)
	if err != nil {
		return nil, err
	}
	if session == nil {
		return nil, ErrUnauthorized
	}
	return session, nil
}

// RequireFreshSession is RequireSession for sensitive endpoints: the sign-in must be recent.
func (a *Auth) RequireFreshSession(ctx context.Context, call *Call) (*SessionAndUser, error) {
	session, err := a.RequireSession(ctx, call)
	if err != nil {
		return nil, err
	}
	if !a.fresh(session.Session) {
		return nil, ErrSessionNotFresh
	}
	return session, nil
}

// OptionalSession returns the caller's session, or nil. A session that is due is extended, unless that
// is left to POST /get-session.
func (a *Auth) OptionalSession(ctx context.Context, call *Call) (*SessionAndUser, error) {
	return a.callerSession(ctx, call, !a.opts.Session.DeferSessionRefresh)
}

// fresh reports that the sign-in is recent enough for sensitive endpoints. It counts from the
// sign-in, not from the last activity: a stolen session stays stale however much it is used.
func (a *Auth) fresh(session *model.Session) bool {
	age := a.opts.Session.FreshAge
	return age == 0 || a.now().Sub(session.CreatedAt.Time) < seconds(age)
}

// callerSession reads the caller's session once a call; nil when there is none.
func (a *Auth) callerSession(ctx context.Context, call *Call, extend bool) (*SessionAndUser, error) {
	if call.sessionRead {
		return call.session, nil
	}
	token, ok := a.sessionToken(call)
	if !ok {
		call.sessionRead = true
		return nil, nil
	}
	session, user, err := a.store.SessionByToken(ctx, token)
	if session, err = found(session, err); err != nil {
		return nil, err
	}
	if session == nil || !session.ExpiresAt.After(a.now()) {
		return nil, a.endStaleSession(ctx, call, session)
	}
	current := &SessionAndUser{Session: session, User: user}
	if extend {
		if err := a.extend(ctx, call, current); err != nil {
			return nil, err
		}
	}
	call.session, call.sessionRead = current, true
	return current, nil
}

// sessionToken returns the token the caller presents: a plugin's, or the one of the session cookie.
func (a *Auth) sessionToken(call *Call) (string, bool) {
	for i := range a.hooks {
		if read := a.hooks[i].ReadSessionToken; read != nil {
			if token, ok := read(call); ok {
				return token, true
			}
		}
	}
	return a.Cookie(call, sessionTokenCookie)
}

// endStaleSession forgets a session that is unknown (nil) or expired.
func (a *Auth) endStaleSession(ctx context.Context, call *Call, session *model.Session) error {
	call.session, call.sessionRead = nil, true
	a.ExpireSessionCookies(call, false)
	if session == nil {
		return nil
	}
	return a.deleteSession(ctx, session)
}

// due reports that session is old enough to be extended.
func (a *Auth) due(call *Call, session *model.Session) bool {
	opts := a.opts.Session
	dueAt := session.ExpiresAt.Add(seconds(opts.UpdateAge - opts.ExpiresIn))
	return !opts.DisableSessionRefresh && !dueAt.After(a.now()) && !a.dontRemember(call)
}

// extend moves the expiry of a session that is due and sends its cookie again.
func (a *Auth) extend(ctx context.Context, call *Call, current *SessionAndUser) error {
	if !a.due(call, current.Session) {
		return nil
	}
	now := a.Now()
	current.Session.ExpiresAt = now.Add(seconds(a.opts.Session.ExpiresIn))
	current.Session.UpdatedAt = now
	if err := a.updateSession(ctx, current.Session); err != nil {
		a.ExpireSessionCookies(call, false)
		return err
	}
	a.setSessionCookie(call, current.Session.Token, false)
	return nil
}
