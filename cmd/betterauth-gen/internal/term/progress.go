package term

import (
	"fmt"
	"sync"
	"time"
)

// progressDelay is how long a step may take before it is worth a line.
const progressDelay = 300 * time.Millisecond

// Progress shows what a command is busy with, on a terminal, when it takes long enough to wonder.
type Progress struct {
	streams *Streams
	mu      sync.Mutex
	timer   *time.Timer
	shown   bool
}

// NewProgress returns a Progress on s.
func NewProgress(s *Streams) *Progress { return &Progress{streams: s} }

// Step announces the next step and takes back the line of the one before.
func (p *Progress) Step(what string) {
	if !p.streams.Progress {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
	p.timer = time.AfterFunc(progressDelay, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.shown = true
		fmt.Fprintf(p.streams.Err, "\r\x1b[K%s", p.streams.Paint(Faint, what+" …"))
	})
}

// Done takes back the last line.
func (p *Progress) Done() {
	if !p.streams.Progress {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
}

func (p *Progress) clear() {
	if p.timer != nil {
		p.timer.Stop()
		p.timer = nil
	}
	if p.shown {
		fmt.Fprint(p.streams.Err, "\r\x1b[K")
		p.shown = false
	}
}
