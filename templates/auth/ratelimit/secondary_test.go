package ratelimit_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/ratelimit"
)

// storage counts, or fails.
type storage struct {
	counts map[string]int64
	ttl    time.Duration
	err    error
}

func (s *storage) Increment(_ context.Context, key string, ttl time.Duration) (int64, error) {
	s.counts[key]++
	s.ttl = ttl
	return s.counts[key], s.err
}

func TestSecondary(t *testing.T) {
	s := &storage{counts: map[string]int64{}}
	counters := ratelimit.NewSecondary(s)
	for i, want := range []bool{true, true, false, false} {
		allowed, retry, err := counters.Consume(t.Context(), "192.0.2.1|/ok", 9500*time.Millisecond, 2)
		if err != nil || allowed != want || !want && retry != 10 {
			t.Errorf("request %d: %v after %d, %v", i+1, allowed, retry, err)
		}
	}
	if s.counts["192.0.2.1|/ok"] != 4 || s.ttl != 9500*time.Millisecond {
		t.Errorf("counted %v for %v", s.counts, s.ttl)
	}
}

// security: 50
func TestSecondaryFailsClosed(t *testing.T) {
	down := &storage{counts: map[string]int64{}, err: errors.New("storage is down")}
	if allowed, _, err := ratelimit.NewSecondary(down).Consume(t.Context(), "k", time.Second, 5); allowed || err == nil {
		t.Errorf("%v, %v", allowed, err)
	}
}
