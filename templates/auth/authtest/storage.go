package authtest

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// Storage is secondary storage in memory. Values expire by the server's clock. Give it to servers with
// WithStorage.
type Storage struct {
	mu     sync.Mutex
	values map[string]storedValue
	down   bool
	now    func() time.Time
}

var _ core.SecondaryStorage = (*Storage)(nil)

type storedValue struct {
	text    string
	count   int64
	expires time.Time // zero: never
}

var errStorageDown = errors.New("storage is down")

// WithStorage gives the server secondary storage.
func WithStorage(storage *Storage) Option {
	return func(s *setup) {
		s.config.SecondaryStorage = storage
		s.storage = storage
	}
}

// Fail makes every method fail from now on, or work again.
func (s *Storage) Fail(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
}

// Keys returns the keys in use, sorted.
func (s *Storage) Keys() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.values, func(_ string, v storedValue) bool { return s.ended(v) })
	return slices.Sorted(maps.Keys(s.values))
}

// TTL returns how long a key has left; 0 when it is not there or does not expire.
func (s *Storage) TTL(key string) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v, ok := s.values[key]; ok && !v.expires.IsZero() {
		return v.expires.Sub(s.now())
	}
	return 0
}

// Get implements core.SecondaryStorage.
func (s *Storage) Get(_ context.Context, key string) (string, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, err := s.value(key)
	return v.text, v.text != "", err
}

// Set implements core.SecondaryStorage.
func (s *Storage) Set(_ context.Context, key, value string, ttl time.Duration) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		return errStorageDown
	}
	s.put(key, storedValue{text: value}, ttl)
	return nil
}

// Delete implements core.SecondaryStorage.
func (s *Storage) Delete(_ context.Context, key string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		return errStorageDown
	}
	delete(s.values, key)
	return nil
}

// GetAndDelete implements core.SecondaryStorage.
func (s *Storage) GetAndDelete(_ context.Context, key string) (string, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, err := s.value(key)
	if err == nil {
		delete(s.values, key)
	}
	return v.text, v.text != "", err
}

// Increment implements core.SecondaryStorage.
func (s *Storage) Increment(_ context.Context, key string, ttl time.Duration) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, err := s.value(key)
	if err != nil {
		return 0, err
	}
	if v.count == 0 {
		s.put(key, storedValue{count: 1}, ttl)
		return 1, nil
	}
	v.count++
	s.values[key] = v
	return v.count, nil
}

func (s *Storage) put(key string, v storedValue, ttl time.Duration) {
	if s.values == nil {
		s.values = map[string]storedValue{}
	}
	if ttl > 0 {
		v.expires = s.now().Add(ttl)
	}
	s.values[key] = v
}

func (s *Storage) value(key string) (storedValue, error) {
	v := s.values[key]
	switch {
	case s.down:
		return storedValue{}, errStorageDown
	case s.ended(v):
		return storedValue{}, nil
	}
	return v, nil
}

func (s *Storage) ended(v storedValue) bool { return !v.expires.IsZero() && !v.expires.After(s.now()) }
