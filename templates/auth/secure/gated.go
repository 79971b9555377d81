package secure

import (
	"context"
	"fmt"
)

// Gated returns a hasher whose work passes through gate. What a hash of it
// takes is not known, so each counts as a scrypt hash.
func Gated(h Hasher, gate *Gate) Hasher { return &gated{Hasher: h, gate: gate} }

type gated struct {
	Hasher
	gate *Gate
}

// Hash implements Hasher.
func (g *gated) Hash(ctx context.Context, password string) (stored string, err error) {
	if gateErr := g.gate.Do(ctx, scryptMemory, func() { stored, err = g.Hasher.Hash(ctx, password) }); gateErr != nil {
		return "", fmt.Errorf("hash password: %w", gateErr)
	}
	return stored, err
}

// Verify implements Hasher.
func (g *gated) Verify(ctx context.Context, password, stored string) (ok bool, err error) {
	if gateErr := g.gate.Do(ctx, scryptMemory, func() { ok, err = g.Hasher.Verify(ctx, password, stored) }); gateErr != nil {
		return false, fmt.Errorf("verify password: %w", gateErr)
	}
	return ok && err == nil, err
}
