package core

import (
	"context"
	"errors"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// unremembered is the lifetime of a session that ends with the browser: the server cannot see the
// browser close, so a day is the limit.
const unremembered = 24 * time.Hour

// newSession returns a session row for user that is not stored yet.
func (a *Auth) newSession(call *Call, userID string, dontRemember bool) *model.Session {
	now := a.Now()
	lifetime := seconds(a.opts.Session.ExpiresIn)
	if dontRemember {
		lifetime = unremembered
	}
	address, agent := a.clientAddress(call.request), call.userAgent()
	session := &model.Session{
		ID: a.NewID("session"), Token: secure.Token(), UserID: userID,
		ExpiresAt: now.Add(lifetime), CreatedAt: now, UpdatedAt: now,
		IPAddress: &address, UserAgent: &agent,
	}
	session.SetDefaults()
	return session
}

// OpenSession stores a session for a user whose every factor is proven and sends its cookie. Most
// callers want StartSession, which asks for a second factor first.
func (a *Auth) OpenSession(ctx context.Context, call *Call, user *model.User, dontRemember bool) (*SessionAndUser, error) {
	opened := &SessionAndUser{Session: a.newSession(call, user.ID, dontRemember), User: user}
	if err := a.insertSession(ctx, opened); err != nil {
		return nil, err
	}
	return a.adopt(ctx, call, opened, dontRemember)
}

// adopt makes a stored session the caller's. It stands outside the transaction that stored it: a cookie
// must not go out for a session that was rolled back.
func (a *Auth) adopt(ctx context.Context, call *Call, session *SessionAndUser, dontRemember bool) (*SessionAndUser, error) {
	a.setSessionCookie(call, session, dontRemember)
	call.setSession(session)
	call.newSession = session
	for i := range a.hooks {
		if hook := a.hooks[i].AfterSession; hook != nil {
			if err := hook(ctx, call, session); err != nil {
				return nil, errors.Join(err, a.abandon(ctx, call, session))
			}
		}
	}
	return session, nil
}

// abandon takes a session back that the caller has not been told of yet.
func (a *Auth) abandon(ctx context.Context, call *Call, session *SessionAndUser) error {
	a.ExpireSessionCookies(call, false)
	call.setSession(nil)
	call.newSession = nil
	return a.deleteSession(ctx, session.Session)
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
	session := *current.Session
	session.ID, session.Token = fresh.ID, fresh.Token
	session.ExpiresAt, session.CreatedAt, session.UpdatedAt = fresh.ExpiresAt, fresh.CreatedAt, fresh.UpdatedAt
	next := &SessionAndUser{Session: &session, User: current.User}
	err := a.InTx(ctx, func(ctx context.Context) error {
		if err := a.insertSession(ctx, next); err != nil {
			return err
		}
		return a.deleteSession(ctx, current.Session)
	})
	if err != nil {
		return nil, err
	}
	return a.adopt(ctx, call, next, dontRemember)
}
