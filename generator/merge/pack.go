package merge

import (
	"bytes"
	"maps"
	"path"
	"slices"
)

// Version is one file of a package in its three versions; nil means that it
// does not exist. A file the user made has neither Base nor Theirs.
type Version struct {
	Path               string
	Base, Ours, Theirs []byte
}

// Followed is the outcome of Package.
type Followed struct {
	// Results are the files in which declarations arrived or from which they
	// left. Files that are not in it take no part. A nil text means that
	// everything that was in the file, or would be, is in other files.
	Results map[string]Result
	// Moved tells of files that are gone where their declarations are now.
	Moved map[string][]string
	// Declined names the declarations that changed and that the user deleted
	// together with the file they were in.
	Declined map[string][]string
}

// Package merges files of one folder across which declarations were moved, by
// the user or by the new version. It brings every declaration that moved to one
// file in all three versions, where the user has it, and then merges file by
// file. Lost are the files that could not be merged alone, or that the user has
// no more; nothing else sets anything in motion.
func Package(files []Version, lost []string) Followed {
	out := Followed{Results: map[string]Result{}, Moved: map[string][]string{}, Declined: map[string][]string{}}
	for _, p := range spaces(files) {
		for _, name := range append(slices.Clone(lost), p.collisions()...) {
			if f := p.files[name]; f != nil {
				p.followUser(f, &out)
				p.followNew(f)
			}
		}
		p.results(&out)
	}
	return out
}

// pack is the files that share a name space.
type pack struct {
	lang  language
	files map[string]*trio
	order []string
}

// trio is one file in its three versions, as chunks move between files.
type trio struct {
	path                string
	was                 Version
	base, ours, theirs  *document // never nil; without chunks where there is no file
	sources             map[string]bool
	touched, gone, made bool // made: the new version has it, the user does not
}

// spaces sorts files by language and package. Files that cannot be cut are
// left out, and so are files that do not agree with themselves on a package.
func spaces(files []Version) map[string]*pack {
	found := make([]struct {
		file  *trio
		space string
	}, len(files))
	each(len(files), func(i int) {
		if lang, ok := languageOf(files[i].Path); ok {
			found[i].file, found[i].space = lang.trio(files[i])
		}
	})
	out := map[string]*pack{}
	for i, v := range files {
		f := found[i].file
		if f == nil {
			continue
		}
		key := path.Ext(v.Path) + " " + found[i].space
		if out[key] == nil {
			lang, _ := languageOf(v.Path) // it was one before
			out[key] = &pack{lang: lang, files: map[string]*trio{}}
		}
		out[key].files[v.Path] = f
		out[key].order = append(out[key].order, v.Path)
	}
	return out
}

// trio cuts a file in its three versions; nil if it cannot be cut.
func (l language) trio(v Version) (f *trio, space string) {
	f = &trio{path: v.Path, was: v, sources: map[string]bool{}, gone: v.Ours == nil, made: v.Ours == nil && v.Base == nil}
	docs := [3]*document{}
	texts := [3][]byte{v.Base, v.Ours, v.Theirs}
	for i, text := range texts {
		if text == nil {
			continue
		}
		ok := true
		if i > 0 && docs[0] != nil && bytes.Equal(text, texts[0]) {
			same := *docs[0] // chunks will come and go
			docs[i] = &same
		} else if docs[i], ok = l.read(v.Path, text); !ok {
			return nil, ""
		}
		if space != "" && docs[i].space != space {
			return nil, ""
		}
		space = docs[i].space
	}
	like := docs[1]
	if like == nil {
		like = docs[2]
	}
	if like == nil {
		return nil, ""
	}
	for i := range docs {
		if docs[i] == nil {
			docs[i] = like.frame()
		}
	}
	f.base, f.ours, f.theirs = docs[0], docs[1], docs[2]
	return f, space
}

// frame is a document like d without its declarations.
func (d *document) frame() *document {
	f := *d
	f.chunks = nil
	return &f
}

// pick is one version of a file.
type pick func(*trio) *document

func baseOf(f *trio) *document   { return f.base }
func oursOf(f *trio) *document   { return f.ours }
func theirsOf(f *trio) *document { return f.theirs }

// where finds the one file that declares key, and how many there are. Where
// there are several, behind build constraints for example, there is no telling.
func (p *pack) where(key string, of pick) (one *trio, n int) {
	for _, name := range p.order {
		if of(p.files[name]).find(key) >= 0 {
			one = p.files[name]
			n++
		}
	}
	if n != 1 {
		one = nil
	}
	return one, n
}

// followUser takes what the user moved out of f to where it is now, in the base
// and in the new version.
func (p *pack) followUser(f *trio, out *Followed) {
	var to []string
	for _, c := range slices.Clone(f.base.chunks) {
		g, _ := p.where(c.key, oursOf)
		if c.stays && !f.gone || g == nil || g == f || g.base.find(c.key) >= 0 {
			continue
		}
		h, n := p.counterpart(c.key, f)
		if h == nil && n > 0 || h != g && g.theirs.find(c.key) >= 0 {
			continue
		}
		p.carry(c.key, f, g, baseOf)
		if h != nil && h != g {
			p.carry(c.key, h, g, theirsOf)
		}
		to = append(to, g.path)
	}
	p.meet(f)
	if !f.gone || len(to) == 0 {
		return
	}
	p.leftBehind(f, p.files[to[0]], out)
	slices.Sort(to)
	out.Moved[f.path] = slices.Compact(to)
}

// counterpart finds the file in which the new version has what f declares: f itself, or the only one. It
// tells how many there are.
func (p *pack) counterpart(key string, f *trio) (*trio, int) {
	if f.theirs.find(key) >= 0 {
		return f, 1
	}
	return p.where(key, theirsOf)
}

// meet brings a declaration that the new version adds to f to the file in which
// the user has added one of the same name.
func (p *pack) meet(f *trio) {
	for _, c := range slices.Clone(f.theirs.chunks) {
		g, _ := p.where(c.key, oursOf)
		if _, before := p.where(c.key, baseOf); !c.stays && g != nil && g != f && before == 0 && g.theirs.find(c.key) < 0 {
			p.carry(c.key, f, g, theirsOf)
		}
	}
}

// leftBehind settles what is still in a file that the user took apart: what is
// new goes with what it follows; what the user deleted stays deleted.
func (p *pack) leftBehind(f, first *trio, out *Followed) {
	last := first
	for _, c := range f.was.declarations(p.lang) {
		if f.theirs.find(c.key) < 0 { // carried away
			if g, _ := p.where(c.key, theirsOf); g != nil {
				last = g
			}
			continue
		}
		_, n := p.where(c.key, oursOf)
		if n > 0 || f.base.find(c.key) < 0 {
			p.carry(c.key, f, last, theirsOf)
			continue
		}
		b := f.base.take(c.key)
		if t := f.theirs.take(c.key); !p.lang.same(b.text, t.text) {
			out.Declined[f.path] = append(out.Declined[f.path], t.name)
		}
	}
}

// declarations are those of the new version as it came.
func (v Version) declarations(l language) []chunk {
	if d, ok := l.read(v.Path, v.Theirs); ok {
		return d.chunks
	}
	return nil
}

// followNew takes what the new version moved out of f, and the user edited, to
// where it is in the new version.
func (p *pack) followNew(f *trio) {
	for _, c := range slices.Clone(f.base.chunks) {
		if c.stays || f.theirs.find(c.key) >= 0 {
			continue
		}
		i := f.ours.find(c.key)
		h, n := p.where(c.key, theirsOf)
		if f.was.Theirs == nil && h != nil {
			f.touched = true // what is left in it is to be told from what went
		}
		if f.was.Theirs == nil && n == 0 && i >= 0 && !p.lang.same(f.ours.chunks[i].text, c.text) {
			f.base.take(c.key) // of a file that goes, what the user edited stays
			continue
		}
		if i < 0 || h == nil || h.base.find(c.key) >= 0 || p.lang.same(f.ours.chunks[i].text, c.text) || h.gone && !h.made || h.ours.find(c.key) >= 0 {
			continue
		}
		p.carry(c.key, f, h, baseOf)
		p.carry(c.key, f, h, oursOf)
	}
}

// collisions finds files that cannot be merged alone although no line of theirs
// conflicts: both sides moved one declaration, or added one of the same name,
// to different files. It returns where that was, or where the new version adds
// it.
func (p *pack) collisions() []string {
	at := func(of pick) map[string][]string {
		out := map[string][]string{}
		for _, name := range p.order {
			for _, c := range of(p.files[name]).chunks {
				if !c.stays {
					out[c.key] = append(out[c.key], name)
				}
			}
		}
		return out
	}
	base, ours := at(baseOf), at(oursOf)
	var out []string
	for _, name := range p.order {
		f := p.files[name]
		for _, c := range f.theirs.chunks {
			elsewhere := ours[c.key]
			if c.stays || f.base.find(c.key) >= 0 || len(elsewhere) != 1 || elsewhere[0] == name {
				continue
			}
			switch from := base[c.key]; {
			case len(from) == 0:
				out = append(out, name)
			case len(from) == 1 && from[0] != elsewhere[0]:
				out = append(out, from[0])
			}
		}
	}
	return out
}

// carry moves a chunk of one version from one file to another.
func (p *pack) carry(key string, from, to *trio, of pick) {
	f, t := of(from), of(to)
	c := f.take(key)
	t.chunks = append(slices.Clone(t.chunks), c)
	from.touched, to.touched = true, true
	to.sources[from.path] = true
}

// results merges the files that chunks came to or left.
func (p *pack) results(out *Followed) {
	for _, name := range p.order {
		f := p.files[name]
		if !f.touched || f.gone && !f.made {
			continue
		}
		var extra []importBlock
		for _, source := range slices.Sorted(maps.Keys(f.sources)) {
			s := p.files[source]
			extra = append(extra, s.base.imports, s.ours.imports, s.theirs.imports)
		}
		if f.made {
			f.ours, f.base = f.ours.ordered(f.theirs), f.base.ordered(f.theirs)
		}
		like := f.was.Ours
		if f.made {
			like = f.was.Theirs
		}
		if (f.was.Theirs == nil && f.was.Base != nil || f.made) && len(f.ours.chunks) == 0 && len(f.theirs.chunks) == 0 {
			out.Results[name] = Result{} // nothing is left in it
			continue
		}
		r := restyle(p.lang.merge(f.base, f.ours, f.theirs, extra), orLike(f.was.Base, like), like, orLike(f.was.Theirs, like))
		if r.Clean() {
			was, _ := p.lang.read(name, like) // it was read before
			text, ok := p.lang.finish(name, r.Text, was, like)
			if r.Text = text; !ok {
				r = f.was.disputed(like)
			}
		}
		out.Results[name] = r
	}
}

// disputed is a conflict about the whole of a file.
func (v Version) disputed(like []byte) Result {
	side := func(text []byte) chunk { return chunk{text: Normalize(text), line: 1} }
	r := whole(side(v.Base), side(v.Ours), side(v.Theirs))
	return restyle(r, like, like, like)
}

func orLike(text, like []byte) []byte {
	if text == nil {
		return like
	}
	return text
}

// ordered sorts chunks as another document has them.
func (d *document) ordered(like *document) *document {
	out := *d
	out.chunks = slices.Clone(d.chunks)
	slices.SortStableFunc(out.chunks, func(a, b chunk) int { return like.find(a.key) - like.find(b.key) })
	return &out
}
