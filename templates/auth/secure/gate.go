package secure

import (
	"context"
	"errors"
	"runtime"
	"time"
)

// ErrBusy reports that no hashing slot became free in time. Servers answer 503.
var ErrBusy = errors.New("too many passwords are being hashed")

const (
	defaultMemory = 256 << 20
	// Each hash leaves its memory behind as garbage, and with GOGC at its default
	// the heap may hold as much of it as is in use: every byte counts twice.
	garbage = 2
	// One core computes about ten scrypt hashes a second, so two cores work off
	// a burst of 200 sign-ins within this time.
	defaultWait = 15 * time.Second
)

// Gate bounds how many password hashes run at once. One scrypt hash takes
// 32 MiB, so without a bound a hundred simultaneous sign-ins would take 3 GiB,
// and let as much garbage stand.
type Gate struct {
	turn     chan struct{} // held while collecting slots, keeps waiters in order
	slots    chan struct{}
	slotSize int64
	wait     time.Duration
}

// GateOptions sizes a Gate. Zero values choose the defaults.
type GateOptions struct {
	// Memory is about what hashing may add to the process, in bytes (256 MiB).
	Memory int64
	// Limit is how many hashes may run at once: by default one for each
	// processor, or fewer when Memory does not hold as many scrypt hashes.
	Limit int
	// Wait is how long a hash may queue before it fails with ErrBusy (15 s).
	Wait time.Duration
}

// NewGate returns a gate of the given size.
func NewGate(o GateOptions) *Gate {
	if o.Memory <= 0 {
		o.Memory = defaultMemory
	}
	if o.Limit <= 0 {
		o.Limit = min(runtime.GOMAXPROCS(0), int(o.Memory/(garbage*scryptMemory)))
	}
	if o.Wait <= 0 {
		o.Wait = defaultWait
	}
	limit := max(o.Limit, 1)
	return &Gate{
		turn:     make(chan struct{}, 1),
		slots:    make(chan struct{}, limit),
		slotSize: max(o.Memory/int64(limit), 1),
		wait:     o.Wait,
	}
}

// Do runs work, which takes memory bytes, as soon as there is room. It fails
// with ErrBusy after the gate's waiting time and with the context's error when
// that ends first. Once started, work is not interrupted.
func (g *Gate) Do(ctx context.Context, memory int64, work func()) error {
	n := g.slotsFor(memory)
	if err := g.acquire(ctx, n); err != nil {
		return err
	}
	defer g.release(n)
	work()
	return nil
}

// slotsFor lets a hash dearer than one slot, such as an imported one, take the
// room of several. It never asks for more than there are.
func (g *Gate) slotsFor(memory int64) int {
	n := (garbage*memory + g.slotSize - 1) / g.slotSize
	return int(min(max(n, 1), int64(cap(g.slots))))
}

func (g *Gate) acquire(ctx context.Context, n int) error {
	ctx, cancel := context.WithTimeoutCause(ctx, g.wait, ErrBusy)
	defer cancel()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	select {
	case g.turn <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	// Only the holder of the turn collects slots. Two callers collecting at
	// once could each hold what the other lacks and wait for ever.
	defer func() { <-g.turn }()
	for taken := range n {
		select {
		case g.slots <- struct{}{}:
		case <-ctx.Done():
			g.release(taken)
			return context.Cause(ctx)
		}
	}
	return nil
}

func (g *Gate) release(n int) {
	for range n {
		<-g.slots
	}
}
