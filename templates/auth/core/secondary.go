package core

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// SecondaryStorage is a key-value store beside the database, such as Redis, that every instance of the
// server shares. Sessions, verification values and rate limits can live there. All methods are safe for
// concurrent use; an error means that the storage did not answer, never that a key is missing.
type SecondaryStorage interface {
	// Get returns the value of a key; found is false when there is none or it has expired.
	Get(ctx context.Context, key string) (value string, found bool, err error)
	// Set writes a value that lives for ttl, at least a second; 0 keeps it.
	Set(ctx context.Context, key, value string, ttl time.Duration) error
	// Delete removes a key; one that is not there is no error.
	Delete(ctx context.Context, key string) error
	// GetAndDelete returns a value and removes its key in one step: of any number of calls at once,
	// one finds it. Single-use values depend on that.
	GetAndDelete(ctx context.Context, key string) (value string, found bool, err error)
	// Increment adds 1 to a counter in one step and returns the sum. A counter that is not there starts
	// at 0 and lives for ttl; later calls do not prolong it.
	Increment(ctx context.Context, key string, ttl time.Duration) (int64, error)
}

// stored reads a JSON value from secondary storage; nil when there is none. A value that cannot be read
// counts as none, as with Better Auth, but is logged.
func stored[T any](ctx context.Context, a *Auth, key string) (*T, error) {
	text, ok, err := a.secondary.Get(ctx, key)
	return decodeStored[T](ctx, a, text, ok, err)
}

// takeStored is stored that also removes the value: of any number of calls at once one gets it.
func takeStored[T any](ctx context.Context, a *Auth, key string) (*T, error) {
	text, ok, err := a.secondary.GetAndDelete(ctx, key)
	return decodeStored[T](ctx, a, text, ok, err)
}

func decodeStored[T any](ctx context.Context, a *Auth, text string, ok bool, err error) (*T, error) {
	if err != nil {
		return nil, fmt.Errorf("read secondary storage: %w", err)
	}
	if !ok || text == "" {
		return nil, nil
	}
	value := new(T)
	if err := json.Unmarshal([]byte(text), value); err != nil {
		a.log.ErrorContext(ctx, "value in secondary storage cannot be read", "type", fmt.Sprintf("%T", *value))
		return nil, nil
	}
	return value, nil
}

// storeUntil writes a JSON value that lives until expires, in whole seconds. One that has expired is not written.
func (a *Auth) storeUntil(ctx context.Context, key string, value any, expires model.Time) error {
	ttl := expires.Sub(a.now()).Truncate(time.Second)
	if ttl <= 0 {
		return nil
	}
	text, err := secure.JSON(value)
	if err != nil {
		return fmt.Errorf("write secondary storage: %w", err)
	}
	if err := a.secondary.Set(ctx, key, string(text), ttl); err != nil {
		return fmt.Errorf("write secondary storage: %w", err)
	}
	return nil
}

// unstore removes keys.
func (a *Auth) unstore(ctx context.Context, keys ...string) error {
	for _, key := range keys {
		if err := a.secondary.Delete(ctx, key); err != nil {
			return fmt.Errorf("delete from secondary storage: %w", err)
		}
	}
	return nil
}
