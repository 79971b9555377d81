package authtest

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// quickHasher is no protection, but fast: most tests are not about hashing.
type quickHasher struct{}

var _ secure.Hasher = quickHasher{}

func (quickHasher) Hash(_ context.Context, password string) (string, error) {
	return "quick:" + secure.HashKey(password), nil
}

func (q quickHasher) Verify(ctx context.Context, password, stored string) (bool, error) {
	hash, err := q.Hash(ctx, password)
	return secure.Equal(hash, stored), err
}

func (quickHasher) NeedsRehash(string) bool { return false }
