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

// Two limiters on one database let exactly the limit through: with a counter yet to be made, one that
// exists, and one whose window has passed.
//
// security: 26
func TestRequestsAreCountedExactly(t *testing.T) {
	const limit, requests = 7, 60
	for name, open := range map[string]func(testing.TB) ratelimit.Store{
		"sqlite":   func(t testing.TB) ratelimit.Store { return sqlite.NewShared(t) },
		"postgres": func(t testing.TB) ratelimit.Store { return postgres.NewShared(t) },
		"mysql":    func(t testing.TB) ratelimit.Store { return mysql.NewShared(t) },
	} {
		t.Run(name, func(t *testing.T) {
			store := open(t)
			now := time.Unix(1_800_000_000, 0)
			clock := func() time.Time { return now }
			limiters := []*ratelimit.Database{ratelimit.NewDatabase(store, clock), ratelimit.NewDatabase(store, clock)}
			for _, round := range []struct {
				wait time.Duration
				want int64
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
				if got := allowed.Load(); got != round.want {
					t.Errorf("after %v: %d of %d allowed, want %d", round.wait, got, requests, round.want)
				}
			}
		})
	}
}
