// Package stores_test holds what all three stores have to keep to while requests meet in them.
package stores_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/ratelimit"
	mysql "github.com/betterauth-gen/betterauth-gen/templates/stores/mysql/storetest"
	postgres "github.com/betterauth-gen/betterauth-gen/templates/stores/postgres/storetest"
	sqlite "github.com/betterauth-gen/betterauth-gen/templates/stores/sqlite/storetest"
)

// requests is how many come at once.
const requests = 60

// Two limiters on one database let exactly the limit through, and no less while there is room: with a
// counter yet to be made, one that exists, and one whose window has passed.
//
// security: 26
func TestRequestsAreCountedExactly(t *testing.T) {
	for name, open := range map[string]func(testing.TB) ratelimit.Store{
		"sqlite":   func(t testing.TB) ratelimit.Store { return sqlite.NewShared(t) },
		"postgres": func(t testing.TB) ratelimit.Store { return postgres.NewShared(t) },
		"mysql":    func(t testing.TB) ratelimit.Store { return mysql.NewShared(t) },
	} {
		t.Run(name, func(t *testing.T) {
			for _, limit := range []int{7, requests} {
				countExactly(t, open(t), limit)
			}
		})
	}
}

func countExactly(t *testing.T, store ratelimit.Store, limit int) {
	t.Helper()
	now := time.Unix(1_800_000_000, 0)
	clock := func() time.Time { return now }
	limiters := []*ratelimit.Database{ratelimit.NewDatabase(store, clock), ratelimit.NewDatabase(store, clock)}
	for _, round := range []struct {
		wait time.Duration
		want int
	}{{0, limit}, {time.Second, 0}, {time.Minute, limit}} {
		now = now.Add(round.wait)
		var allowed atomic.Int64
		authtest.Together(requests, func(i int) {
			ok, retry, err := limiters[i%2].Consume(t.Context(), "192.0.2.1|/ok", time.Minute, limit)
			if err != nil || !ok && (retry < 1 || retry > 60) {
				t.Errorf("retry after %d, %v", retry, err)
			}
			if ok {
				allowed.Add(1)
			}
		})
		if got := int(allowed.Load()); got != round.want {
			t.Errorf("limit %d after %v: %d of %d allowed, want %d", limit, round.wait, got, requests, round.want)
		}
	}
}
