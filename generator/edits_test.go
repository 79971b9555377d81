package generator_test

import (
	"bytes"
	"go/types"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// TestRandomEdits edits emitted packages at random, as users do and as releases do, and regenerates.
// Whatever is clean type-checks; no declaration is lost, and no edit. BETTERAUTH_FUZZ_SCRIPTS says how
// many scripts are run, BETTERAUTH_FUZZ_FIRST the seed of the first; make fuzz runs ten thousand.
func TestRandomEdits(t *testing.T) {
	scripts := 100
	if n := number("BETTERAUTH_FUZZ_SCRIPTS"); n > 0 {
		scripts = n
	} else if testing.Short() {
		scripts = 20
	}
	dir := generate(t, configOf(schema.SQLite, pluginIDs()))
	subjects := []struct{ folder, hot string }{
		{"internal/auth/core", "sign_out.go"}, {"internal/auth/core", "session_open.go"},
		{"internal/auth/twofactor", "challenge.go"}, {"internal/auth/web", "decode.go"},
	}
	patterns := []string{"unicode/utf8"}
	for _, p := range subjects {
		patterns = append(patterns, "./"+p.folder)
	}
	deps := loadTypes(t, dir, patterns...)
	var emitted []*emittedPackage
	for _, p := range subjects {
		emitted = append(emitted, newEmittedPackage(t, dir, p.folder, p.hot, deps))
	}
	var sum tally
	var next atomic.Int64
	t.Run("scripts", func(t *testing.T) {
		for w := range min(scripts, runtime.GOMAXPROCS(0)) {
			t.Run(strconv.Itoa(w), func(t *testing.T) {
				t.Parallel()
				for i := int(next.Add(1)) - 1; i < scripts; i = int(next.Add(1)) - 1 {
					seed := number("BETTERAUTH_FUZZ_FIRST") + i
					emitted[seed%len(emitted)].script(t, uint64(seed), &sum)
				}
			})
		}
	})
	t.Logf("%d scripts: %d clean, of which %d into files of the user's; %d conflicts; %d with edits that do not compile",
		scripts, sum.clean.Load(), sum.followed.Load(), sum.conflicts.Load(), sum.broken.Load())
	if int(sum.clean.Load()) < scripts/2 || scripts >= 100 && sum.conflicts.Load() == 0 || int(sum.broken.Load()) > scripts/5 {
		t.Error("the scripts are too easy, or too hard")
	}
}

func number(name string) int {
	n, _ := strconv.Atoi(os.Getenv(name))
	return n
}

// tally counts what became of the scripts.
type tally struct{ clean, conflicts, followed, broken atomic.Int64 }

// emittedPackage is what scripts start from. Half of the edits of a script meet in its file hot.
type emittedPackage struct {
	folder, hot string
	pristine    map[string]*goSource
	texts       map[string][]byte
	check       *checker
}

func newEmittedPackage(t *testing.T, dir, folder, hot string, deps types.Importer) *emittedPackage {
	p := &emittedPackage{folder: folder, hot: hot, pristine: sourceOf(t, filepath.Join(dir, folder))}
	if p.pristine[hot] == nil {
		t.Fatalf("%s has no %s", folder, hot)
	}
	p.texts = texts(p.pristine)
	p.check = newChecker(t, "example.com/shop/"+folder, deps, p.texts)
	if err := p.check.script().types(p.texts); err != nil {
		t.Fatalf("the emitted package: %v", err)
	}
	return p
}

// script edits both sides, regenerates, and checks what comes of it.
func (p *emittedPackage) script(t *testing.T, seed uint64, sum *tally) {
	r := rand.New(rand.NewPCG(seed, 31))
	ours, theirs := clonePackage(p.pristine), clonePackage(p.pristine)
	edit(r, ours, p.hot, 2+r.IntN(8), "Ours")
	edit(r, theirs, p.hot, 2+r.IntN(8), "Theirs")
	o, th := texts(ours), texts(theirs)
	restyle(r, o)
	got, plan := regenerate(t, p.folder, p.texts, o, th)
	if plan.Err() != nil {
		sum.conflicts.Add(1)
		return
	}
	sum.clean.Add(1)
	if slices.ContainsFunc(plan.Actions, func(a reconcile.Action) bool { return a.Class == workspace.Patch }) {
		sum.followed.Add(1)
	}
	check := p.check.script()
	defer check.done()
	losses := [][]string{lostMarks(got, o)}
	if check.parses(o) {
		losses = append(losses, lostMarks(got, th), check.lost(o, p.texts, th, got), check.lost(th, p.texts, o, got))
	}
	for _, lost := range losses {
		if len(lost) > 0 {
			t.Errorf("seed %d: lost %v", seed, lost)
		}
	}
	if err := check.types(got); err != nil {
		if check.types(o) == nil && check.types(th) == nil {
			t.Errorf("seed %d: clean, but %v", seed, err)
		} else {
			sum.broken.Add(1)
		}
	}
}

// restyle does what editors do to whole files: other line endings, other indentation. Rarely, a file is
// left in the middle of being written.
func restyle(r *rand.Rand, files map[string][]byte) {
	names := slices.Sorted(maps.Keys(files))
	one := names[r.IntN(len(names))]
	switch r.IntN(24) {
	case 0, 1, 2, 3:
		for name := range files {
			files[name] = bytes.ReplaceAll(files[name], []byte("\n"), []byte("\r\n"))
		}
	case 4, 5:
		files[one] = bytes.ReplaceAll(files[one], []byte("\t"), []byte("    "))
	case 6:
		files[one] = append(bytes.Clone(files[one]), "\nfunc unfinished( {\n"...)
	}
}

// mark is what an edit leaves in the text.
var mark = regexp.MustCompile(`\b(?:Ours|Theirs)[0-9]+\b`)

// lostMarks are the edits of sides that are nowhere in got.
func lostMarks(got map[string][]byte, sides ...map[string][]byte) []string {
	marks := func(files map[string][]byte) map[string]bool {
		out := map[string]bool{}
		for _, text := range files {
			if !bytes.Contains(text, []byte("Ours")) && !bytes.Contains(text, []byte("Theirs")) {
				continue
			}
			for _, m := range mark.FindAll(text, -1) {
				out[string(m)] = true
			}
		}
		return out
	}
	kept := marks(got)
	var lost []string
	for _, side := range sides {
		for m := range marks(side) {
			if !kept[m] {
				lost = append(lost, m)
			}
		}
	}
	slices.Sort(lost)
	return lost
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
