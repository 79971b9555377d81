package ratelimit

import (
	"context"
	"time"
)

// An Incrementer adds 1 to the number under key, atomically, and returns the sum. A number that is new
// lives for ttl; adding to it does not make it live longer.
type Incrementer interface {
	Increment(ctx context.Context, key string, ttl time.Duration) (int64, error)
}

// Secondary counts requests in secondary storage. Windows are fixed: one begins with the first request
// and refused requests count, too, as in Better Auth 1.7.5.
type Secondary struct{ storage Incrementer }

// NewSecondary returns the counters in storage.
func NewSecondary(storage Incrementer) Secondary { return Secondary{storage} }

// Consume implements web.Store.
func (s Secondary) Consume(ctx context.Context, key string, window time.Duration, limit int) (allowed bool, retryAfter int, err error) {
	count, err := s.storage.Increment(ctx, key, window)
	if err != nil || count <= int64(limit) {
		return err == nil, 0, err
	}
	return false, int((window + time.Second - 1) / time.Second), nil
}
