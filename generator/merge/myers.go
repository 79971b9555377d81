package merge

import "math"

// maxSteps bounds the search on hostile input. Past it the remaining ranges
// count as changed whole: still a correct edit script, only a coarser one,
// which can turn a clean merge into a conflict but never the reverse.
const maxSteps = 20_000_000

// differ finds a shortest edit script with the linear-space algorithm of
// E. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986). The
// result is delA (lines of a that go) and insB (lines of b that come).
type differ struct {
	a, b       []int
	delA, insB []bool
}

func (d *differ) run() {
	a, b := alsoIn(d.a, d.b, d.delA), alsoIn(d.b, d.a, d.insB)
	size := len(a.ids) + len(b.ids) + 3
	s := search{
		a: a, b: b,
		fwd: make([]int, size), bwd: make([]int, size),
		zero:  len(b.ids) + 1,
		steps: maxSteps,
	}
	s.compare(0, len(a.ids), 0, len(b.ids))
}

// sequence is the lines of a file that also occur in the other one; the rest
// cannot be common and is marked changed at once.
type sequence struct {
	ids     []int
	at      []int // index in the file
	changed []bool
}

func alsoIn(file, other []int, changed []bool) sequence {
	seen := make([]bool, len(file)+len(other)) // lines are numbered from 0
	for _, id := range other {
		seen[id] = true
	}
	s := sequence{changed: changed, ids: make([]int, 0, len(file)), at: make([]int, 0, len(file))}
	for i, id := range file {
		if !seen[id] {
			changed[i] = true
			continue
		}
		s.ids, s.at = append(s.ids, id), append(s.at, i)
	}
	return s
}

func (s sequence) mark(lo, hi int) {
	for _, i := range s.at[lo:hi] {
		s.changed[i] = true
	}
}

// search holds, for every diagonal x-y, how far an edit path from the start
// (fwd) and from the end (bwd) has come. Index zero is diagonal 0.
type search struct {
	a, b     sequence
	fwd, bwd []int
	zero     int
	steps    int
}

func (s *search) compare(aLo, aHi, bLo, bHi int) {
	a, b := s.a.ids, s.b.ids
	for aLo < aHi && bLo < bHi && a[aLo] == b[bLo] {
		aLo, bLo = aLo+1, bLo+1
	}
	for aLo < aHi && bLo < bHi && a[aHi-1] == b[bHi-1] {
		aHi, bHi = aHi-1, bHi-1
	}
	if aLo == aHi || bLo == bHi {
		s.a.mark(aLo, aHi)
		s.b.mark(bLo, bHi)
		return
	}
	x, y, ok := s.middle(aLo, aHi, bLo, bHi)
	if !ok {
		s.a.mark(aLo, aHi)
		s.b.mark(bLo, bHi)
		return
	}
	s.compare(aLo, x, bLo, y)
	s.compare(x, aHi, y, bHi)
}

// reach is the range of diagonals one direction of the search has got to.
type reach struct{ lo, hi int }

// widen moves the range one edit outwards within [min, max]. A diagonal just
// outside gets the value blocked, so that no path is taken from there.
func (r *reach) widen(row []int, zero, min, max, blocked int) {
	if r.lo > min {
		r.lo--
		row[zero+r.lo-1] = blocked
	} else {
		r.lo++
	}
	if r.hi < max {
		r.hi++
		row[zero+r.hi+1] = blocked
	} else {
		r.hi--
	}
}

func (r reach) has(diagonal int) bool { return r.lo <= diagonal && diagonal <= r.hi }

// middle searches from both ends at once and returns a point of a shortest
// path where the two searches meet.
func (s *search) middle(aLo, aHi, bLo, bHi int) (x, y int, ok bool) {
	dMin, dMax := aLo-bHi, aHi-bLo
	start, end := aLo-bLo, aHi-bHi
	odd := (start-end)%2 != 0
	f, r := reach{start, start}, reach{end, end}
	s.fwd[s.zero+start], s.bwd[s.zero+end] = aLo, aHi

	for s.steps > 0 {
		f.widen(s.fwd, s.zero, dMin, dMax, -1)
		for d := f.hi; d >= f.lo; d -= 2 {
			x := s.forward(d, aHi, bHi)
			if odd && r.has(d) && s.bwd[s.zero+d] <= x {
				return x, x - d, true
			}
		}
		r.widen(s.bwd, s.zero, dMin, dMax, math.MaxInt)
		for d := r.hi; d >= r.lo; d -= 2 {
			x := s.backward(d, aLo, bLo)
			if !odd && f.has(d) && x <= s.fwd[s.zero+d] {
				return x, x - d, true
			}
		}
		s.steps -= f.hi - f.lo + r.hi - r.lo + 2
	}
	return 0, 0, false
}

func (s *search) forward(d, aHi, bHi int) int {
	a, b, i := s.a.ids, s.b.ids, s.zero+d
	x := s.fwd[i+1]
	if s.fwd[i-1] >= x {
		x = s.fwd[i-1] + 1
	}
	for x < aHi && x-d < bHi && a[x] == b[x-d] {
		x++
	}
	s.fwd[i] = x
	return x
}

func (s *search) backward(d, aLo, bLo int) int {
	a, b, i := s.a.ids, s.b.ids, s.zero+d
	x := s.bwd[i-1]
	if x >= s.bwd[i+1] {
		x = s.bwd[i+1] - 1
	}
	for x > aLo && x-d > bLo && a[x-1] == b[x-d-1] {
		x--
	}
	s.bwd[i] = x
	return x
}
