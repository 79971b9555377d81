package core

import (
	"context"
	"sync"
	"sync/atomic"
)

// openGuesses are the guesses at passwords this process has not yet decided and recorded. They count as
// failures, so that a burst of requests cannot guess more often than a row of them.
type openGuesses struct {
	mu     sync.Mutex
	queues map[string]*guessQueue
}

// guessQueue lets a few guesses at one name be open; others wait for their turn.
type guessQueue struct {
	open  chan struct{}
	users int // waiting or open
}

// openLimit is how many guesses at one name may be open: enough for a user with many devices, and few
// enough to leave most of the allowed failures to those that have failed.
const openLimit = 8

// A guess is one check of a password.
type guess struct {
	others  int // that were open when it began
	holders atomic.Int32
	release func()
}

// begin waits for its turn to guess at name, or for the end of ctx.
func (g *openGuesses) begin(ctx context.Context, name string, limit int) (*guess, error) {
	queue := g.enter(name, min(max(limit, 1), openLimit))
	select {
	case queue.open <- struct{}{}:
	case <-ctx.Done():
		g.leave(name, queue)
		return nil, ctx.Err()
	}
	opened := &guess{others: len(queue.open) - 1, release: func() {
		<-queue.open
		g.leave(name, queue)
	}}
	opened.hold()
	return opened, nil
}

// hold keeps the guess open until another end.
func (o *guess) hold() { o.holders.Add(1) }

// end gives the turn to the next guess when nobody holds it.
func (o *guess) end() {
	if o.holders.Add(-1) == 0 {
		o.release()
	}
}

func (g *openGuesses) enter(name string, limit int) *guessQueue {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.queues == nil {
		g.queues = map[string]*guessQueue{}
	}
	queue, ok := g.queues[name]
	if !ok {
		queue = &guessQueue{open: make(chan struct{}, limit)}
		g.queues[name] = queue
	}
	queue.users++
	return queue
}

func (g *openGuesses) leave(name string, queue *guessQueue) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if queue.users--; queue.users == 0 {
		delete(g.queues, name)
	}
}
