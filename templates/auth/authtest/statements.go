package authtest

import (
	"context"
	"sync/atomic"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// Statements counts the SQL statements of the core: each method of a store but InTx is one, and the
// beginning and end of a transaction are not counted. Those of plugins, which have a store of their
// own, are not seen.
type Statements struct {
	store core.Store
	n     atomic.Int64
}

var _ core.Store = (*Statements)(nil)

// During returns how many statements do runs.
func (s *Statements) During(do func()) int {
	before := s.n.Load()
	do()
	return int(s.n.Load() - before)
}

// InTx implements core.Store.
func (s *Statements) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	return s.store.InTx(ctx, fn)
}

// UserByID implements core.Store.
func (s *Statements) UserByID(ctx context.Context, id string) (*model.User, error) {
	s.n.Add(1)
	return s.store.UserByID(ctx, id)
}

// UserByEmail implements core.Store.
func (s *Statements) UserByEmail(ctx context.Context, email string) (*model.User, error) {
	s.n.Add(1)
	return s.store.UserByEmail(ctx, email)
}

// UserForUpdate implements core.Store.
func (s *Statements) UserForUpdate(ctx context.Context, id string) (*model.User, error) {
	s.n.Add(1)
	return s.store.UserForUpdate(ctx, id)
}

// InsertUser implements core.Store.
func (s *Statements) InsertUser(ctx context.Context, user *model.User) error {
	s.n.Add(1)
	return s.store.InsertUser(ctx, user)
}

// UpdateUser implements core.Store.
func (s *Statements) UpdateUser(ctx context.Context, user *model.User) (int64, error) {
	s.n.Add(1)
	return s.store.UpdateUser(ctx, user)
}

// DeleteUser implements core.Store.
func (s *Statements) DeleteUser(ctx context.Context, id string) (int64, error) {
	s.n.Add(1)
	return s.store.DeleteUser(ctx, id)
}

// SessionByToken implements core.Store.
func (s *Statements) SessionByToken(ctx context.Context, token string) (*model.Session, *model.User, error) {
	s.n.Add(1)
	return s.store.SessionByToken(ctx, token)
}

// SessionsByUser implements core.Store.
func (s *Statements) SessionsByUser(ctx context.Context, userID string) ([]model.Session, error) {
	s.n.Add(1)
	return s.store.SessionsByUser(ctx, userID)
}

// InsertSession implements core.Store.
func (s *Statements) InsertSession(ctx context.Context, session *model.Session) error {
	s.n.Add(1)
	return s.store.InsertSession(ctx, session)
}

// UpdateSession implements core.Store.
func (s *Statements) UpdateSession(ctx context.Context, session *model.Session) (int64, error) {
	s.n.Add(1)
	return s.store.UpdateSession(ctx, session)
}

// DeleteSession implements core.Store.
func (s *Statements) DeleteSession(ctx context.Context, token string) (int64, error) {
	s.n.Add(1)
	return s.store.DeleteSession(ctx, token)
}

// DeleteSessionsByUser implements core.Store.
func (s *Statements) DeleteSessionsByUser(ctx context.Context, userID string) (int64, error) {
	s.n.Add(1)
	return s.store.DeleteSessionsByUser(ctx, userID)
}

// DeleteOtherSessions implements core.Store.
func (s *Statements) DeleteOtherSessions(ctx context.Context, userID, token string) (int64, error) {
	s.n.Add(1)
	return s.store.DeleteOtherSessions(ctx, userID, token)
}

// AccountsByUser implements core.Store.
func (s *Statements) AccountsByUser(ctx context.Context, userID string) ([]model.Account, error) {
	s.n.Add(1)
	return s.store.AccountsByUser(ctx, userID)
}

// CredentialAccount implements core.Store.
func (s *Statements) CredentialAccount(ctx context.Context, userID string) (*model.Account, error) {
	s.n.Add(1)
	return s.store.CredentialAccount(ctx, userID)
}

// CredentialByEmail implements core.Store.
func (s *Statements) CredentialByEmail(ctx context.Context, email string) (*model.User, *model.Account, error) {
	s.n.Add(1)
	return s.store.CredentialByEmail(ctx, email)
}

// InsertAccount implements core.Store.
func (s *Statements) InsertAccount(ctx context.Context, account *model.Account) error {
	s.n.Add(1)
	return s.store.InsertAccount(ctx, account)
}

// SetAccountPassword implements core.Store.
func (s *Statements) SetAccountPassword(ctx context.Context, id string, password *string, updatedAt model.Time) (int64, error) {
	s.n.Add(1)
	return s.store.SetAccountPassword(ctx, id, password, updatedAt)
}

// DeleteAccountsByUser implements core.Store.
func (s *Statements) DeleteAccountsByUser(ctx context.Context, userID string) (int64, error) {
	s.n.Add(1)
	return s.store.DeleteAccountsByUser(ctx, userID)
}

// InsertVerification implements core.Store.
func (s *Statements) InsertVerification(ctx context.Context, verification *model.Verification) error {
	s.n.Add(1)
	return s.store.InsertVerification(ctx, verification)
}

// VerificationByIdentifier implements core.Store.
func (s *Statements) VerificationByIdentifier(ctx context.Context, identifier string) (*model.Verification, error) {
	s.n.Add(1)
	return s.store.VerificationByIdentifier(ctx, identifier)
}

// DeleteVerification implements core.Store.
func (s *Statements) DeleteVerification(ctx context.Context, id string) (int64, error) {
	s.n.Add(1)
	return s.store.DeleteVerification(ctx, id)
}

// DeleteVerificationsByIdentifier implements core.Store.
func (s *Statements) DeleteVerificationsByIdentifier(ctx context.Context, identifier string) (int64, error) {
	s.n.Add(1)
	return s.store.DeleteVerificationsByIdentifier(ctx, identifier)
}

// DeleteExpiredVerifications implements core.Store.
func (s *Statements) DeleteExpiredVerifications(ctx context.Context, now model.Time) (int64, error) {
	s.n.Add(1)
	return s.store.DeleteExpiredVerifications(ctx, now)
}
