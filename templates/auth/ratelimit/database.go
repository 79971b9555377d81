package ratelimit

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// Database counts requests in table rateLimit. Any number of processes may share it. The window runs
// from the last request that was let through, as it does in memory.
type Database struct {
	store   Store
	now     func() time.Time
	longest atomic.Int64 // window seen, in milliseconds
	pruned  atomic.Int64 // last time, in milliseconds since 1970
}

// NewDatabase returns the counters in store. It reads the time from now.
func NewDatabase(store Store, now func() time.Time) *Database {
	return &Database{store: store, now: now}
}

// maxKey is the length of the key's column on MySQL. A key ends in the path, which may be longer.
const maxKey = 255

// rounds is how often a request asks again when its counter changes under its hands.
const rounds = 8

// Consume implements web.Store. A counter that exists costs one statement.
func (d *Database) Consume(ctx context.Context, key string, window time.Duration, limit int) (allowed bool, retryAfter int, err error) {
	d.remember(window)
	if len(key) > maxKey {
		key = secure.HashKey(key)
	}
	for range rounds {
		now := d.now().UnixMilli()
		counted, err := d.store.CountRequest(ctx, key, now, now-window.Milliseconds(), int64(limit))
		if err != nil || counted > 0 {
			return err == nil, 0, err
		}
		last, err := d.store.LastRequest(ctx, key, int64(limit))
		switch {
		case errors.Is(err, model.ErrNotFound): // there was no counter; others may have made it since
			err = d.store.InsertRequest(ctx, secure.ID(), key, 1, now)
			if !errors.Is(err, model.ErrConflict) {
				return err == nil, 0, err
			}
		case err != nil:
			return false, 0, err
		case last > now-window.Milliseconds():
			return false, secondsUp(last + window.Milliseconds() - now), nil
		}
	}
	return false, 0, fmt.Errorf("the counter changed %d times meanwhile", rounds)
}

// pruneInterval is how often, at most, one process looks for counters that have run out.
const pruneInterval = time.Minute

// PruneDue reports, to one caller an interval, that it is time for Prune.
func (d *Database) PruneDue() bool {
	now, last := d.now().UnixMilli(), d.pruned.Load()
	return now-last >= pruneInterval.Milliseconds() && d.pruned.CompareAndSwap(last, now)
}

// Prune deletes counters that no window can reach any more.
func (d *Database) Prune(ctx context.Context) error {
	_, err := d.store.DeleteRequestsBefore(ctx, d.now().UnixMilli()-d.longest.Load())
	return err
}

// remember keeps the longest window: counters of it must outlive all others.
func (d *Database) remember(window time.Duration) {
	for {
		longest := d.longest.Load()
		if window.Milliseconds() <= longest || d.longest.CompareAndSwap(longest, window.Milliseconds()) {
			return
		}
	}
}

// secondsUp rounds milliseconds up, so that a client who waits them is let in.
func secondsUp(milliseconds int64) int { return int((milliseconds + 999) / 1000) }
