package secure

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// security: 7
func TestGateNeverExceedsItsLimit(t *testing.T) {
	const limit, callers = 3, 200
	gate := NewGate(GateOptions{Limit: limit, Wait: time.Minute})

	var running, peak atomic.Int64
	var group sync.WaitGroup
	for range callers {
		group.Go(func() {
			err := gate.Do(t.Context(), scryptMemory, func() {
				now := running.Add(1)
				for old := peak.Load(); now > old && !peak.CompareAndSwap(old, now); old = peak.Load() {
				}
				time.Sleep(time.Millisecond)
				running.Add(-1)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if got := peak.Load(); got != limit {
		t.Errorf("at most %d ran at once, want %d", got, limit)
	}
}

// security: 7
func TestGateCountsMemory(t *testing.T) {
	const slot = 1 << 20
	gate := NewGate(GateOptions{Limit: 4, Memory: 4 * slot, Wait: time.Minute})

	var used, peak atomic.Int64
	var group sync.WaitGroup
	for i := range 120 {
		memory := int64(i%4+1) * slot
		group.Go(func() {
			_ = gate.Do(t.Context(), memory, func() {
				now := used.Add(memory)
				for old := peak.Load(); now > old && !peak.CompareAndSwap(old, now); old = peak.Load() {
				}
				time.Sleep(time.Millisecond)
				used.Add(-memory)
			})
		})
	}
	group.Wait()
	if got := peak.Load(); got > 4*slot || got == 0 {
		t.Errorf("peak %d bytes, allowed %d", got, 4*slot)
	}
}

func TestGateRunsWorkDearerThanItsBudget(t *testing.T) {
	gate := NewGate(GateOptions{Limit: 2, Memory: 1024, Wait: time.Second})
	ran := false
	if err := gate.Do(t.Context(), 1<<30, func() { ran = true }); err != nil || !ran {
		t.Errorf("ran %v, error %v", ran, err)
	}
}

// occupy fills a gate of one slot and returns the function that frees it.
func occupy(t *testing.T, gate *Gate) (free func()) {
	t.Helper()
	started, stop, done := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		_ = gate.Do(context.Background(), 1, func() { close(started); <-stop })
	}()
	<-started
	return sync.OnceFunc(func() { close(stop); <-done })
}

func TestGateBusy(t *testing.T) {
	gate := NewGate(GateOptions{Limit: 1, Wait: 20 * time.Millisecond})
	free := occupy(t, gate)
	defer free()

	err := gate.Do(t.Context(), 1, func() { t.Error("work ran without a slot") })
	if !errors.Is(err, ErrBusy) {
		t.Errorf("error %v, want ErrBusy", err)
	}
	free()
	if err := gate.Do(t.Context(), 1, func() {}); err != nil {
		t.Errorf("after the slot was freed: %v", err)
	}
}

func TestGateHonoursCancellation(t *testing.T) {
	gate := NewGate(GateOptions{Limit: 1, Wait: time.Minute})
	free := occupy(t, gate)
	defer free()

	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	if err := gate.Do(ctx, 1, func() { t.Error("work ran") }); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
	free()
	if err := gate.Do(ctx, 1, func() { t.Error("work ran") }); !errors.Is(err, context.Canceled) {
		t.Errorf("ended context with a free slot: %v", err)
	}
}

func TestGateReleasesAfterPanic(t *testing.T) {
	gate := NewGate(GateOptions{Limit: 1, Wait: time.Second})
	func() {
		defer func() { _ = recover() }()
		_ = gate.Do(t.Context(), 1, func() { panic("boom") })
	}()
	if err := gate.Do(t.Context(), 1, func() {}); err != nil {
		t.Errorf("slot lost: %v", err)
	}
}

func TestGateDefaults(t *testing.T) {
	gate := NewGate(GateOptions{})
	if want := min(runtime.GOMAXPROCS(0), 4); cap(gate.slots) != want {
		t.Errorf("%d slots, want %d", cap(gate.slots), want)
	}
	if int64(cap(gate.slots))*gate.slotSize > defaultMemory {
		t.Errorf("%d slots of %d bytes exceed the budget", cap(gate.slots), gate.slotSize)
	}
}
