package core

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// This file is the one place where sessions are read and written. They live in the database, or in
// secondary storage where there is one; then the database keeps a copy if the options say so.

// sessionRows reports that sessions are in the database.
func (a *Auth) sessionRows() bool { return a.secondary == nil || a.opts.Session.StoreSessionInDatabase }

// rowsDecide reports that a session in the database counts even when secondary storage has lost it.
func (a *Auth) rowsDecide() bool { return a.sessionRows() && !a.preservesRows() }

// preservesRows reports that rows outlive their sessions, so that they prove nothing.
func (a *Auth) preservesRows() bool {
	return a.secondary != nil && a.opts.Session.PreserveSessionInDatabase
}

// findSession returns the session of a token with its user, expired or not; nil when there is none.
func (a *Auth) findSession(ctx context.Context, token string) (*SessionAndUser, error) {
	if !isStorable(token) {
		return nil, nil
	}
	if a.secondary != nil {
		if current, err := a.readStoredSession(ctx, token); err != nil || current != nil || !a.rowsDecide() {
			return current, err
		}
	}
	session, user, err := a.store.SessionByToken(ctx, token)
	if session, err = found(session, err); err != nil || session == nil {
		return nil, err
	}
	return &SessionAndUser{Session: session, User: user}, nil
}

// userSessions returns the sessions of a user.
func (a *Auth) userSessions(ctx context.Context, userID string) ([]model.Session, error) {
	if a.secondary == nil {
		return a.store.SessionsByUser(ctx, userID)
	}
	list, err := a.sessionReferences(ctx, userID)
	if err != nil {
		return nil, err
	}
	sessions := make([]model.Session, 0, len(list))
	for _, reference := range list {
		current, err := a.readStoredSession(ctx, reference.Token)
		if err != nil {
			return nil, err
		}
		if current != nil {
			sessions = append(sessions, *current.Session)
		}
	}
	return sessions, nil
}

// insertSession stores a new session. Secondary storage gets it once the transaction has been committed.
func (a *Auth) insertSession(ctx context.Context, opened *SessionAndUser) error {
	if err := before(ctx, a, sessionCreate, opened.Session); err != nil {
		return err
	}
	if a.sessionRows() {
		if err := a.store.InsertSession(ctx, opened.Session); err != nil {
			return err
		}
	}
	if err := a.afterCommitStored(ctx, func(ctx context.Context) error { return a.keepSession(ctx, opened) }); err != nil {
		return err
	}
	return after(ctx, a, sessionCreate, opened.Session)
}

// updateSession stores a changed session. ErrExtendSession: it has been revoked meanwhile.
func (a *Auth) updateSession(ctx context.Context, current *SessionAndUser) error {
	if err := before(ctx, a, sessionUpdate, current.Session); err != nil {
		return err
	}
	update := a.updateRow
	if a.secondary != nil {
		update = a.updateStored
	}
	if err := update(ctx, current); err != nil {
		return err
	}
	return after(ctx, a, sessionUpdate, current.Session)
}

func (a *Auth) updateRow(ctx context.Context, current *SessionAndUser) error {
	rows, err := a.store.UpdateSession(ctx, current.Session)
	if err == nil && rows == 0 && a.rowsDecide() {
		return ErrExtendSession
	}
	return err
}

// updateStored changes a session in secondary storage, unless it has been revoked there.
func (a *Auth) updateStored(ctx context.Context, current *SessionAndUser) error {
	return a.lockSessions(ctx, current.Session.UserID, func() error {
		alive, err := a.readStoredSession(ctx, current.Session.Token)
		if err != nil {
			return err
		}
		if alive == nil && !a.rowsDecide() {
			return ErrExtendSession
		}
		if a.sessionRows() {
			if err := a.updateRow(ctx, current); err != nil {
				return err
			}
		}
		if alive != nil {
			current.User = alive.User // it may have changed since it was read
		}
		return a.putSession(ctx, current)
	})
}

// deleteSession ends a session.
func (a *Auth) deleteSession(ctx context.Context, session *model.Session) error {
	if err := before(ctx, a, sessionDelete, session); err != nil {
		return err
	}
	if a.sessionRows() {
		if err := a.endRow(ctx, session); err != nil {
			return err
		}
	}
	if err := a.afterCommitStored(ctx, func(ctx context.Context) error {
		return a.dropSessions(ctx, session.UserID, func(token string) bool { return token == session.Token })
	}); err != nil {
		return err
	}
	return after(ctx, a, sessionDelete, session)
}

// endRow deletes the row of a session, or marks it as ended.
func (a *Auth) endRow(ctx context.Context, session *model.Session) error {
	if !a.preservesRows() {
		_, err := a.store.DeleteSession(ctx, session.Token)
		return err
	}
	ended := *session
	if ended.ExpiresAt.After(a.now()) {
		ended.ExpiresAt = a.Now()
	}
	_, err := a.store.UpdateSession(ctx, &ended)
	return err
}

// RevokeSessions ends all sessions of a user, except the one with the token keep; "" keeps none. In a transaction
// it fails before the commit when secondary storage is down, so that nothing changes that should have ended them.
func (a *Auth) RevokeSessions(ctx context.Context, userID, keep string) error {
	revoked := func(token string) bool { return token != keep }
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
		if err := a.withdrawSessions(ctx, userID, revoked); err != nil {
			return err
		}
		if a.sessionRows() {
			if err := a.endRows(ctx, userID, keep); err != nil {
				return err
			}
		}
		return a.afterCommitStored(ctx, func(ctx context.Context) error { return a.dropSessions(ctx, userID, revoked) })
	})
}

// endSessions ends all sessions of a user whose password is another now.
func (a *Auth) endSessions(ctx context.Context, userID string) error {
	if err := a.RevokeSessions(ctx, userID, ""); err != nil {
		return err
	}
	for i := range a.hooks {
		if hook := a.hooks[i].OnSessionsEnded; hook != nil {
			if err := hook(ctx, userID); err != nil {
				return err
			}
		}
	}
	return nil
}

// endRows deletes the rows of a user's sessions but one, or marks them as ended.
func (a *Auth) endRows(ctx context.Context, userID, keep string) error {
	if !a.preservesRows() {
		_, err := a.store.DeleteOtherSessions(ctx, userID, keep)
		return err
	}
	rows, err := a.store.SessionsByUser(ctx, userID)
	if err != nil {
		return err
	}
	for i := range rows {
		if rows[i].Token == keep {
			continue
		}
		if err := a.endRow(ctx, &rows[i]); err != nil {
			return err
		}
	}
	return nil
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

// afterCommitStored changes secondary storage, where there is one, once the transaction of ctx has been
// committed.
func (a *Auth) afterCommitStored(ctx context.Context, change func(ctx context.Context) error) error {
	if a.secondary == nil {
		return nil
	}
	return afterCommit(ctx, change)
}

func sessionCreate(h *Hooks) WriteHook[model.Session] { return h.SessionCreate }
func sessionUpdate(h *Hooks) WriteHook[model.Session] { return h.SessionUpdate }
func sessionDelete(h *Hooks) WriteHook[model.Session] { return h.SessionDelete }
