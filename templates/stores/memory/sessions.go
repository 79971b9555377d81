package store

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// SessionByToken implements core.Store.
func (s *Store) SessionByToken(ctx context.Context, token string) (*model.Session, *model.User, error) {
	var user *model.User
	session, err := read(ctx, s, func(m *Memory) (session *model.Session, err error) {
		if session, err = m.sessions.first(m.sessionByToken, token); err == nil {
			user, err = m.users.get(session.UserID)
		}
		return session, err
	})
	return session, user, err
}

// SessionsByUser implements core.Store.
func (s *Store) SessionsByUser(ctx context.Context, userID string) ([]model.Session, error) {
	return read(ctx, s, func(m *Memory) ([]model.Session, error) { return m.sessions.list(m.sessionsByUser, userID), nil })
}

// InsertSession implements core.Store.
func (s *Store) InsertSession(ctx context.Context, session *model.Session) error {
	return s.insert(ctx, func(m *Memory, tx *transaction) error {
		m.sweep(session.CreatedAt)
		return m.sessions.insert(tx, session)
	})
}

// UpdateSession implements core.Store.
func (s *Store) UpdateSession(ctx context.Context, session *model.Session) (int64, error) {
	return s.write(ctx, func(m *Memory, tx *transaction) (int64, error) {
		return m.sessions.update(tx, session)
	})
}

// DeleteSession implements core.Store.
func (s *Store) DeleteSession(ctx context.Context, token string) (int64, error) {
	return s.write(ctx, func(m *Memory, tx *transaction) (int64, error) {
		return m.sessions.delete(tx, m.sessionByToken.ids[token]...), nil
	})
}

// DeleteOtherSessions implements core.Store.
func (s *Store) DeleteOtherSessions(ctx context.Context, userID, token string) (int64, error) {
	return s.write(ctx, func(m *Memory, tx *transaction) (int64, error) {
		var others []string
		for _, session := range m.sessions.list(m.sessionsByUser, userID) {
			if session.Token != token {
				others = append(others, session.ID)
			}
		}
		return m.sessions.delete(tx, others...), nil
	})
}
