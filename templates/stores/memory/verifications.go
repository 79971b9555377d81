package store

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// InsertVerification implements core.Store.
func (s *Store) InsertVerification(ctx context.Context, verification *model.Verification) error {
	return s.insert(ctx, func(m *Memory, tx *transaction) error {
		m.sweep(verification.CreatedAt)
		return m.verifications.insert(tx, verification)
	})
}

// ReserveVerification implements core.Store.
func (s *Store) ReserveVerification(ctx context.Context, verification *model.Verification) error {
	return s.InsertVerification(ctx, verification)
}

// VerificationByIdentifier implements core.Store.
func (s *Store) VerificationByIdentifier(ctx context.Context, identifier string) (*model.Verification, error) {
	return read(ctx, s, func(m *Memory) (*model.Verification, error) {
		return m.verifications.first(m.verificationsByIdentifier, identifier)
	})
}

// CountVerifications implements core.Store.
func (s *Store) CountVerifications(ctx context.Context, identifier string, now model.Time) (int64, error) {
	return read(ctx, s, func(m *Memory) (int64, error) { return m.count(identifier, now, nil), nil })
}

// count counts values that have not expired and that wanted, which may be nil, chooses.
func (m *Memory) count(identifier string, now model.Time, wanted func(*model.Verification) bool) (n int64) {
	for _, v := range m.verifications.list(m.verificationsByIdentifier, identifier) {
		if v.ExpiresAt.After(now.Time) && (wanted == nil || wanted(&v)) {
			n++
		}
	}
	return n
}

// DeleteVerification implements core.Store. Of two callers at once, one is told 0.
func (s *Store) DeleteVerification(ctx context.Context, id string) (int64, error) {
	return s.write(ctx, func(m *Memory, tx *transaction) (int64, error) {
		return m.verifications.delete(tx, id), nil
	})
}

// DeleteVerificationsByIdentifier implements core.Store.
func (s *Store) DeleteVerificationsByIdentifier(ctx context.Context, identifier string) (int64, error) {
	return s.write(ctx, func(m *Memory, tx *transaction) (int64, error) {
		return m.verifications.delete(tx, m.verificationsByIdentifier.ids[identifier]...), nil
	})
}

// DeleteExpiredVerifications implements core.Store.
func (s *Store) DeleteExpiredVerifications(ctx context.Context, now model.Time) (int64, error) {
	return s.write(ctx, func(m *Memory, tx *transaction) (int64, error) {
		return m.verifications.deleteIf(tx, func(v *model.Verification) bool { return v.ExpiresAt.Before(now.Time) }), nil
	})
}
