package core

import (
	"context"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// SessionAndUser is a session with its user.
type SessionAndUser struct {
	Session *model.Session `json:"session"`
	User    *model.User    `json:"user"`
	// NeedsRefresh asks the client to extend the session; nil unless refresh is deferred.
	NeedsRefresh *bool `json:"needsRefresh,omitempty"`
}

// unremembered is the lifetime of a session that ends with the browser: the server cannot see the
// browser close, so a day is the limit.
const unremembered = 24 * time.Hour

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
	if opts.DisableSessionRefresh || a.dontRemember(call) {
		return false
	}
	dueAt := session.ExpiresAt.Add(seconds(opts.UpdateAge - opts.ExpiresIn))
	return !dueAt.After(a.now())
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

// newSession returns a session row for user that is not stored yet.
func (a *Auth) newSession(call *Call, userID string, dontRemember bool) *model.Session {
	now := a.Now()
	lifetime := seconds(a.opts.Session.ExpiresIn)
	if dontRemember {
		lifetime = unremembered
	}
	address, agent := a.clientAddress(call.request), call.request.UserAgent()
	session := &model.Session{
		ID: secure.ID(), Token: secure.Token(), UserID: userID,
		ExpiresAt: now.Add(lifetime), CreatedAt: now, UpdatedAt: now,
		IPAddress: &address, UserAgent: &agent,
	}
	session.SetDefaults()
	return session
}

// OpenSession stores a session for a user whose every factor is proven and sends its cookie. Most
// callers want StartSession, which asks for a second factor first.
func (a *Auth) OpenSession(ctx context.Context, call *Call, user *model.User, dontRemember bool) (*SessionAndUser, error) {
	session := a.newSession(call, user.ID, dontRemember)
	if err := a.insertSession(ctx, session); err != nil {
		return nil, err
	}
	return a.adopt(ctx, call, &SessionAndUser{Session: session, User: user}, dontRemember)
}

// adopt makes a stored session the caller's. It stands outside the transaction that stored it: a cookie
// must not go out for a session that was rolled back.
func (a *Auth) adopt(ctx context.Context, call *Call, session *SessionAndUser, dontRemember bool) (*SessionAndUser, error) {
	a.setSessionCookie(call, session.Session.Token, dontRemember)
	call.session, call.sessionRead, call.newSession = session, true, session
	for i := range a.hooks {
		if hook := a.hooks[i].AfterSession; hook != nil {
			if err := hook(ctx, call, session); err != nil {
				return nil, err
			}
		}
	}
	return session, nil
}

// StartSession ends a sign-in: hooks may demand another factor, else a session is opened. Exactly one
// of session and challenge is set.
func (a *Auth) StartSession(ctx context.Context, call *Call, in *SignIn) (*SessionAndUser, Challenge, error) {
	for i := range a.hooks {
		hook := a.hooks[i].BeforeSession
		if hook == nil {
			continue
		}
		if challenge, err := hook(ctx, call, in); err != nil || challenge != nil {
			return nil, challenge, err
		}
	}
	session, err := a.OpenSession(ctx, call, in.User, in.DontRemember)
	return session, nil, err
}

// RotateSession replaces the caller's session by a new one with the same lifetime rules, so that a
// token stolen before a change of the account's security is worth nothing after it.
func (a *Auth) RotateSession(ctx context.Context, call *Call, current *SessionAndUser) (*SessionAndUser, error) {
	dontRemember := a.dontRemember(call)
	fresh := a.newSession(call, current.User.ID, dontRemember)
	next := *current.Session
	next.ID, next.Token = fresh.ID, fresh.Token
	next.ExpiresAt, next.CreatedAt, next.UpdatedAt = fresh.ExpiresAt, fresh.CreatedAt, fresh.UpdatedAt
	err := a.inTx(ctx, func(ctx context.Context) error {
		if err := a.insertSession(ctx, &next); err != nil {
			return err
		}
		return a.deleteSession(ctx, current.Session)
	})
	if err != nil {
		return nil, err
	}
	return a.adopt(ctx, call, &SessionAndUser{Session: &next, User: current.User}, dontRemember)
}

// RevokeSessions ends all sessions of a user, except the one with the token keep; "" keeps none.
func (a *Auth) RevokeSessions(ctx context.Context, userID, keep string) error {
	sessions, err := a.hookedSessions(ctx, userID)
	if err != nil {
		return err
	}
	return a.inTx(ctx, func(ctx context.Context) error {
		for i := range sessions {
			if sessions[i].Token == keep {
				continue
			}
			if err := before(ctx, a, sessionDelete, &sessions[i]); err != nil {
				return err
			}
			if err := after(ctx, a, sessionDelete, &sessions[i]); err != nil {
				return err
			}
		}
		_, err := a.store.DeleteOtherSessions(ctx, userID, keep)
		return err
	})
}

// hookedSessions reads the sessions of a user only when a hook wants to know which are deleted.
func (a *Auth) hookedSessions(ctx context.Context, userID string) ([]model.Session, error) {
	for i := range a.hooks {
		if h := a.hooks[i].SessionDelete; h.Before != nil || h.After != nil {
			return a.store.SessionsByUser(ctx, userID)
		}
	}
	return nil, nil
}

func sessionCreate(h *Hooks) WriteHook[model.Session] { return h.SessionCreate }
func sessionUpdate(h *Hooks) WriteHook[model.Session] { return h.SessionUpdate }
func sessionDelete(h *Hooks) WriteHook[model.Session] { return h.SessionDelete }

func (a *Auth) insertSession(ctx context.Context, session *model.Session) error {
	if err := before(ctx, a, sessionCreate, session); err != nil {
		return err
	}
	if err := a.store.InsertSession(ctx, session); err != nil {
		return err
	}
	return after(ctx, a, sessionCreate, session)
}

// updateSession stores a changed session. ErrExtendSession: it has been revoked meanwhile.
func (a *Auth) updateSession(ctx context.Context, session *model.Session) error {
	if err := before(ctx, a, sessionUpdate, session); err != nil {
		return err
	}
	rows, err := a.store.UpdateSession(ctx, session)
	if err != nil {
		return err
	}
	if rows == 0 {
		return ErrExtendSession
	}
	return after(ctx, a, sessionUpdate, session)
}

func (a *Auth) deleteSession(ctx context.Context, session *model.Session) error {
	if err := before(ctx, a, sessionDelete, session); err != nil {
		return err
	}
	if _, err := a.store.DeleteSession(ctx, session.Token); err != nil {
		return err
	}
	return after(ctx, a, sessionDelete, session)
}
