// Package merge joins what two sides did to a common text. It climbs a ladder:
// lines, as `git merge` does; where these conflict, declarations; where a
// declaration is not where it was, the package. Wherever there is doubt it
// reports a conflict: a missed merge costs a minute, a wrong one may cost a
// security fix.
//
// The package is pure and never panics on any input.
package merge

import (
	"bytes"
	"cmp"
)

// Side is one file's share of a conflict: the lines [Start, End) counted from
// one, and their text with LF line endings. Start == End means no lines, at
// the place before line Start. File is set when the lines are not of the file
// the conflict is in: a declaration that was moved has come from another one.
type Side struct {
	Start, End int
	Text       []byte
	File       string
}

// Conflict is a region both sides changed, differently. Name is the
// declaration it is in, or "".
type Conflict struct {
	Base, Ours, Theirs Side
	Name               string

	at    span // bytes of Result.Text, markers included
	whole bool // it is all of what Name names, not lines in it
}

// Result of a merge. Without conflicts Text is the merged file. With conflicts
// it holds marked-up regions as `git merge-file --zdiff3` writes them, except
// for binary files, where it is ours unchanged.
type Result struct {
	Text      []byte
	Conflicts []Conflict
}

// Clean reports whether the merge found no conflict.
func (r Result) Clean() bool { return len(r.Conflicts) == 0 }

// Merge applies to ours what changed between base and theirs.
//
// Line endings are not content: lines compare without them, ours' lines keep
// theirs, and lines that come from theirs get the ending ours mostly uses.
// A missing final newline is merged as a fact of its own.
func Merge(base, ours, theirs []byte) Result {
	switch {
	case bytes.Equal(theirs, base), bytes.Equal(theirs, ours):
		return Result{Text: ours}
	case bytes.Equal(ours, base):
		return Result{Text: theirs}
	case isBinary(base), isBinary(ours), isBinary(theirs):
		return binaryConflict(base, ours, theirs)
	}
	b, o, t := split(base), split(ours), split(theirs)
	m := merger{base: b, ours: o, theirs: t, eol: dominantEOL(ours, theirs)}
	for _, r := range regions(b, o, t) {
		m.region(r)
	}
	m.finalNewline()
	return Result{Text: m.out.Bytes(), Conflicts: m.conflicts}
}

// Markers that frame a conflict in Result.Text.
const (
	markOurs   = "<<<<<<< "
	markBase   = "||||||| "
	markSplit  = "======="
	markTheirs = ">>>>>>> "
)

// The labels after the markers, in the words of the person reading them.
const (
	labelOurs   = "yours"
	labelBase   = "before"
	labelTheirs = "new"
)

// HasMarkers reports whether text holds an unresolved conflict: an opening, a
// dividing and a closing marker, each at the start of a line, in that order.
func HasMarkers(text []byte) bool {
	want := 0
	order := [...]string{markOurs, markSplit, markTheirs}
	for _, l := range split(text) {
		isSplit := want == 1 && l.text == markSplit
		if isSplit || want != 1 && bytes.HasPrefix([]byte(l.text), []byte(order[want])) {
			want++
		}
		if want == len(order) {
			return true
		}
	}
	return false
}

type merger struct {
	base, ours, theirs []line
	eol                string
	out                bytes.Buffer
	last               string // terminator of the last line written
	conflicts          []Conflict
}

func (m *merger) region(r region) {
	ours, theirs := m.ours[r.ours.lo:r.ours.hi], m.theirs[r.theirs.lo:r.theirs.hi]
	switch {
	case r.by == theirsOnly:
		m.emitForeign(theirs)
	case r.by == bothSides && !sameLines(ours, theirs):
		m.conflict(r)
	default:
		m.emit(ours)
	}
}

// conflict narrows r to what really differs before marking it: common lines
// at both ends of the two versions are not in dispute.
func (m *merger) conflict(r region) {
	ours, theirs := m.ours[r.ours.lo:r.ours.hi], m.theirs[r.theirs.lo:r.theirs.hi]
	pre := commonPrefix(ours, theirs)
	post := commonSuffix(ours[pre:], theirs[pre:])
	mineLo, mineHi := r.ours.lo+pre, r.ours.hi-post
	newLo, newHi := r.theirs.lo+pre, r.theirs.hi-post

	m.emit(m.ours[r.ours.lo:mineLo])
	start := m.out.Len()
	m.mark(markOurs + labelOurs)
	m.emit(m.ours[mineLo:mineHi])
	m.mark(markBase + labelBase)
	m.emitForeign(m.base[r.base.lo:r.base.hi])
	m.mark(markSplit)
	m.emitForeign(m.theirs[newLo:newHi])
	m.mark(markTheirs + labelTheirs)
	end := m.out.Len()
	m.emit(m.ours[mineHi:r.ours.hi])

	m.conflicts = append(m.conflicts, Conflict{
		Base:   side(m.base, r.base.lo, r.base.hi),
		Ours:   side(m.ours, mineLo, mineHi),
		Theirs: side(m.theirs, newLo, newHi),
		at:     span{start, end},
	})
}

func (m *merger) mark(s string) {
	m.out.WriteString(s + m.eol)
	m.last = ""
}

// emit writes lines of ours with their own endings.
func (m *merger) emit(lines []line) {
	for _, l := range lines {
		m.last = cmp.Or(l.eol, m.eol)
		m.out.WriteString(l.text + m.last)
	}
}

// emitForeign writes lines of another file with ours' ending.
func (m *merger) emitForeign(lines []line) {
	for _, l := range lines {
		m.last = m.eol
		m.out.WriteString(l.text + m.last)
	}
}

// finalNewline takes the last newline away again when the merged file should
// lack one. The text is written with every line ended, so the state is merged
// like a line of its own: the side that differs from base wins.
func (m *merger) finalNewline() {
	want := ended(m.ours)
	if want == ended(m.base) {
		want = ended(m.theirs)
	}
	if !want {
		m.out.Truncate(m.out.Len() - len(m.last))
	}
}

func side(lines []line, lo, hi int) Side {
	var text bytes.Buffer
	for _, l := range lines[lo:hi] {
		text.WriteString(l.text + "\n")
	}
	return Side{Start: lo + 1, End: hi + 1, Text: text.Bytes()}
}

// binaryConflict refuses to look into a file with NUL bytes: lines mean
// nothing there.
func binaryConflict(base, ours, theirs []byte) Result {
	whole := func(data []byte) Side { return Side{Start: 1, End: len(split(data)) + 1, Text: data} }
	return Result{
		Text:      ours,
		Conflicts: []Conflict{{Base: whole(base), Ours: whole(ours), Theirs: whole(theirs), at: span{0, len(ours)}}},
	}
}
