package store

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// UserByID implements core.Store.
func (s *Store) UserByID(ctx context.Context, id string) (*model.User, error) {
	return read(ctx, s, func(m *Memory) (*model.User, error) { return m.users.get(id) })
}

// UserByEmail implements core.Store.
func (s *Store) UserByEmail(ctx context.Context, email string) (*model.User, error) {
	return read(ctx, s, func(m *Memory) (*model.User, error) { return m.users.first(m.userByEmail, email) })
}

// UserForUpdate implements core.Store. A transaction locks everything there is.
func (s *Store) UserForUpdate(ctx context.Context, id string) (*model.User, error) {
	return s.UserByID(ctx, id)
}

// InsertUser implements core.Store.
func (s *Store) InsertUser(ctx context.Context, user *model.User) error {
	return s.insert(ctx, func(m *Memory, tx *transaction) error {
		return m.users.insert(tx, user)
	})
}

// UpdateUser implements core.Store.
func (s *Store) UpdateUser(ctx context.Context, user *model.User) (int64, error) {
	return s.write(ctx, func(m *Memory, tx *transaction) (int64, error) {
		return m.users.update(tx, user)
	})
}

// DeleteUser implements core.Store. What belongs to the user goes, too.
func (s *Store) DeleteUser(ctx context.Context, id string) (int64, error) {
	return s.write(ctx, func(m *Memory, tx *transaction) (int64, error) {
		m.sessions.delete(tx, m.sessionsByUser.ids[id]...)
		m.accounts.delete(tx, m.accountsByUser.ids[id]...)
		return m.users.delete(tx, id), nil
	})
}
