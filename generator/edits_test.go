package generator_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/betterauth-gen/betterauth-gen/generator/merge"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// TestRandomEdits edits an emitted package at random, as users do and as releases do, and regenerates.
// Whatever is clean type-checks; no declaration of the user's is lost. BETTERAUTH_FUZZ_SCRIPTS says how
// many scripts are run; make fuzz runs ten thousand.
func TestRandomEdits(t *testing.T) {
	scripts := 100
	if n, err := strconv.Atoi(os.Getenv("BETTERAUTH_FUZZ_SCRIPTS")); err == nil && n > 0 {
		scripts = n
	} else if testing.Short() {
		scripts = 20
	}
	dir := generate(t, "emailAndPassword: {enabled: true}\n")
	const folder = "internal/auth/core"
	pristine := sourceOf(t, filepath.Join(dir, folder))
	check := newChecker(t, dir, folder)
	if err := check.types(texts(pristine)); err != nil {
		t.Fatalf("the emitted package: %v", err)
	}
	clean, conflicts, followed := 0, 0, 0
	for seed := range uint64(scripts) {
		r := rand.New(rand.NewPCG(seed, 31))
		ours, theirs := clonePackage(pristine), clonePackage(pristine)
		edit(r, ours, 2+r.IntN(8), "Ours")
		edit(r, theirs, 2+r.IntN(8), "Theirs")
		o, th := texts(ours), texts(theirs)
		if seed%50 == 0 { // the edits themselves must be sound
			for side, files := range map[string]map[string][]byte{"ours": o, "theirs": th} {
				if err := check.types(files); err != nil {
					t.Fatalf("seed %d: %s does not compile: %v", seed, side, err)
				}
			}
		}
		if r.IntN(6) == 0 {
			for name := range o {
				o[name] = bytes.ReplaceAll(o[name], []byte("\n"), []byte("\r\n"))
			}
		}
		got, plan := regenerate(t, folder, texts(pristine), o, th)
		if plan.Err() != nil {
			conflicts++
			continue
		}
		clean++
		for _, a := range plan.Actions {
			if a.Class == workspace.Patch {
				followed++
				break
			}
		}
		if err := check.types(got); err != nil {
			if check.types(o) != nil || check.types(th) != nil {
				continue // an edit that did not compile to begin with
			}
			t.Errorf("seed %d: clean, but %v", seed, err)
		}
		if lost := lostNames(o, texts(pristine), th, got); len(lost) > 0 {
			t.Errorf("seed %d: lost %v", seed, lost)
		}
	}
	t.Logf("%d scripts: %d clean, of which %d into files of the user's; %d conflicts", scripts, clean, followed, conflicts)
	if clean < scripts/4 || conflicts == 0 {
		t.Error("the scripts are too easy, or too hard")
	}
}

// goSource is a file as pieces that can be moved about.
type goSource struct {
	head    string
	imports []string // "name path" as in the source
	decls   []string
	made    []byte // the text, while there are no edits
}

func sourceOf(t *testing.T, dir string) map[string]*goSource {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*goSource{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f := cut(t, readFile(t, name))
		f.made = f.text()
		out[filepath.Base(name)] = f
	}
	return out
}

func cut(t *testing.T, text string) *goSource {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", text, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	offset := func(p token.Pos) int { return fset.Position(p).Offset }
	s := &goSource{head: text[:offset(f.Name.End())]}
	at := offset(f.Name.End())
	for _, d := range f.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			for _, spec := range g.Specs {
				s.imports = append(s.imports, text[offset(spec.Pos()):offset(spec.End())])
			}
			at = offset(d.End())
			continue
		}
		end := offset(d.End())
		if eol := strings.IndexByte(text[end:], '\n'); eol >= 0 {
			end += eol
		}
		s.decls = append(s.decls, strings.TrimSpace(text[at:end]))
		at = end
	}
	return s
}

// text puts a file together, with those of its imports that it uses.
func (s *goSource) text() []byte {
	if s.made != nil {
		return s.made
	}
	body := strings.Join(s.decls, "\n\n")
	var lines []string
	for _, i := range s.imports {
		if regexp.MustCompile(`\b` + importName(i) + `\.`).MatchString(body) {
			lines = append(lines, "\t"+i)
		}
	}
	slices.SortFunc(lines, func(a, b string) int {
		return strings.Compare(strings.Trim(a[strings.IndexByte(a, '"'):], `"`), strings.Trim(b[strings.IndexByte(b, '"'):], `"`))
	})
	block := ""
	if len(lines) > 0 {
		block = "import (\n" + strings.Join(slices.Compact(lines), "\n") + "\n)\n\n"
	}
	out, err := format.Source([]byte(s.head + "\n\n" + block + body + "\n"))
	if err != nil {
		return []byte(s.head + "\n\n" + block + body + "\n")
	}
	return out
}

func importName(spec string) string {
	name, quoted, named := strings.Cut(spec, " ")
	if named && quoted != "" {
		return name
	}
	p := strings.Trim(spec, `"`)
	if base := path.Base(p); !regexp.MustCompile(`^v[0-9]+$`).MatchString(base) {
		return base
	}
	return path.Base(path.Dir(p))
}

func texts(files map[string]*goSource) map[string][]byte {
	out := map[string][]byte{}
	for name, f := range files {
		out[name] = f.text()
	}
	return out
}

func clonePackage(files map[string]*goSource) map[string]*goSource {
	out := map[string]*goSource{}
	for name, f := range files {
		out[name] = &goSource{f.head, slices.Clone(f.imports), slices.Clone(f.decls), f.made}
	}
	return out
}

// funcBody finds a place in a function where a statement may go.
var funcBody = regexp.MustCompile(`(?m)^func .*\{\n`)

// edit makes k edits after which a package that compiled compiles.
func edit(r *rand.Rand, files map[string]*goSource, k int, who string) {
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(n string) bool { return len(files[n].decls) == 0 })
	hot := names[r.IntN(len(names))] // half of the edits meet in one of few files
	if r.IntN(3) > 0 {
		hot = "sign_out.go"
	}
	for i := range k {
		name := names[r.IntN(len(names))]
		if r.IntN(3) > 0 && files[hot] != nil {
			name = hot
		}
		f := files[name]
		if f == nil || len(f.decls) == 0 {
			continue
		}
		f.made = nil
		at := r.IntN(len(f.decls))
		unique := fmt.Sprintf("%s%d", who, i)
		switch r.IntN(9) {
		case 0, 1:
			f.decls = slices.Insert(f.decls, r.IntN(len(f.decls)+1), fmt.Sprintf("// %[1]s is new.\nfunc %[1]s() int { return %d }", unique, i))
		case 2:
			f.imports = append(f.imports, `"unicode/utf8"`)
			f.decls = append(f.decls, fmt.Sprintf("func %s(s string) int { return utf8.RuneCountInString(s) }", unique))
		case 3, 4:
			f.decls[at] = funcBody.ReplaceAllStringFunc(f.decls[at], func(line string) string { return line + fmt.Sprintf("\t_ = %q\n", unique) })
		case 5:
			f.decls[at] = "// " + unique + " stands alone.\n\n" + f.decls[at]
		case 6: // to another place of the file
			d := f.decls[at]
			f.decls = slices.Delete(f.decls, at, at+1)
			f.decls = slices.Insert(f.decls, r.IntN(len(f.decls)+1), d)
		case 7: // to a file of its own
			file := strings.ToLower(unique) + ".go"
			files[file] = &goSource{head: "package core", imports: slices.Clone(f.imports), decls: []string{f.decls[at]}}
			if f.decls = slices.Delete(f.decls, at, at+1); len(f.decls) == 0 {
				delete(files, name)
			}
		case 8: // a file gets another name
			if who == "Ours" && strings.Count(f.head, "\n") == 0 {
				files[strings.ToLower(unique)+"_renamed.go"] = f
				delete(files, name)
			}
		}
	}
}

// regenerate decides about a package of which base was emitted last, ours is on disk and theirs is emitted
// now. It returns what is on disk afterwards.
func regenerate(t *testing.T, folder string, base, ours, theirs map[string][]byte) (map[string][]byte, *reconcile.Plan) {
	t.Helper()
	in := reconcile.Input{Version: "new", Lock: &workspace.Lock{}, Disk: map[string][]byte{}, Bases: map[string][]byte{}, Own: map[string][]byte{}}
	for name, text := range base {
		file := folder + "/" + name
		in.Lock.Entries = append(in.Lock.Entries, workspace.Entry{Class: workspace.Shared, Sum: workspace.SumOf(text), Path: file})
		in.Bases[file] = text
	}
	slices.SortFunc(in.Lock.Entries, func(a, b workspace.Entry) int { return strings.Compare(a.Path, b.Path) })
	var tree []reconcile.File
	for name, text := range theirs {
		tree = append(tree, reconcile.File{Path: folder + "/" + name, Class: workspace.Shared, Data: text})
	}
	var err error
	if in.Tree, err = reconcile.NewTree(tree...); err != nil {
		t.Fatal(err)
	}
	got := map[string][]byte{}
	for name, text := range ours {
		file := folder + "/" + name
		got[name] = text
		if _, emitted := in.Tree.Find(file); emitted || base[name] != nil {
			in.Disk[file] = text
		} else {
			in.Own[file] = text
		}
	}
	plan := reconcile.Decide(in)
	for _, a := range plan.Actions {
		if name := path.Base(a.Path); a.Result == nil {
			delete(got, name)
		} else {
			got[name] = a.Result
		}
	}
	return got, plan
}

// lostNames are declarations of the user's that are nowhere any more, though the new version did not take
// them away.
func lostNames(ours, base, theirs, got map[string][]byte) []string {
	b, th, g := declared(base), declared(theirs), declared(got)
	var lost []string
	for name := range declared(ours) {
		if !g[name] && (!b[name] || th[name]) {
			lost = append(lost, name)
		}
	}
	slices.Sort(lost)
	return lost
}

func declared(files map[string][]byte) map[string]bool {
	out := map[string]bool{}
	for _, text := range files {
		f, err := parser.ParseFile(token.NewFileSet(), "", text, parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				out[d.Name.Name] = true
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if s, ok := s.(*ast.TypeSpec); ok {
						out[s.Name.Name] = true
					}
				}
			}
		}
	}
	return out
}

// checker type-checks one package, again and again; what it imports is loaded once.
type checker struct {
	deps   types.Importer
	path   string
	fset   *token.FileSet
	parsed map[string]*ast.File // by text
}

type loaded map[string]*types.Package

func (l loaded) Import(path string) (*types.Package, error) {
	if p := l[path]; p != nil {
		return p, nil
	}
	return importer.Default().Import(path)
}

func newChecker(t *testing.T, dir, folder string) *checker {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Dir: dir, Mode: packages.NeedName | packages.NeedImports | packages.NeedDeps | packages.NeedTypes}, "./"+folder, "unicode/utf8")
	if err != nil {
		t.Fatal(err)
	}
	deps := loaded{}
	packages.Visit(pkgs, nil, func(p *packages.Package) { deps[p.PkgPath] = p.Types })
	return &checker{deps, pkgs[0].PkgPath, token.NewFileSet(), map[string]*ast.File{}}
}

func (c *checker) types(files map[string][]byte) error {
	var list []*ast.File
	for _, name := range slices.Sorted(maps.Keys(files)) {
		text := string(files[name])
		if c.parsed[name+text] == nil {
			if merge.HasMarkers(files[name]) {
				return fmt.Errorf("%s has markers", name)
			}
			f, err := parser.ParseFile(c.fset, name, text, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			c.parsed[name+text] = f
		}
		list = append(list, c.parsed[name+text])
	}
	_, err := (&types.Config{Importer: c.deps}).Check(c.path, c.fset, list, nil)
	return err
}
