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

// RequireSession returns the caller's session, or ErrUnauthorized. It comes from the store, never from
// the cookie cache, so a session that has been revoked is refused at once. One that is due is extended.
// A stateless server has no store that would know: there the cookie is believed.
func (a *Auth) RequireSession(ctx context.Context, call *Call) (*SessionAndUser, error) {
	return required(a.OptionalSession(ctx, call))
}

// RequireCachedSession is RequireSession for endpoints that do no harm when the session was revoked a
// moment ago: the cookie cache, where it is on, saves them the store.
func (a *Auth) RequireCachedSession(ctx context.Context, call *Call) (*SessionAndUser, error) {
	return required(a.CachedSession(ctx, call))
}

func required(session *SessionAndUser, err error) (*SessionAndUser, error) {
	if err == nil && session == nil {
		err = ErrUnauthorized
	}
	return session, err
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

// OptionalSession returns the caller's session as RequireSession does, or nil. A session that is due is
// extended, unless that is left to POST /get-session.
func (a *Auth) OptionalSession(ctx context.Context, call *Call) (*SessionAndUser, error) {
	return a.callerSession(ctx, call, reading{cached: a.stateless(), extend: !a.opts.Session.DeferSessionRefresh})
}

// CachedSession is OptionalSession that is content with the cookie cache.
func (a *Auth) CachedSession(ctx context.Context, call *Call) (*SessionAndUser, error) {
	return a.callerSession(ctx, call, reading{cached: true, extend: !a.opts.Session.DeferSessionRefresh})
}

// fresh reports that the sign-in is recent enough for sensitive endpoints. It counts from the
// sign-in, not from the last activity: a stolen session stays stale however much it is used.
func (a *Auth) fresh(session *model.Session) bool {
	age := a.opts.Session.FreshAge
	return age == 0 || a.now().Sub(session.CreatedAt.Time) < seconds(age)
}

// A reading says how a session is to be read.
type reading struct {
	cached bool // a copy in the cookie cache will do
	extend bool // a session that is due is extended
	frozen bool // not even the cookie cache is renewed
}

// callerSession is the one place where the session of a request is read: from the cookie cache, where
// that will do, else from secondary storage or the database. It is read once a call; nil when there is none.
func (a *Auth) callerSession(ctx context.Context, call *Call, how reading) (*SessionAndUser, error) {
	if call.sessionRead && (how.cached || !call.sessionCached) {
		return call.session, nil
	}
	enabled := a.opts.Session.CookieCache.Enabled
	if !enabled {
		a.expireSessionCache(call) // of a time when it was on
	}
	token, ok := a.sessionToken(call)
	if !ok {
		call.setSession(nil)
		return nil, nil
	}
	if enabled && how.cached {
		if current := a.readCache(call, token); current != nil {
			call.setSession(current)
			call.sessionCached = true
			return current, nil
		}
	}
	current, err := a.findSession(ctx, token)
	if err != nil {
		return nil, err
	}
	if current == nil || !current.Session.ExpiresAt.After(a.now()) {
		return nil, a.endStaleSession(ctx, call, current, how)
	}
	if err := a.renew(ctx, call, current, how); err != nil {
		return nil, err
	}
	call.setSession(current)
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

// endStaleSession forgets a session that is unknown (nil) or expired. Where refresh is deferred, reading
// must not write and the row stays.
func (a *Auth) endStaleSession(ctx context.Context, call *Call, current *SessionAndUser, how reading) error {
	call.setSession(nil)
	a.ExpireSessionCookies(call, false)
	if current == nil || a.opts.Session.DeferSessionRefresh && !how.extend {
		return nil
	}
	return a.deleteSession(ctx, current.Session)
}

// due reports that session is old enough to be extended.
func (a *Auth) due(call *Call, session *model.Session) bool {
	opts := a.opts.Session
	dueAt := session.ExpiresAt.Add(seconds(opts.UpdateAge - opts.ExpiresIn))
	return !opts.DisableSessionRefresh && !dueAt.After(a.now()) && !a.dontRemember(call)
}

// renew keeps alive what has been read from the store: a session that is due is extended, else the
// cookie cache is renewed. A session that ends with its browser stays as it is.
func (a *Auth) renew(ctx context.Context, call *Call, current *SessionAndUser, how reading) error {
	switch {
	case how.frozen || a.dontRemember(call):
		return nil
	case how.extend && a.due(call, current.Session):
		return a.extend(ctx, call, current)
	}
	a.setSessionCache(call, current, false)
	return nil
}

// extend moves the expiry of a session and sends its cookies again.
func (a *Auth) extend(ctx context.Context, call *Call, current *SessionAndUser) error {
	now := a.Now()
	current.Session.ExpiresAt = now.Add(seconds(a.opts.Session.ExpiresIn))
	current.Session.UpdatedAt = now
	if err := a.updateSession(ctx, current); err != nil {
		a.ExpireSessionCookies(call, false)
		return err
	}
	a.setSessionCookie(call, current, false)
	return nil
}
