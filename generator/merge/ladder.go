package merge

import "bytes"

// File merges the file at path as its kind allows: by line, and where lines
// conflict, by declaration. A clean merge of Go has the imports it needs. Where
// declarations merge to something that does not parse, the conflicts are those
// that lines had.
func File(path string, base, ours, theirs []byte) Result {
	lines := Merge(base, ours, theirs)
	lang, ok := languageOf(path)
	if !ok || bytes.Equal(ours, base) || bytes.Equal(theirs, base) || bytes.Equal(ours, theirs) {
		return lines
	}
	b, okB := lang.read(path, base)
	o, okO := lang.read(path, ours)
	t, okT := lang.read(path, theirs)
	if !okB || !okO || !okT || b.space != o.space || o.space != t.space {
		return lines
	}
	if lines.Clean() && lang.plausible(path, lines.Text, b, o, t) {
		if !suspicious(path, lines.Text, base, ours, theirs) {
			return lines
		}
		return lang.mended(lines, b, o, t)
	}
	lines.name(o)
	if r := restyle(lang.merge(b, o, t, nil), base, ours, theirs); !r.Clean() {
		return r
	} else if r.Text, ok = lang.finish(path, r.Text, ours); ok {
		return r
	}
	return lines
}

// plausible reports that a merge that is clean by line declares what it should.
// When one side moves a declaration within the file and the other one moves or
// deletes it, lines come out with two of them, or with one too many.
func (l language) plausible(path string, text []byte, b, o, t *document) bool {
	m, ok := l.read(path, text)
	if !ok {
		return false
	}
	want := map[string]bool{}
	inBase, inOurs, inTheirs := byKey(b.chunks), byKey(o.chunks), byKey(t.chunks)
	for _, c := range o.chunks {
		if inBase[c.key] == nil || inTheirs[c.key] != nil {
			want[c.key] = true
		}
	}
	for _, c := range t.chunks {
		if inBase[c.key] == nil || inOurs[c.key] != nil {
			want[c.key] = true
		}
	}
	for _, c := range m.chunks {
		if !want[c.key] {
			return false
		}
	}
	return len(m.chunks) == len(want)
}

// mended repairs the imports of a merge that was clean by line: that one side
// stopped using a package which the other one began to use, lines do not tell.
func (l language) mended(lines Result, b, o, t *document) Result {
	m, ok := l.read(o.path, lines.Text)
	if !ok {
		return lines
	}
	var body []byte
	for _, c := range append(m.chunks, m.tail) {
		body = append(body, c.text...)
	}
	used, _ := namesUsed(body)
	lists := importLists{o.imports, t.imports, b.imports}
	add, drop := lists.repair(m.imports.specs, nil, nil, used)
	if len(add) == 0 && len(drop) == 0 {
		return lines
	}
	text := bytes.Join([][]byte{m.head.text, m.imports.edit(add, drop), body}, nil)
	return restyle(Result{Text: text}, lines.Text, lines.Text, lines.Text)
}

// finish lays out a clean merge as ours was laid out, and checks that it can be
// read again.
func (l language) finish(path string, text, ours []byte) ([]byte, bool) {
	if _, ok := l.read(path, text); !ok {
		return nil, false
	}
	if isFormatted(Normalize(ours)) {
		if laidOut := formatted(Normalize(text)); laidOut != nil {
			return WithEndings(laidOut, ours), true
		}
	}
	return text, true
}

// name tells for each conflict found by line which declaration of ours it
// begins in.
func (r Result) name(ours *document) {
	for i := range r.Conflicts {
		for _, c := range ours.chunks {
			if c.line <= r.Conflicts[i].Ours.Start {
				r.Conflicts[i].Name = c.name
			}
		}
	}
}
