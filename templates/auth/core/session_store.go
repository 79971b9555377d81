package core

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// RevokeSessions ends all sessions of a user, except the one with the token keep; "" keeps none.
func (a *Auth) RevokeSessions(ctx context.Context, userID, keep string) error {
	sessions, err := a.hookedSessions(ctx, userID)
	if err != nil {
		return err
	}
	return a.InTx(ctx, func(ctx context.Context) error {
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
			return a.userSessions(ctx, userID)
		}
	}
	return nil, nil
}

// findSession returns the session of a token with its user, expired or not; nil when there is none.
func (a *Auth) findSession(ctx context.Context, token string) (*SessionAndUser, error) {
	session, user, err := a.store.SessionByToken(ctx, token)
	if session, err = found(session, err); err != nil || session == nil {
		return nil, err
	}
	return &SessionAndUser{Session: session, User: user}, nil
}

// userSessions returns the sessions of a user.
func (a *Auth) userSessions(ctx context.Context, userID string) ([]model.Session, error) {
	return a.store.SessionsByUser(ctx, userID)
}

func sessionCreate(h *Hooks) WriteHook[model.Session] { return h.SessionCreate }
func sessionUpdate(h *Hooks) WriteHook[model.Session] { return h.SessionUpdate }
func sessionDelete(h *Hooks) WriteHook[model.Session] { return h.SessionDelete }

func (a *Auth) insertSession(ctx context.Context, opened *SessionAndUser) error {
	if err := before(ctx, a, sessionCreate, opened.Session); err != nil {
		return err
	}
	if err := a.store.InsertSession(ctx, opened.Session); err != nil {
		return err
	}
	return after(ctx, a, sessionCreate, opened.Session)
}

// updateSession stores a changed session. ErrExtendSession: it has been revoked meanwhile.
func (a *Auth) updateSession(ctx context.Context, current *SessionAndUser) error {
	session := current.Session
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
