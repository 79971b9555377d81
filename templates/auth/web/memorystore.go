package web

import (
	"container/list"
	"context"
	"sync"
	"time"
)

// maxCounters bounds the memory that clients with many addresses can take.
const maxCounters = 100_000

// MemoryStore counts requests in the memory of one process. It is safe for
// concurrent use.
type MemoryStore struct {
	now      func() time.Time
	mu       sync.Mutex
	counters map[string]*list.Element // of *counter
	order    *list.List               // by last allowed request, the oldest first
}

var _ Store = (*MemoryStore)(nil)

type counter struct {
	key     string
	count   int
	last    time.Time // of the last allowed request
	expires time.Time
}

// NewMemoryStore returns an empty store that reads the time from now.
func NewMemoryStore(now func() time.Time) *MemoryStore {
	return &MemoryStore{now: now, counters: map[string]*list.Element{}, order: list.New()}
}

// Consume implements Store. The window runs from the last allowed request:
// denied ones do not extend it, but a steady trickle never starts a new count.
func (s *MemoryStore) Consume(_ context.Context, key string, window time.Duration, limit int) (allowed bool, retryAfter int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()

	now := s.now()
	s.prune(now)
	element, ok := s.counters[key]
	if !ok {
		s.add(&counter{key: key, count: 1, last: now, expires: now.Add(window)})
		return true, 0, nil
	}
	c := element.Value.(*counter)
	ends := c.last.Add(window)
	switch {
	case !now.Before(ends) || !now.Before(c.expires):
		c.count = 1
	case c.count >= limit:
		return false, secondsUp(ends.Sub(now)), nil
	default:
		c.count++
	}
	c.last, c.expires = now, now.Add(window)
	s.order.MoveToBack(element)
	return true, 0, nil
}

func (s *MemoryStore) add(c *counter) {
	if s.order.Len() >= maxCounters {
		s.remove(s.order.Front())
	}
	s.counters[c.key] = s.order.PushBack(c)
}

// prune forgets the counters that have run out at the old end of the order.
// One with a long window may hide shorter ones behind it; those go with it, or
// when the store is full.
func (s *MemoryStore) prune(now time.Time) {
	for e := s.order.Front(); e != nil && !now.Before(e.Value.(*counter).expires); e = s.order.Front() {
		s.remove(e)
	}
}

func (s *MemoryStore) remove(e *list.Element) {
	delete(s.counters, e.Value.(*counter).key)
	s.order.Remove(e)
}

// secondsUp rounds to whole seconds so that a client waiting them is let in.
func secondsUp(d time.Duration) int {
	return int((d + time.Second - 1) / time.Second)
}
