package core

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// storedVerification is a single-use value in secondary storage. It has no id: its key, which holds one
// value only, identifies it.
type storedVerification struct {
	CreatedAt  model.Time `json:"createdAt"`
	UpdatedAt  model.Time `json:"updatedAt"`
	Value      string     `json:"value"`
	Identifier string     `json:"identifier"`
	ExpiresAt  model.Time `json:"expiresAt"`
}

// verificationKey is the key of the value under a stored identifier.
func verificationKey(identifier string) string { return "verification:" + identifier }

func newStoredVerification(row *model.Verification) storedVerification {
	return storedVerification{
		CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, Value: row.Value,
		Identifier: row.Identifier, ExpiresAt: row.ExpiresAt,
	}
}

// row returns the value as the database would; nil for nil.
func (s *storedVerification) row() *model.Verification {
	if s == nil {
		return nil
	}
	return &model.Verification{
		Identifier: s.Identifier, Value: s.Value,
		ExpiresAt: s.ExpiresAt, CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt,
	}
}

// takeVerification is ConsumeVerification where values are in secondary storage only: its GetAndDelete
// decides who gets the value.
func (a *Auth) takeVerification(ctx context.Context, identifier string) (*model.Verification, error) {
	value, err := takeStored[storedVerification](ctx, a, verificationKey(a.storedIdentifier(identifier)))
	if err != nil || value == nil {
		return nil, err
	}
	row := value.row()
	if err := before(ctx, a, verificationDelete, row); err != nil {
		return nil, err
	}
	if err := after(ctx, a, verificationDelete, row); err != nil {
		return nil, err
	}
	if !row.ExpiresAt.After(a.now()) {
		return nil, nil
	}
	return row, nil
}
