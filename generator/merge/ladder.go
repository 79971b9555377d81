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
	if lines.Clean() {
		if m, ok := lang.read(path, lines.Text); ok && plausible(m, b, o, t) {
			return mended(lines, m, b, o, t)
		}
	}
	lines.name(o)
	if r := restyle(lang.merge(b, o, t, nil), base, ours, theirs); !r.Clean() {
		return r
	} else if r.Text, ok = lang.finish(path, r.Text, o, ours); ok {
		return r
	}
	return lines
}

// plausible reports that m, a merge that is clean by line, declares what it should.
// When one side moves a declaration within the file and the other one moves or
// deletes it, lines come out with two of them, or with one too many.
func plausible(m, b, o, t *document) bool {
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

// mended repairs the imports of m, a merge that was clean by line: that one side
// stopped using a package which the other one began to use, lines do not tell.
func mended(lines Result, m, b, o, t *document) Result {
	if !m.imports.suspicious(b.imports, o.imports, t.imports) {
		return lines
	}
	lists := importLists{o.imports, t.imports, b.imports}
	add, drop := lists.repair(m.imports.specs, nil, nil, m.imports.used())
	if len(add) == 0 && len(drop) == 0 {
		return lines
	}
	body := m.src[len(m.head.text)+len(m.imports.text):]
	text := bytes.Join([][]byte{m.head.text, m.imports.edit(add, drop), body}, nil)
	return restyle(Result{Text: text}, lines.Text, lines.Text, lines.Text)
}

// finish lays out a clean merge as ours was laid out, and checks that it can be
// read again. Like is the text of ours.
func (l language) finish(path string, text []byte, ours *document, like []byte) ([]byte, bool) {
	m, ok := l.read(path, text)
	if !ok {
		return nil, false
	}
	if !ours.isFormatted() {
		return text, true
	}
	laidOut := m.layout()
	if laidOut == nil {
		return text, true
	}
	if !bytes.HasSuffix(text, []byte("\n")) {
		laidOut = bytes.TrimSuffix(laidOut, []byte("\n"))
	}
	return WithEndings(laidOut, like), true
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
