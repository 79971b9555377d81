package core

import (
	"context"
	"time"
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
