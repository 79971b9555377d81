package redis

import (
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// open returns the storage of TEST_REDIS_URL and a key nobody else uses.
func open(t *testing.T) (*Storage, string) {
	t.Helper()
	url := os.Getenv("TEST_REDIS_URL")
	if url == "" {
		if os.Getenv("CI_SERVICES") == "1" {
			t.Fatal("TEST_REDIS_URL is not set")
		}
		t.Skip("TEST_REDIS_URL is not set")
	}
	s, err := Open(url)
	if err != nil {
		t.Fatal(err)
	}
	key := "test-" + secure.ID()
	t.Cleanup(func() {
		_ = s.Delete(t.Context(), key)
		_ = s.Close()
	})
	return s, key
}

func TestValues(t *testing.T) {
	s, key := open(t)
	ctx := t.Context()
	if _, ok, err := s.Get(ctx, key); ok || err != nil {
		t.Errorf("found nothing: %v, %v", ok, err)
	}
	if err := s.Set(ctx, key, "a\u2028b", time.Minute); err != nil {
		t.Fatal(err)
	}
	if value, ok, err := s.Get(ctx, key); value != "a\u2028b" || !ok || err != nil {
		t.Errorf("Get = %q, %v, %v", value, ok, err)
	}
	if ttl := s.redis.TTL(ctx, key).Val(); ttl != time.Minute {
		t.Errorf("lives %s", ttl)
	}
	if err := s.Delete(ctx, key); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := s.Get(ctx, key); ok || err != nil {
		t.Errorf("after Delete: %v, %v", ok, err)
	}
}

// security: 28
func TestGetAndDeleteIsAtomic(t *testing.T) {
	s, key := open(t)
	if err := s.Set(t.Context(), key, "once", time.Minute); err != nil {
		t.Fatal(err)
	}
	var got atomic.Int32
	together(50, func() {
		if value, ok, err := s.GetAndDelete(t.Context(), key); err != nil {
			t.Error(err)
		} else if ok && value == "once" {
			got.Add(1)
		}
	})
	if got.Load() != 1 {
		t.Errorf("%d callers got the value", got.Load())
	}
}

// security: 26
func TestIncrementIsAtomic(t *testing.T) {
	s, key := open(t)
	var sum atomic.Int64
	together(50, func() {
		count, err := s.Increment(t.Context(), key, 400*time.Millisecond)
		if err != nil {
			t.Error(err)
		}
		sum.Add(count)
	})
	if sum.Load() != 50*51/2 {
		t.Errorf("counts add up to %d", sum.Load())
	}
	time.Sleep(500 * time.Millisecond) // later calls did not prolong it
	if count, err := s.Increment(t.Context(), key, time.Minute); count != 1 || err != nil {
		t.Errorf("after its end: %d, %v", count, err)
	}
}

// security: 18, 50
func TestServerThatIsDown(t *testing.T) {
	s, err := Open("redis://:hunter2@127.0.0.1:1/0")
	if err != nil {
		t.Fatal(err)
	}
	if _, ok, err := s.Get(t.Context(), "key"); ok || err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("Get: %v, %v", ok, err)
	}
	if _, err := s.Increment(t.Context(), "key", time.Second); err == nil {
		t.Error("Increment succeeded")
	}
}

func TestURLs(t *testing.T) {
	for _, url := range []string{"", "localhost:6379", "http://hunter2@host", "redis://:hunter2@host/x/y"} {
		if _, err := Open(url); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("Open(%q): %v", url, err)
		}
	}
}

func together(n int, do func()) {
	var calls sync.WaitGroup
	for range n {
		calls.Go(do)
	}
	calls.Wait()
}
