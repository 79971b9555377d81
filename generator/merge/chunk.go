package merge

import (
	"bytes"
	"slices"
)

// chunk is a piece of a file that is merged as one thing: a declaration with
// the comments before it, a query, a field.
type chunk struct {
	key   string   // what it declares; no two chunks of a document share it
	name  string   // the same for people, or ""
	names []string // every package-level name it declares
	text  []byte   // with LF endings, the last line ended; blank lines come first
	line  int      // its first line in its file, from one
	file  string   // the file it was moved here from, or ""
	solid bool     // not to be looked into: its lines depend on their order
	stays bool     // of no use to look for it in another file
}

// outcome is what became of a chunk.
type outcome struct {
	key string
	Result
}

// rules are what depends on the language.
type rules struct {
	// same reports whether two texts differ in layout only.
	same func(a, b []byte) bool
	// inside merges a chunk that both sides changed.
	inside func(base, ours, theirs chunk) Result
}

// chunks merges lists of chunks, key by key. The order is that of ours; what
// only theirs has follows what it follows there.
func (r rules) chunks(base, ours, theirs []chunk) []outcome {
	ours, theirs = paired(base, ours, theirs)
	b, o, t := byKey(base), byKey(ours), byKey(theirs)
	var out []outcome
	for _, c := range ours {
		if res, keep := r.three(b[c.key], o[c.key], t[c.key]); keep {
			out = append(out, outcome{c.key, res})
		}
	}
	for i, c := range theirs {
		if _, both := o[c.key]; both {
			continue
		}
		res, keep := r.three(b[c.key], nil, t[c.key])
		if !keep {
			continue
		}
		at := placeOf(out, theirs, i)
		_, known := b[c.key]
		for !known && at > 0 && at < len(out) && onlyOurs(out[at].key, b, t) {
			at++ // what both sides added at one place: the user's first
		}
		missing(res.Conflicts, lineBefore(out[:at], o))
		out = slices.Insert(out, at, outcome{c.key, res})
	}
	return out
}

// missing gives conflicts about what ours lacks the line at which ours would have it.
func missing(conflicts []Conflict, line int) {
	for i := range conflicts {
		conflicts[i].Ours.Start, conflicts[i].Ours.End = line, line
	}
}

// lineBefore returns the line of ours that follows what out ends with, or the first line, if none of it is ours.
func lineBefore(out []outcome, ours map[string]*chunk) int {
	for _, o := range slices.Backward(out) {
		if c := ours[o.key]; c != nil && c.file == "" {
			return c.line + bytes.Count(c.text, []byte("\n"))
		}
	}
	return 1
}

func onlyOurs(key string, b, t map[string]*chunk) bool { return b[key] == nil && t[key] == nil }

func byKey(list []chunk) map[string]*chunk {
	m := make(map[string]*chunk, len(list))
	for i := range list {
		m[list[i].key] = &list[i]
	}
	return m
}

// placeOf finds where theirs[i] belongs in out: after the nearest chunk before
// it that is there, or before the nearest after it.
func placeOf(out []outcome, theirs []chunk, i int) int {
	find := func(key string) int {
		return slices.IndexFunc(out, func(o outcome) bool { return o.key == key })
	}
	for j := i - 1; j >= 0; j-- {
		if at := find(theirs[j].key); at >= 0 {
			return at + 1
		}
	}
	for j := i + 1; j < len(theirs); j++ {
		if at := find(theirs[j].key); at >= 0 {
			return at
		}
	}
	return len(out)
}

// three decides about one key; nil means that a side lacks it. Keep is false
// when the chunk goes.
func (r rules) three(b, o, t *chunk) (res Result, keep bool) {
	switch {
	case b == nil && t == nil:
		return Result{Text: o.text}, true
	case b == nil && o == nil:
		return Result{Text: t.text}, true
	case o == nil && (t == nil || r.same(t.text, b.text)):
		return Result{}, false
	case t == nil && r.same(o.text, b.text):
		return Result{}, false
	case b == nil || o == nil || t == nil:
		return r.disputed(b, o, t), true
	case r.same(t.text, b.text), r.same(t.text, o.text):
		return Result{Text: o.text}, true
	case r.same(o.text, b.text):
		return Result{Text: append(bytes.Clone(leadOf(*o)), t.text[len(leadOf(*t)):]...)}, true
	case o.solid || t.solid || b.solid:
		return whole(*b, *o, *t), true
	}
	return located(r.inside(*b, *o, *t), *b, *o, *t), true
}

// disputed is a chunk that one side changed and the other removed, or that
// both added. What both added alike is no dispute.
func (r rules) disputed(b, o, t *chunk) Result {
	var none chunk
	base, ours, theirs := orElse(b, &none), orElse(o, &none), orElse(t, &none)
	if o != nil && t != nil && r.same(o.text, t.text) {
		return Result{Text: o.text}
	}
	return whole(*base, *ours, *theirs)
}

func orElse(c, none *chunk) *chunk {
	if c == nil {
		return none
	}
	return c
}

// whole makes one conflict of a chunk, blank lines before it left out.
func whole(b, o, t chunk) Result {
	lead := leadOf(o)
	if o.text == nil {
		lead = leadOf(t)
	}
	out := Result{Text: bytes.Clone(lead)}
	side := func(c chunk) Side {
		text := c.text[len(leadOf(c)):]
		start := c.line + bytes.Count(leadOf(c), []byte("\n"))
		return Side{Start: start, End: start + bytes.Count(text, []byte("\n")), Text: text, File: c.file}
	}
	c := Conflict{Base: side(b), Ours: side(o), Theirs: side(t), Name: firstOf(o.name, t.name, b.name), whole: true}
	start := len(out.Text)
	out.Text = append(out.Text, Marked(c)...)
	c.at = span{start, len(out.Text)}
	out.Conflicts = []Conflict{c}
	return out
}

// leadOf returns the blank lines a chunk starts with.
func leadOf(c chunk) []byte {
	n := 0
	for {
		end := bytes.IndexByte(c.text[n:], '\n')
		if end < 0 || len(bytes.TrimSpace(c.text[n:n+end])) > 0 {
			return c.text[:n]
		}
		n += end + 1
	}
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// located counts the lines of a conflict inside a chunk from the start of the
// files the chunk is in.
func located(r Result, b, o, t chunk) Result {
	for i := range r.Conflicts {
		c := &r.Conflicts[i]
		c.Name = firstOf(c.Name, o.name, t.name, b.name)
		for _, s := range []struct {
			side *Side
			c    chunk
		}{{&c.Base, b}, {&c.Ours, o}, {&c.Theirs, t}} {
			s.side.Start += s.c.line - 1
			s.side.End += s.c.line - 1
			s.side.File = firstOf(s.side.File, s.c.file)
		}
	}
	return r
}

// add appends what became of one piece of a text to what became of the pieces
// before it.
func (r *Result) add(piece Result) {
	shift := len(r.Text)
	r.Text = append(r.Text, piece.Text...)
	for _, c := range piece.Conflicts {
		c.at.lo, c.at.hi = c.at.lo+shift, c.at.hi+shift
		r.Conflicts = append(r.Conflicts, c)
	}
}
