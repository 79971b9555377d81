package core

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// storedSession is the value of a session in secondary storage, whose key is the token.
type storedSession struct {
	Session *model.StoredSession `json:"session"`
	User    *model.StoredUser    `json:"user"`
}

// sessionReference is an entry of the list of a user's sessions.
type sessionReference struct {
	Token     string `json:"token"`
	ExpiresAt int64  `json:"expiresAt"` // Unix milliseconds
}

// sessionList is the key of the list of a user's sessions.
func sessionList(userID string) string { return "active-sessions-" + userID }

// readStoredSession returns the session of a token from secondary storage; nil when it is not there.
func (a *Auth) readStoredSession(ctx context.Context, token string) (*SessionAndUser, error) {
	value, err := stored[storedSession](ctx, a, token)
	if err != nil || value == nil || value.Session == nil || value.User == nil || value.Session.Token != token {
		return nil, err
	}
	return &SessionAndUser{Session: value.Session.Row(), User: value.User.Row()}, nil
}

func (a *Auth) writeStoredSession(ctx context.Context, current *SessionAndUser) error {
	session, user := current.Session.Stored(), current.User.Stored()
	return a.storeUntil(ctx, current.Session.Token, storedSession{&session, &user}, current.Session.ExpiresAt)
}

// keepSession writes a new session to secondary storage. One that does not get there is taken out of the
// database, too: it would count, but neither be listed nor be revoked.
func (a *Auth) keepSession(ctx context.Context, current *SessionAndUser) error {
	err := a.lockSessions(ctx, current.Session.UserID, func() error { return a.putSession(ctx, current) })
	if err == nil || !a.sessionRows() {
		return err
	}
	_, dropped := a.store.DeleteSession(ctx, current.Session.Token)
	return errors.Join(err, dropped)
}

// putSession writes a session's reference, then the session. The caller holds the lock.
func (a *Auth) putSession(ctx context.Context, current *SessionAndUser) error {
	session := current.Session
	list, err := a.sessionReferences(ctx, session.UserID)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(r sessionReference) bool { return r.Token == session.Token })
	list = append(list, sessionReference{session.Token, session.ExpiresAt.UnixMilli()})
	if err := a.writeReferences(ctx, session.UserID, list); err != nil {
		return err
	}
	return a.writeStoredSession(ctx, current)
}

// withdrawSessions removes the sessions of a user that drop chooses from secondary storage, but leaves them in
// the list, for which it would need the lock: dropSessions, once the transaction of ctx has been committed,
// finds those there that were extended meanwhile and have come back.
func (a *Auth) withdrawSessions(ctx context.Context, userID string, drop func(token string) bool) error {
	if a.secondary == nil {
		return nil
	}
	list, err := a.sessionReferences(ctx, userID)
	if err != nil {
		return err
	}
	for _, reference := range list {
		if !drop(reference.Token) {
			continue
		}
		if err := a.unstore(ctx, reference.Token); err != nil {
			return err
		}
	}
	return nil
}

// dropSessions removes the sessions of a user that drop chooses from secondary storage.
func (a *Auth) dropSessions(ctx context.Context, userID string, drop func(token string) bool) error {
	return a.lockSessions(ctx, userID, func() error {
		list, err := a.sessionReferences(ctx, userID)
		if err != nil {
			return err
		}
		kept := make([]sessionReference, 0, len(list))
		for _, reference := range list {
			if !drop(reference.Token) {
				kept = append(kept, reference)
			} else if err := a.unstore(ctx, reference.Token); err != nil {
				return err
			}
		}
		return a.writeReferences(ctx, userID, kept)
	})
}

// RefreshUserSessions puts a changed user into each of its sessions in secondary storage. ChangeUser does
// so by itself. What fails is logged: the change has been made.
func (a *Auth) RefreshUserSessions(ctx context.Context, user *model.User) {
	if a.secondary == nil {
		return
	}
	err := a.lockSessions(ctx, user.ID, func() error {
		list, err := a.sessionReferences(ctx, user.ID)
		if err != nil {
			return err
		}
		for _, reference := range list {
			current, err := a.readStoredSession(ctx, reference.Token)
			if err != nil {
				return err
			}
			if current == nil {
				continue
			}
			if err := a.writeStoredSession(ctx, &SessionAndUser{Session: current.Session, User: user}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		a.log.ErrorContext(ctx, "sessions in secondary storage keep the old user", "user", user.ID, "error", err)
	}
}

// sessionReferences returns the references to sessions that have not expired, the first to expire first.
func (a *Auth) sessionReferences(ctx context.Context, userID string) ([]sessionReference, error) {
	list, err := stored[[]sessionReference](ctx, a, sessionList(userID))
	if err != nil || list == nil {
		return nil, err
	}
	now := a.now().UnixMilli()
	return slices.DeleteFunc(*list, func(r sessionReference) bool { return r.ExpiresAt <= now }), nil
}

// writeReferences replaces the list of a user's sessions, which lives as long as the last of them.
func (a *Auth) writeReferences(ctx context.Context, userID string, list []sessionReference) error {
	if len(list) == 0 {
		return a.unstore(ctx, sessionList(userID))
	}
	slices.SortStableFunc(list, func(x, y sessionReference) int { return cmp.Compare(x.ExpiresAt, y.ExpiresAt) })
	last := list[len(list)-1].ExpiresAt
	return a.storeUntil(ctx, sessionList(userID), list, model.NewTime(time.UnixMilli(last)))
}

// A lock is held for the length of a few round trips. One whose holder died ends after sessionLockTTL.
const (
	sessionLockTTL  = 5 * time.Second
	sessionLockWait = 2 * sessionLockTTL
	sessionLockPoll = 5 * time.Millisecond
)

var errSessionsLocked = errors.New("the sessions of this user stay locked")

// lockSessions runs do while no other instance changes the sessions of the user. Without it, of two
// changes at once one would be lost: a session missing from the list could not be revoked, and one that
// is extended while it is revoked would come back.
func (a *Auth) lockSessions(ctx context.Context, userID string, do func() error) error {
	key := "lock-" + sessionList(userID)
	for start := time.Now(); ; {
		holders, err := a.secondary.Increment(ctx, key, sessionLockTTL)
		if err != nil {
			return fmt.Errorf("lock sessions in secondary storage: %w", err)
		}
		if holders == 1 {
			break
		}
		if time.Since(start) > sessionLockWait {
			return errSessionsLocked
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(sessionLockPoll):
		}
	}
	defer func() { _ = a.secondary.Delete(context.WithoutCancel(ctx), key) }() // else it ends by itself
	return do()
}
