package merge

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// importBlock is the import declarations of a file.
type importBlock struct {
	text  []byte
	line  int
	specs []importSpec
	used  func() map[string]bool // names before a dot in the file
}

// importSpec is one import.
type importSpec struct {
	name, path string // name is "" when the import has none
	lo, hi     int    // its bytes in the block: whole lines, comments included
	grouped    bool   // it is in parentheses
}

func (s importSpec) same(o importSpec) bool { return s.name == o.name && s.path == o.path }

func (b importBlock) chunk() chunk {
	return chunk{text: b.text, line: b.line, name: "the imports"}
}

func (b importBlock) has(s importSpec) bool { return slices.ContainsFunc(b.specs, s.same) }

// parseImports reads a block. It is not ok with cgo, whose comment is code,
// and when two imports share a line.
func parseImports(text []byte) (importBlock, bool) {
	src := append([]byte(typePrefix), text...)
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return importBlock{}, false
	}
	g := goFile{src: src, file: fset.File(f.FileStart), comments: f.Comments}
	block := importBlock{text: text}
	at := 0
	for _, d := range f.Decls {
		gen, ok := d.(*ast.GenDecl)
		if !ok {
			return importBlock{}, false
		}
		for _, s := range gen.Specs {
			spec := s.(*ast.ImportSpec)
			out := specOf(spec)
			out.grouped = gen.Lparen.IsValid()
			if out.path == "C" {
				return importBlock{}, false
			}
			from := spec.Pos()
			if doc := spec.Doc; doc != nil && out.grouped {
				from = doc.Pos()
			}
			if !out.grouped {
				from = token.Pos(g.file.Base() + g.start(gen))
			}
			out.lo = bytes.LastIndexByte(src[:g.file.Offset(from)], '\n') + 1 - len(typePrefix)
			end, ok := g.lineEnd(spec.End())
			if out.hi = end - len(typePrefix); !ok || out.lo < at {
				return importBlock{}, false
			}
			at = out.hi
			block.specs = append(block.specs, out)
		}
	}
	return block, true
}

// mergeImports merges imports as sets, and repairs the outcome from the union
// of the three lists and those of extra: what body uses comes in, what it no
// longer uses goes. It is disputed when two imports claim one name.
func mergeImports(base, ours, theirs importBlock, extra []importBlock, body Result) (text []byte, disputed bool) {
	var add, drop []importSpec
	for _, s := range theirs.specs {
		if !ours.has(s) && (!base.has(s) || !body.Clean()) {
			add = append(add, s)
		}
	}
	for _, s := range ours.specs {
		if base.has(s) && !theirs.has(s) && body.Clean() {
			drop = append(drop, s)
		}
	}
	lists := importLists(append([]importBlock{ours, theirs, base}, extra...))
	if used, ok := namesUsed(body.Text); ok && body.Clean() {
		add, drop = lists.repair(ours.specs, add, drop, used)
	}
	kept := slices.DeleteFunc(slices.Clone(ours.specs), func(s importSpec) bool { return slices.ContainsFunc(drop, s.same) })
	if lists.clash(append(kept, add...)) {
		return nil, true
	}
	return ours.edit(add, drop), false
}

// importLists are the imports that a merge may draw from.
type importLists []importBlock

// sure reports that the name of a package is known, because it is given or
// because a file that imports it uses it by that name.
func (l importLists) sure(s importSpec) bool {
	return s.name != "" || slices.ContainsFunc(l, func(b importBlock) bool { return b.has(s) && usesAny(b.used(), s) })
}

// repair corrects what is added to and dropped from a list of imports by the
// names that are used.
func (l importLists) repair(have, add, drop []importSpec, used map[string]bool) (added, dropped []importSpec) {
	has := func(list []importSpec, s importSpec) bool { return slices.ContainsFunc(list, s.same) }
	useless := func(s importSpec) bool {
		return s.name != "_" && s.name != "." && !usesAny(used, s) && l.sure(s)
	}
	for _, s := range have {
		if useless(s) && !has(drop, s) {
			drop = append(drop, s)
		}
	}
	add = slices.DeleteFunc(add, useless)
	drop = slices.DeleteFunc(drop, func(s importSpec) bool { return usesAny(used, s) })
	provided := map[string]bool{}
	provide := func(s importSpec) {
		for _, n := range namesOf(s) {
			provided[n] = true
		}
	}
	for _, s := range append(slices.Clone(have), add...) {
		if !has(drop, s) {
			provide(s)
		}
	}
	for _, block := range l {
		for _, s := range block.specs {
			missing := slices.ContainsFunc(namesOf(s), func(n string) bool { return used[n] && !provided[n] })
			if missing && !has(have, s) && !has(add, s) && l.sure(s) {
				add = append(add, s)
				provide(s)
			}
		}
	}
	return add, drop
}

// clash reports two different imports under one name.
func (l importLists) clash(list []importSpec) bool {
	seen := map[string]string{}
	for _, s := range list {
		if s.name == "_" || s.name == "." || !l.sure(s) {
			continue
		}
		name := namesOf(s)[0]
		if p, ok := seen[name]; ok && p != s.path {
			return true
		}
		seen[name] = s.path
	}
	return false
}

// majorVersion is the last element of a module path past v1.
var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

// namesOf guesses the names a package may have, the likeliest first.
func namesOf(s importSpec) []string {
	if s.name != "" {
		return []string{s.name}
	}
	elem := path.Base(s.path)
	if dir := path.Dir(s.path); majorVersion.MatchString(elem) && dir != "." {
		elem = path.Base(dir)
	}
	if cut, _, ok := strings.Cut(elem, ".v"); ok { // gopkg.in/yaml.v3
		elem = cut
	}
	bare := strings.TrimSuffix(strings.TrimPrefix(elem, "go-"), "-go")
	names := []string{elem, bare, strings.ReplaceAll(bare, "-", ""), strings.ReplaceAll(bare, "-", "_")}
	if i := strings.LastIndexByte(bare, '-'); i >= 0 {
		names = append(names, bare[i+1:])
	}
	return slices.Compact(names)
}

func usesAny(used map[string]bool, s importSpec) bool {
	return slices.ContainsFunc(namesOf(s), func(n string) bool { return used[n] })
}

// namesUsed returns the names before a dot that nothing in the declarations of
// body declares: those of packages, and of what other files declare.
func namesUsed(body []byte) (map[string]bool, bool) {
	src := append([]byte(typePrefix), body...)
	f, err := parser.ParseFile(token.NewFileSet(), "", src, 0)
	if err != nil {
		return nil, false
	}
	return freeNames(f), true
}

func freeNames(f *ast.File) map[string]bool {
	free := map[*ast.Ident]bool{}
	for _, id := range f.Unresolved {
		free[id] = true
	}
	used := map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok && free[id] {
				used[id.Name] = true
			}
		}
		return true
	})
	return used
}

// suspicious reports that a merged file may lack an import which one of sides
// has, or have one it does not use. It errs on the side of caution.
func (b importBlock) suspicious(sides ...importBlock) bool {
	if b.used == nil {
		return false
	}
	for _, s := range b.specs {
		if s.name != "_" && s.name != "." && !usesAny(b.used(), s) {
			return true
		}
	}
	for _, side := range sides {
		for _, s := range side.specs {
			if !b.has(s) && usesAny(b.used(), s) {
				return true
			}
		}
	}
	return false
}

func specOf(s *ast.ImportSpec) importSpec {
	var out importSpec
	out.path, _ = strconv.Unquote(s.Path.Value) // it parsed
	if s.Name != nil {
		out.name = s.Name.Name
	}
	return out
}

// edit takes imports out of the block and puts others in, and leaves the rest
// as it is.
func (b importBlock) edit(add, drop []importSpec) []byte {
	if len(add) == 0 && len(drop) == 0 {
		return b.text
	}
	kept := importBlock{}
	at := 0
	for _, s := range b.specs {
		kept.text = append(kept.text, b.text[at:s.lo]...)
		at = s.hi
		if slices.ContainsFunc(drop, s.same) {
			continue
		}
		n := len(kept.text)
		kept.text = append(kept.text, b.text[s.lo:s.hi]...)
		s.lo, s.hi = n, len(kept.text)
		kept.specs = append(kept.specs, s)
	}
	kept.text = append(kept.text, b.text[at:]...)
	slices.SortStableFunc(add, func(a, b importSpec) int { return cmp.Compare(a.path, b.path) })
	for _, s := range add {
		kept = kept.insert(s)
	}
	return kept.tidy()
}

func (s importSpec) String() string {
	if s.name == "" {
		return strconv.Quote(s.path)
	}
	return s.name + " " + strconv.Quote(s.path)
}

// insert puts one import into the group of its kind, in order.
func (b importBlock) insert(s importSpec) importBlock {
	if !slices.ContainsFunc(b.specs, func(o importSpec) bool { return o.grouped }) {
		b = b.parenthesised()
	}
	at, line := b.placeFor(s)
	text := slices.Insert(slices.Clone(b.text), at, line...)
	again, ok := parseImports(text)
	if !ok {
		return b
	}
	return again
}

// parenthesised makes one declaration with parentheses of those without.
func (b importBlock) parenthesised() importBlock {
	var out bytes.Buffer
	out.WriteString("import (\n")
	for _, s := range b.specs {
		line := strings.TrimPrefix(strings.TrimSpace(string(b.text[s.lo:s.hi])), "import")
		out.WriteString("\t" + strings.TrimSpace(line) + "\n")
	}
	out.WriteString(")\n")
	if len(b.specs) == 0 {
		return importBlock{text: append([]byte("\n"), out.Bytes()...)}
	}
	again, ok := parseImports(out.Bytes())
	if !ok {
		return b
	}
	return again
}

// placeFor finds the byte and the text to insert there.
func (b importBlock) placeFor(s importSpec) (int, []byte) {
	line := "\t" + s.String() + "\n"
	groups := b.groups()
	if len(groups) == 0 {
		return bytes.IndexByte(b.text, '(') + 2, []byte(line)
	}
	best, score := -1, -1
	for i, g := range groups {
		for _, o := range g {
			if n := kinship(s.path, o.path); n > score {
				best, score = i, n
			}
		}
	}
	if best < 0 || score < 0 {
		if isStandard(s.path) {
			return groups[0][0].lo, []byte(line + "\n")
		}
		last := groups[len(groups)-1]
		return last[len(last)-1].hi, []byte("\n" + line)
	}
	group := groups[best]
	for _, o := range group {
		if o.path > s.path {
			return o.lo, []byte(line)
		}
	}
	return group[len(group)-1].hi, []byte(line)
}

// kinship is -1 when two imports belong in different groups, and otherwise
// the length of the path they share.
func kinship(a, b string) int {
	if isStandard(a) != isStandard(b) {
		return -1
	}
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// isStandard reports an import of the standard library: its first element is
// no host.
func isStandard(p string) bool {
	first, _, _ := strings.Cut(p, "/")
	return !strings.Contains(first, ".")
}

// groups are the runs of imports in parentheses that no blank line divides.
func (b importBlock) groups() [][]importSpec {
	var out [][]importSpec
	end := -1
	for _, s := range b.specs {
		if !s.grouped {
			continue
		}
		if end == s.lo && len(out) > 0 {
			out[len(out)-1] = append(out[len(out)-1], s)
		} else {
			out = append(out, []importSpec{s})
		}
		end = s.hi
	}
	return out
}

// emptyImport is what is left when all of a declaration is gone, with the
// blank lines before it.
var (
	emptyImport = regexp.MustCompile(`(?m)\n?^import \(\s*\)\n`)
	blankLines  = regexp.MustCompile(`\n\n\n+`)
	blankStart  = regexp.MustCompile(`\(\n\n+`)
	blankEnd    = regexp.MustCompile(`\n\n+\)`)
)

// tidy takes away blank lines that removed imports have left.
func (b importBlock) tidy() []byte {
	text := emptyImport.ReplaceAll(b.text, nil)
	text = blankLines.ReplaceAll(text, []byte("\n\n"))
	text = blankStart.ReplaceAll(text, []byte("(\n"))
	return blankEnd.ReplaceAll(text, []byte("\n)"))
}
