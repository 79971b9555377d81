package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// clock is a time that tests move on.
type clock struct{ now time.Time }

func newClock() *clock { return &clock{time.Unix(1_800_000_000, 0)} }

func (c *clock) Now() time.Time          { return c.now }
func (c *clock) Advance(d time.Duration) { c.now = c.now.Add(d) }

func TestRateLimitVector(t *testing.T) {
	v := readVectors(t).RateLimit
	store := NewMemoryStore(newClock().Now)
	limiter := NewLimiter(store, Limits{Default: Rule{10 * time.Second, 100}, Special: SpecialRules()})
	r := httptest.NewRequest(http.MethodPost, "/api/auth/sign-in/email", nil)
	r.Header.Set("X-Forwarded-For", v.IP)
	address := ClientIP{}.Resolve(r.Header)

	for i, response := range v.Responses {
		allowed, retry, err := limiter.Allow(r, address, "/sign-in/email")
		if err != nil || allowed != (response.Status != http.StatusTooManyRequests) {
			t.Errorf("request %d: %v, %v", i+1, allowed, err)
		}
		if !allowed && strconv.Itoa(retry) != response.RetryAfter {
			t.Errorf("retry after %d, want %s", retry, response.RetryAfter)
		}
	}
	element, ok := store.counters[v.Key]
	if !ok || element.Value.(*counter).count != v.Count {
		t.Errorf("no counter %q of %d", v.Key, v.Count)
	}
}

func TestMemoryStoreWindow(t *testing.T) {
	type step struct {
		wait    time.Duration
		allowed bool
		retry   int
	}
	tests := map[string][]step{
		"denied requests do not extend the window": {
			{0, true, 0}, {0, true, 0}, {4 * time.Second, false, 6}, {5500 * time.Millisecond, false, 1}, {500 * time.Millisecond, true, 0},
		},
		"a trickle never starts a new count": {
			{0, true, 0}, {9 * time.Second, true, 0}, {9 * time.Second, false, 1}, {time.Second, true, 0}, {0, true, 0}, {0, false, 10},
		},
		"part seconds round up": {
			{0, true, 0}, {0, true, 0}, {time.Millisecond, false, 10}, {8998 * time.Millisecond, false, 2}, {2 * time.Millisecond, false, 1},
		},
	}
	for name, steps := range tests {
		t.Run(name, func(t *testing.T) {
			clock := newClock()
			store := NewMemoryStore(clock.Now)
			for i, step := range steps {
				clock.Advance(step.wait)
				allowed, retry, err := store.Consume(t.Context(), "k", 10*time.Second, 2)
				if err != nil || allowed != step.allowed || retry != step.retry {
					t.Errorf("step %d: %v after %d, %v", i+1, allowed, retry, err)
				}
			}
		})
	}
}

// security: 26
func TestMemoryStoreIsAtomic(t *testing.T) {
	store := NewMemoryStore(newClock().Now)
	var allowed atomic.Int64
	var group sync.WaitGroup
	for range 200 {
		group.Go(func() {
			if ok, _, _ := store.Consume(t.Context(), "k", time.Minute, 7); ok {
				allowed.Add(1)
			}
		})
	}
	group.Wait()
	if got := allowed.Load(); got != 7 {
		t.Errorf("%d of 200 allowed, want 7", got)
	}
}

func TestMemoryStoreIsBounded(t *testing.T) {
	clock := newClock()
	store := NewMemoryStore(clock.Now)
	for i := range maxCounters + 50 {
		_, _, _ = store.Consume(t.Context(), strconv.Itoa(i), time.Minute, 1)
	}
	if len(store.counters) != maxCounters || store.order.Len() != maxCounters {
		t.Fatalf("%d counters, %d in order", len(store.counters), store.order.Len())
	}
	if allowed, _, _ := store.Consume(t.Context(), strconv.Itoa(maxCounters), time.Minute, 1); allowed {
		t.Error("a recent counter was forgotten")
	}
	clock.Advance(time.Minute)
	if allowed, _, _ := store.Consume(t.Context(), "new", time.Minute, 1); !allowed || len(store.counters) != 1 {
		t.Errorf("%d counters left after their windows", len(store.counters))
	}
}

func TestRulePrecedence(t *testing.T) {
	r := httptest.NewRequest(http.MethodPost, "/", nil)
	rule := func(n int) Rule { return Rule{time.Minute, n} }
	limiter := NewLimiter(NewMemoryStore(newClock().Now), Limits{
		Default: rule(1),
		Special: SpecialRules(),
		Plugins: []PathRule{
			{Prefixes: []string{"/sign-in/magic-link"}, Rule: rule(5)},
			{Prefixes: []string{"/sign-in/magic"}, Rule: rule(6)},
			{Paths: []string{"/device"}, Rule: rule(7)},
		},
		Custom: []CustomRule{
			{Path: "/device", Rule: rule(8)},
			{Path: "/free/**", Unlimited: true},
			{Path: "/org/*/members", Rule: rule(9)},
			{Path: "/org/**", Rule: rule(10)},
			{Path: "/decide", Decide: func(_ *http.Request, given Rule) (Rule, bool) { return rule(given.Max + 10), true }},
			{Path: "/decide/*", Decide: func(*http.Request, Rule) (Rule, bool) { return Rule{}, false }},
			{Path: "/sign-up/email", Rule: rule(11)},
		},
	})
	tests := []struct {
		path    string
		max     int
		limited bool
	}{
		{"/get-session", 1, true},
		{"/sign-in/email", 3, true},
		{"/sign-insane", 3, true},
		{"/forget-password/email-otp", 3, true},
		{"/request-password-reset", 3, true},
		{"/request-password-reset/x", 1, true},
		{"/sign-in/magic-link", 5, true},
		{"/sign-in/magic", 6, true},
		{"/device", 8, true},
		{"/device/code", 1, true},
		{"/free/a/b", 0, false},
		{"/org/1/members", 9, true},
		{"/org/1/teams/2", 10, true},
		{"/decide", 11, true},
		{"/decide/x", 0, false},
		{"/sign-up/email", 11, true},
	}
	for _, tt := range tests {
		got, limited := limiter.ruleFor(r, tt.path)
		if limited != tt.limited || limited && got.Max != tt.max {
			t.Errorf("%s: %+v, %v", tt.path, got, limited)
		}
	}
	for range 3 {
		if allowed, _, err := limiter.Allow(r, "a", "/free/x"); !allowed || err != nil {
			t.Error("an unlimited path is limited")
		}
	}
}

func TestLimiterKeys(t *testing.T) {
	r := httptest.NewRequest(http.MethodPost, "/", nil)
	limiter := NewLimiter(NewMemoryStore(newClock().Now), Limits{Default: Rule{time.Minute, 1}})
	for _, step := range []struct {
		address, path string
		want          bool
	}{
		{"a", "/x", true}, {"a", "/x", false}, {"b", "/x", true}, {"a", "/y", true},
		{"", "/x", true}, {"no-trusted-ip", "/x", false},
	} {
		if allowed, _, err := limiter.Allow(r, step.address, step.path); err != nil || allowed != step.want {
			t.Errorf("%q %s: %v, %v", step.address, step.path, allowed, err)
		}
	}
}

type brokenStore struct{}

var errBroken = errors.New("store is down")

func (brokenStore) Consume(context.Context, string, time.Duration, int) (bool, int, error) {
	return true, 0, errBroken
}

// security: 50
func TestLimiterFailsClosed(t *testing.T) {
	r := httptest.NewRequest(http.MethodPost, "/", nil)
	allowed, _, err := NewLimiter(brokenStore{}, Limits{}).Allow(r, "a", "/x")
	if allowed || !errors.Is(err, errBroken) {
		t.Errorf("%v, %v", allowed, err)
	}
}
