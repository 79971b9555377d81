package authtest

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"slices"
	"testing"
	"time"
)

// WithSlowHasher hashes passwords in a few milliseconds, so that a request that does not hash is seen to be
// faster. SameTime needs it.
func WithSlowHasher() Option { return WithHasher(slowHasher{}) }

// slowHasher does the same work for each password.
type slowHasher struct{}

func (slowHasher) Hash(_ context.Context, password string) (string, error) {
	sum := sha256.Sum256([]byte(password))
	for range 20000 {
		sum = sha256.Sum256(sum[:])
	}
	return hex.EncodeToString(sum[:]), nil
}

func (h slowHasher) Verify(ctx context.Context, password, hash string) (bool, error) {
	ours, err := h.Hash(ctx, password)
	return subtle.ConstantTimeCompare([]byte(ours), []byte(hash)) == 1, err
}

func (slowHasher) NeedsRehash(string) bool { return false }

const (
	timedPairs  = 61 // of calls that follow each other, so that both see the same load of the machine
	timedRounds = 3  // a difference that is in the code is in each
	// Ranks of the confidence interval, 99 %, of the median of that many differences: 61/2 ± 2.576 √61/2.
	lowRank, highRank = 20, 40
)

// SameTime fails a test when two calls do not take equally long: when, in each of some rounds, the whole
// confidence interval of the median difference is further from nothing than a quarter of a call. A machine that
// is busy with other things makes the interval wide, not the test fail.
func SameTime(t testing.TB, a, b func()) {
	t.Helper()
	var low, high, bound time.Duration
	for range timedRounds {
		var differences, times []time.Duration
		for i := range timedPairs {
			x, y := timed(a, b, i%2 == 1)
			differences, times = append(differences, x-y), append(times, max(x, y))
		}
		slices.Sort(differences)
		slices.Sort(times)
		low, high, bound = differences[lowRank], differences[highRank], times[timedPairs/2]/4
		if low < bound && high > -bound {
			return
		}
	}
	t.Errorf("the times differ by %s to %s, want less than %s", low, high, bound)
}

// timed returns how long a and b take, one after the other.
func timed(a, b func(), swap bool) (ofA, ofB time.Duration) {
	if swap {
		a, b = b, a
	}
	start := time.Now()
	a()
	middle := time.Now()
	b()
	ofA, ofB = middle.Sub(start), time.Since(middle)
	if swap {
		return ofB, ofA
	}
	return ofA, ofB
}
