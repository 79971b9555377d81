package core

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// Reserve claims identifier until an instant; false when it is claimed already. The claim is a row
// whose primary key is made of the identifier, so that of any number of requests at once one succeeds,
// whatever the database. Call it outside of transactions: PostgreSQL gives up one in which a key repeats.
// Where verification values are in secondary storage only, the claim is a counter that reaches 1 once.
func (a *Auth) Reserve(ctx context.Context, identifier string, until model.Time) (bool, error) {
	now := a.Now()
	if !a.VerificationsInDatabase() {
		lifetime := max(until.Sub(now.Time), 0).Truncate(time.Second) + time.Second
		claims, err := a.secondary.Increment(ctx, a.reservationKey(identifier), lifetime)
		if err != nil {
			return false, fmt.Errorf("reserve in secondary storage: %w", err)
		}
		return claims == 1, nil
	}
	row := &model.Verification{
		ID:         reservationID(identifier),
		Identifier: a.storedIdentifier(identifier), ExpiresAt: until, CreatedAt: now, UpdatedAt: now,
	}
	row.SetDefaults()
	err := a.store.ReserveVerification(ctx, row)
	if errors.Is(err, model.ErrConflict) {
		return false, nil
	}
	return err == nil, err
}

// unreserve gives up a claim.
func (a *Auth) unreserve(ctx context.Context, identifier string) error {
	if !a.VerificationsInDatabase() {
		return a.unstore(ctx, a.reservationKey(identifier))
	}
	_, err := a.store.DeleteVerification(ctx, reservationID(identifier))
	return err
}

// reservationKey is the key of a claim in secondary storage.
func (a *Auth) reservationKey(identifier string) string {
	return "reserve:" + a.storedIdentifier(identifier)
}

// reservationID is the primary key of a claim.
func reservationID(identifier string) string { return idOf("reserve:" + identifier) }
