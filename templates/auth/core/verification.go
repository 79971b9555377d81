package core

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// CreateVerification stores a value under identifier for lifetime. Reset links, codes and challenges
// are such values.
func (a *Auth) CreateVerification(ctx context.Context, identifier, value string, lifetime time.Duration) error {
	return a.StoreVerification(ctx, identifier, value, a.Now().Add(lifetime))
}

// StoreVerification is CreateVerification with the instant of expiry.
func (a *Auth) StoreVerification(ctx context.Context, identifier, value string, expiresAt model.Time) error {
	now := a.Now()
	row := &model.Verification{
		ID: a.NewID("verification"), Identifier: a.storedIdentifier(identifier), Value: value,
		ExpiresAt: expiresAt, CreatedAt: now, UpdatedAt: now,
	}
	row.SetDefaults()
	if err := before(ctx, a, verificationCreate, row); err != nil {
		return err
	}
	if a.secondary != nil {
		if err := a.storeUntil(ctx, verificationKey(row.Identifier), newStoredVerification(row), expiresAt); err != nil {
			return err
		}
	}
	if a.VerificationsInDatabase() {
		if err := a.store.InsertVerification(ctx, row); err != nil {
			return err
		}
	}
	return after(ctx, a, verificationCreate, row)
}

// VerificationsInDatabase reports that values are rows, too, and that the rows decide. Else secondary storage
// alone has them, where they can only be found by their identifier.
func (a *Auth) VerificationsInDatabase() bool {
	return a.secondary == nil || a.opts.Verification.StoreInDatabase
}

// FindVerification returns the newest value under identifier, expired ones too; nil when there is none.
func (a *Auth) FindVerification(ctx context.Context, identifier string) (*model.Verification, error) {
	if a.secondary != nil {
		value, err := stored[storedVerification](ctx, a, verificationKey(a.storedIdentifier(identifier)))
		if err != nil || value != nil || !a.VerificationsInDatabase() {
			return value.row(), err
		}
	}
	return a.findVerificationRow(ctx, identifier)
}

func (a *Auth) findVerificationRow(ctx context.Context, identifier string) (*model.Verification, error) {
	if !isStorable(identifier) {
		return nil, nil
	}
	row, err := found(a.store.VerificationByIdentifier(ctx, a.storedIdentifier(identifier)))
	if err != nil {
		return nil, err
	}
	return row, a.deleteExpired(ctx)
}

// ConsumeVerification takes the newest value under identifier; nil when there is none, it has expired,
// or somebody else was faster. However many requests try at once, one gets it: the row is deleted by
// id, and the number of rows that statement deleted decides.
func (a *Auth) ConsumeVerification(ctx context.Context, identifier string) (*model.Verification, error) {
	if !a.VerificationsInDatabase() {
		return a.takeVerification(ctx, identifier)
	}
	row, err := a.findVerificationRow(ctx, identifier)
	if err != nil || row == nil {
		return nil, err
	}
	if deleted, err := a.deleteVerificationRow(ctx, row); err != nil || !deleted {
		return nil, err
	}
	if err := a.DeleteVerifications(ctx, identifier); err != nil {
		return nil, err
	}
	if !row.ExpiresAt.After(a.now()) {
		return nil, nil
	}
	return row, nil
}

// claimVerification is ConsumeVerification for a value that has been found and looked at: it reports whether
// the caller got it. Nothing else may be stored under identifier.
func (a *Auth) claimVerification(ctx context.Context, identifier string, row *model.Verification) (bool, error) {
	if a.secondary != nil {
		taken, err := a.ConsumeVerification(ctx, identifier)
		return taken != nil, err
	}
	return a.deleteVerificationRow(ctx, row)
}

// deleteVerificationRow removes a row; false when somebody else was faster.
func (a *Auth) deleteVerificationRow(ctx context.Context, row *model.Verification) (bool, error) {
	if err := before(ctx, a, verificationDelete, row); err != nil {
		return false, err
	}
	deleted, err := a.store.DeleteVerification(ctx, row.ID)
	if err != nil || deleted == 0 {
		return false, err
	}
	return true, after(ctx, a, verificationDelete, row)
}

// DeleteVerifications removes every value under identifier.
func (a *Auth) DeleteVerifications(ctx context.Context, identifier string) error {
	if a.secondary != nil {
		if err := a.unstore(ctx, verificationKey(a.storedIdentifier(identifier))); err != nil {
			return err
		}
	}
	if !a.VerificationsInDatabase() || !isStorable(identifier) {
		return nil
	}
	_, err := a.store.DeleteVerificationsByIdentifier(ctx, a.storedIdentifier(identifier))
	return err
}

// storedIdentifier keeps the token inside an identifier out of the database when the options ask for it.
func (a *Auth) storedIdentifier(identifier string) string {
	if a.opts.Verification.hashes(identifier) {
		return a.hashIdentifier(identifier)
	}
	return identifier
}

// hashes reports that an identifier is stored as its hash.
func (o VerificationOptions) hashes(identifier string) bool {
	how, longest := firstOf(o.StoreIdentifiers.Default, o.StoreIdentifier), -1
	for prefix, override := range o.StoreIdentifiers.Overrides {
		if len(prefix) > longest && strings.HasPrefix(identifier, prefix) {
			how, longest = override, len(prefix)
		}
	}
	return how == "hashed"
}

// validate reports a way to store identifiers that there is not.
func (o VerificationOptions) validate() error {
	ways := slices.Collect(maps.Values(o.StoreIdentifiers.Overrides))
	for _, how := range append(ways, o.StoreIdentifier, o.StoreIdentifiers.Default) {
		if how != "" && how != "plain" && how != "hashed" {
			return fmt.Errorf("verification.storeIdentifier is %q, want plain or hashed", how)
		}
	}
	return nil
}

// cleanupInterval is how often, at most, one server deletes expired values.
const cleanupInterval = time.Minute

// cleanupClock remembers the last clean-up, in Unix nanoseconds.
type cleanupClock struct{ last atomic.Int64 }

// deleteExpired removes expired values, at most once an interval so that reads stay cheap.
func (a *Auth) deleteExpired(ctx context.Context) error {
	now := a.now()
	last := a.cleanup.last.Load()
	if a.opts.Verification.DisableCleanup || now.UnixNano()-last < int64(cleanupInterval) ||
		!a.cleanup.last.CompareAndSwap(last, now.UnixNano()) {
		return nil
	}
	_, err := a.store.DeleteExpiredVerifications(ctx, a.Now())
	return err
}

func verificationCreate(h *Hooks) WriteHook[model.Verification] { return h.VerificationCreate }
func verificationDelete(h *Hooks) WriteHook[model.Verification] { return h.VerificationDelete }
