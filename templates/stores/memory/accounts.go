package store

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// credential is the provider of accounts that hold a password.
const credential = "credential"

// AccountsByUser implements core.Store.
func (s *Store) AccountsByUser(ctx context.Context, userID string) ([]model.Account, error) {
	return read(ctx, s, func(m *Memory) ([]model.Account, error) { return m.accounts.list(m.accountsByUser, userID), nil })
}

// CredentialAccount implements core.Store.
func (s *Store) CredentialAccount(ctx context.Context, userID string) (*model.Account, error) {
	return read(ctx, s, func(m *Memory) (*model.Account, error) { return m.credential(userID) })
}

func (m *Memory) credential(userID string) (*model.Account, error) {
	for _, account := range m.accounts.list(m.accountsByUser, userID) {
		if account.ProviderID == credential {
			return &account, nil
		}
	}
	return nil, model.ErrNotFound
}

// CredentialByEmail implements core.Store. The account is not found after too many failed guesses: those from the
// same address where the user has a session from it, else all.
func (s *Store) CredentialByEmail(ctx context.Context, email, address string, now model.Time, failures int64) (*model.User, *model.Account, error) {
	var account *model.Account
	user, err := read(ctx, s, func(m *Memory) (user *model.User, err error) {
		if user, err = m.users.first(m.userByEmail, email); err != nil {
			return nil, err
		}
		known := m.knows(user.ID, address)
		failed := m.count("password-failure:"+user.ID, now, func(v *model.Verification) bool { return !known || v.Value == address })
		if failed >= failures {
			return nil, model.ErrNotFound
		}
		account, err = m.credential(user.ID)
		return user, err
	})
	return user, account, err
}

// knows reports that a user has a session from an address.
func (m *Memory) knows(userID, address string) bool {
	for _, session := range m.sessions.list(m.sessionsByUser, userID) {
		if session.IPAddress != nil && *session.IPAddress == address {
			return true
		}
	}
	return false
}

// UnlockedCredential implements core.Store.
func (s *Store) UnlockedCredential(ctx context.Context, userID, identifier string, now model.Time, failures int64) (*model.Account, error) {
	return read(ctx, s, func(m *Memory) (*model.Account, error) {
		if m.count(identifier, now, nil) >= failures {
			return nil, model.ErrNotFound
		}
		return m.credential(userID)
	})
}

// AccountByID implements core.Store.
func (s *Store) AccountByID(ctx context.Context, id string) (*model.Account, error) {
	return read(ctx, s, func(m *Memory) (*model.Account, error) { return m.accounts.get(id) })
}

// AccountOwner implements core.Store.
func (s *Store) AccountOwner(ctx context.Context, providerID, accountID string) (*model.Account, *model.User, error) {
	var user *model.User
	account, err := read(ctx, s, func(m *Memory) (account *model.Account, err error) {
		if account, err = m.accounts.first(m.accountByKey, accountKey(providerID, accountID)); err == nil {
			user, err = m.users.get(account.UserID)
		}
		return account, err
	})
	return account, user, err
}

// AccountsByKey implements core.Store. Here there is never more than one.
func (s *Store) AccountsByKey(ctx context.Context, providerID, accountID string) ([]model.Account, error) {
	return read(ctx, s, func(m *Memory) ([]model.Account, error) {
		return m.accounts.list(m.accountByKey, accountKey(providerID, accountID)), nil
	})
}

// InsertAccount implements core.Store.
func (s *Store) InsertAccount(ctx context.Context, account *model.Account) error {
	return s.insert(ctx, func(m *Memory, tx *transaction) error {
		return m.accounts.insert(tx, account)
	})
}

// UpdateAccount implements core.Store.
func (s *Store) UpdateAccount(ctx context.Context, account *model.Account) (int64, error) {
	return s.write(ctx, func(m *Memory, tx *transaction) (int64, error) {
		return m.accounts.update(tx, account)
	})
}

// DeleteAccount implements core.Store.
func (s *Store) DeleteAccount(ctx context.Context, id string) (int64, error) {
	return s.write(ctx, func(m *Memory, tx *transaction) (int64, error) {
		return m.accounts.delete(tx, id), nil
	})
}

// SetAccountPassword implements core.Store.
func (s *Store) SetAccountPassword(ctx context.Context, id string, password *string, updatedAt model.Time) (int64, error) {
	return s.write(ctx, func(m *Memory, tx *transaction) (int64, error) {
		account, there := m.accounts.rows[id]
		if !there {
			return 0, nil
		}
		account.Password, account.UpdatedAt = password, updatedAt
		m.accounts.put(tx, id, account)
		return 1, nil
	})
}

// DeleteAccountsByUser implements core.Store.
func (s *Store) DeleteAccountsByUser(ctx context.Context, userID string) (int64, error) {
	return s.write(ctx, func(m *Memory, tx *transaction) (int64, error) {
		return m.accounts.delete(tx, m.accountsByUser.ids[userID]...), nil
	})
}
