package ratelimit_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/ratelimit"
)

// rows returns an empty database that counts requests.
func rows(t *testing.T, options ...authtest.Option) ratelimit.Store {
	t.Helper()
	store, ok := any(authtest.New(t, options...).Store).(ratelimit.Store)
	if !ok {
		t.Skip("rateLimit.storage is not database")
	}
	return store
}

// The window runs from the last request let through, as in memory.
func TestDatabaseWindow(t *testing.T) {
	type step struct {
		wait    time.Duration
		allowed bool
		retry   int
	}
	for name, steps := range map[string][]step{
		"denied requests do not extend the window": {
			{0, true, 0}, {0, true, 0}, {4 * time.Second, false, 6}, {5500 * time.Millisecond, false, 1}, {500 * time.Millisecond, true, 0},
		},
		"a trickle never starts a new count": {
			{0, true, 0}, {9 * time.Second, true, 0}, {9 * time.Second, false, 1}, {time.Second, true, 0}, {0, true, 0}, {0, false, 10},
		},
	} {
		t.Run(name, func(t *testing.T) {
			now := time.Unix(1_800_000_000, 0)
			counters := ratelimit.NewDatabase(rows(t), func() time.Time { return now })
			for i, step := range steps {
				now = now.Add(step.wait)
				allowed, retry, err := counters.Consume(t.Context(), "192.0.2.1|/sign-in/email", 10*time.Second, 2)
				if err != nil || allowed != step.allowed || retry != step.retry {
					t.Errorf("step %d: %v after %d, %v", i+1, allowed, retry, err)
				}
			}
		})
	}
}

// Two processes on one database let through what one would: not more, and no less while there is room.
//
// security: 26
func TestDatabaseIsExact(t *testing.T) {
	for _, limit := range []int64{7, 60} {
		store := rows(t, authtest.WithSharedStore())
		processes := []*ratelimit.Database{ratelimit.NewDatabase(store, time.Now), ratelimit.NewDatabase(store, time.Now)}
		var allowed atomic.Int64
		authtest.Together(60, func(i int) {
			ok, _, err := processes[i%len(processes)].Consume(t.Context(), "192.0.2.1|/ok", time.Hour, int(limit))
			if err != nil {
				t.Error(err)
			}
			if ok {
				allowed.Add(1)
			}
		})
		if got := allowed.Load(); got != limit {
			t.Errorf("%d of 60 allowed, want %d", got, limit)
		}
	}
}

// A path may be longer than the column of the key.
func TestDatabaseLongKeys(t *testing.T) {
	counters := ratelimit.NewDatabase(rows(t), time.Now)
	long := make([]byte, 5000)
	for i := range long {
		long[i] = 'a'
	}
	for _, want := range []bool{true, false} {
		if allowed, _, err := counters.Consume(t.Context(), "192.0.2.1|/"+string(long), time.Hour, 1); err != nil || allowed != want {
			t.Errorf("allowed: %v, %v", allowed, err)
		}
	}
}

func TestPrune(t *testing.T) {
	store := rows(t)
	now := time.Unix(1_800_000_000, 0)
	counters := ratelimit.NewDatabase(store, func() time.Time { return now })
	consume := func(key string, window time.Duration) {
		t.Helper()
		if _, _, err := counters.Consume(t.Context(), key, window, 1); err != nil {
			t.Fatal(err)
		}
	}
	consume("short", time.Second)
	consume("long", time.Minute)
	if !counters.PruneDue() || counters.PruneDue() {
		t.Error("pruning is not due once an interval")
	}
	now = now.Add(time.Minute)
	consume("new", time.Second)
	now = now.Add(time.Second)
	if !counters.PruneDue() {
		t.Error("pruning is not due after a minute")
	}
	if err := counters.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	for key, kept := range map[string]bool{"short": false, "long": false, "new": true} {
		if _, err := store.LastRequest(t.Context(), key, 1); (err == nil) != kept {
			t.Errorf("%s: %v", key, err)
		}
	}
}
