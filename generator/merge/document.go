package merge

import (
	"bytes"
	"path"
	"slices"
)

// document is a file cut into chunks: a head that comes first, the imports if
// the language has some, what it declares, and a tail.
type document struct {
	path    string
	src     []byte
	layout  func() []byte // src as gofmt writes it; nil where there is no such thing
	space   string        // within which names are unique: the package clause, for Go
	head    chunk
	imports importBlock
	chunks  []chunk
	tail    chunk
}

// language is what merging declarations needs to know of a kind of file.
type language struct {
	rules
	// parse cuts src, which has LF endings. It is not ok for files that are
	// better left whole.
	parse func(path string, src []byte) (*document, bool)
}

// languageOf returns the language of a file, if its declarations can be
// merged.
func languageOf(name string) (language, bool) {
	switch path.Ext(name) {
	case ".go":
		return language{rules{sameGo, insideGo}, parseGo}, true
	case ".sql":
		return language{rules{sameSQL, insideLines}, parseSQL}, true
	}
	return language{}, false
}

// read cuts text, whatever its line endings, into a document.
func (l language) read(name string, text []byte) (*document, bool) {
	if isBinary(text) {
		return nil, false
	}
	text = Normalize(text)
	if n := len(text); n > 0 && text[n-1] != '\n' {
		text = append(slices.Clip(text), '\n')
	}
	return l.parse(name, text)
}

// isFormatted reports whether gofmt would leave the file alone.
func (d *document) isFormatted() bool { return d.layout != nil && bytes.Equal(d.layout(), d.src) }

// find returns the index of a chunk.
func (d *document) find(key string) int {
	return slices.IndexFunc(d.chunks, func(c chunk) bool { return c.key == key })
}

// take removes a chunk and returns it, marked with the file it is from.
func (d *document) take(key string) chunk {
	i := d.find(key)
	c := d.chunks[i]
	d.chunks = slices.Delete(slices.Clone(d.chunks), i, i+1)
	c.file = firstOf(c.file, d.path)
	return c
}

// merge joins three documents. Extra are the imports of the files that
// chunks were moved here from.
func (l language) merge(base, ours, theirs *document, extra []importBlock) Result {
	var body Result
	for _, o := range l.chunks(base.chunks, ours.chunks, theirs.chunks) {
		body.add(o.Result)
	}
	body.add(located(insideLines(base.tail, ours.tail, theirs.tail), base.tail, ours.tail, theirs.tail))
	head := located(insideLines(base.head, ours.head, theirs.head), base.head, ours.head, theirs.head)
	imports, disputed := mergeImports(base.imports, ours.imports, theirs.imports, extra, body)

	var out Result
	out.add(head)
	if disputed {
		out.add(whole(base.imports.chunk(), ours.imports.chunk(), theirs.imports.chunk()))
	} else {
		out.add(Result{Text: imports})
	}
	out.add(body)
	return out
}

func insideLines(base, ours, theirs chunk) Result {
	return Merge(orEmpty(base.text), orEmpty(ours.text), orEmpty(theirs.text))
}

func orEmpty(text []byte) []byte {
	if text == nil {
		return []byte{}
	}
	return text
}

// restyle gives a merged text, made with LF endings, the endings of ours, and
// takes the final newline away again where the merged file should lack one.
func restyle(r Result, base, ours, theirs []byte) Result {
	out := Result{}
	at := 0
	eol := func(text []byte) []byte { return WithEndings(text, ours) }
	for _, c := range r.Conflicts {
		out.Text = append(out.Text, eol(r.Text[at:c.at.lo])...)
		at = c.at.hi
		lo := len(out.Text)
		out.Text = append(out.Text, eol(r.Text[c.at.lo:c.at.hi])...)
		c.at = span{lo, len(out.Text)}
		out.Conflicts = append(out.Conflicts, c)
	}
	last := eol(r.Text[at:])
	if !wantsNewline(base, ours, theirs) && len(last) > 0 {
		last = bytes.TrimSuffix(bytes.TrimSuffix(last, []byte("\n")), []byte("\r"))
	}
	out.Text = append(out.Text, last...)
	return out
}

func wantsNewline(base, ours, theirs []byte) bool {
	has := func(text []byte) bool { return len(text) == 0 || text[len(text)-1] == '\n' }
	if has(ours) == has(base) {
		return has(theirs)
	}
	return has(ours)
}
