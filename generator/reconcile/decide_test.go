package reconcile

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// Four texts: what was emitted last, what is emitted now, an edit that merges
// with it and one that does not.
const (
	textB     = "one\ntwo\nthree\nfour\nfive\n"
	textT     = "one\ntwo\nthree\nfour\nFIVE\n"
	editApart = "ONE\ntwo\nthree\nfour\nfive\n"
	editClash = "one\ntwo\nthree\nfour\n5\n"
	merged    = "ONE\ntwo\nthree\nfour\nFIVE\n"
	none      = "\x00none" // the file does not exist
)

const filePath = "dir/file.go"

type cell struct {
	name       string
	class      workspace.Class
	recorded   string // emitted last, or none when there is no record
	noBase     bool   // the copy of it is lost
	ours       string
	theirs     string
	choices    Choices
	kind       Kind
	result     string
	lockedAs   string // text whose sum is in the new lock, or none
	diagnostic string // part of what is reported; "" means nothing is
}

func matrix() []cell {
	const (
		gen, shared, once, ledger = workspace.Gen, workspace.Shared, workspace.Once, workspace.Ledger
		foreign                   = "did not write is in the way"
	)
	force, restore := Choices{Force: []string{filePath}}, Choices{Restore: []string{filePath}}
	ours, theirs, markers := Choices{Ours: []string{filePath}}, Choices{Theirs: []string{filePath}}, Choices{Markers: []string{"*"}}
	return []cell{
		// no record
		{"gen new", gen, none, false, none, textT, Choices{}, Create, textT, textT, ""},
		{"gen adopt", gen, none, false, textT, textT, Choices{}, Keep, textT, textT, ""},
		{"gen foreign", gen, none, false, editClash, textT, Choices{}, Refuse, none, none, foreign},
		{"gen foreign forced", gen, none, false, editClash, textT, force, Update, textT, textT, ""},
		{"shared new", shared, none, false, none, textT, Choices{}, Create, textT, textT, ""},
		{"shared adopt", shared, none, false, textT, textT, Choices{}, Keep, textT, textT, ""},
		{"shared foreign", shared, none, false, editClash, textT, Choices{}, Refuse, none, none, foreign},
		{"shared foreign forced", shared, none, false, editClash, textT, force, Update, textT, textT, ""},
		{"once new", once, none, false, none, textT, Choices{}, Create, textT, textT, ""},
		{"once adopt", once, none, false, textT, textT, Choices{}, Keep, textT, textT, ""},
		{"once there", once, none, false, editClash, textT, Choices{}, Keep, editClash, textT, "already there"},
		{"ledger new", ledger, none, false, none, textT, Choices{}, Create, textT, textT, ""},
		{"ledger adopt", ledger, none, false, textT, textT, Choices{}, Keep, textT, textT, ""},
		{"ledger foreign", ledger, none, false, editClash, textT, Choices{}, Refuse, none, none, foreign},

		// gen, recorded
		{"gen gone", gen, textB, false, none, textT, Choices{}, Create, textT, textT, ""},
		{"gen same", gen, textB, false, textB, textB, Choices{}, Keep, textB, textB, ""},
		{"gen replaced", gen, textB, false, textB, textT, Choices{}, Update, textT, textT, ""},
		{"gen already new", gen, textB, false, textT, textT, Choices{}, Keep, textT, textT, ""},
		{"gen edited", gen, textB, false, editApart, textT, Choices{}, Refuse, none, textB, "generated file was edited"},
		{"gen edited, nothing new", gen, textB, false, editApart, textB, Choices{}, Refuse, none, textB, "generated file was edited"},
		{"gen edited, forced", gen, textB, false, editApart, textT, force, Update, textT, textT, ""},
		{"gen dropped", gen, textB, false, textB, none, Choices{}, Delete, none, none, ""},
		{"gen dropped, gone", gen, textB, false, none, none, Choices{}, Delete, none, none, ""},
		{"gen dropped, edited", gen, textB, false, editApart, none, Choices{}, Orphan, editApart, textB, "no longer emitted"},
		{"gen dropped, edited, forced", gen, textB, false, editApart, none, force, Delete, none, none, ""},

		// shared, recorded
		{"O=B=T", shared, textB, false, textB, textB, Choices{}, Keep, textB, textB, ""},
		{"O=B fast-forward", shared, textB, false, textB, textT, Choices{}, Update, textT, textT, ""},
		{"T=B edited", shared, textB, false, editApart, textB, Choices{}, Keep, editApart, textB, ""},
		{"O=T recorded", shared, textB, false, textT, textT, Choices{}, Keep, textT, textT, ""},
		{"all differ, apart", shared, textB, false, editApart, textT, Choices{}, Merge, merged, textT, ""},
		{"all differ, clash", shared, textB, false, editClash, textT, Choices{}, Conflict, none, textB, "yours, line 5"},
		{"clash, ours", shared, textB, false, editClash, textT, ours, Keep, editClash, textT, ""},
		{"clash, theirs", shared, textB, false, editClash, textT, theirs, Update, textT, textT, ""},
		{"clash, forced", shared, textB, false, editClash, textT, force, Update, textT, textT, ""},
		{"clash, markers", shared, textB, false, editClash, textT, markers, Merge,
			"one\ntwo\nthree\nfour\n<<<<<<< yours\n5\n||||||| before\nfive\n=======\nFIVE\n>>>>>>> new\n", textT, ""},
		{"markers left", shared, textB, false, "<<<<<<< a\n=======\n>>>>>>> b\n", textT, Choices{}, Refuse, none, textB, "conflict markers"},
		{"O gone, T same", shared, textB, false, none, textB, Choices{}, Keep, none, textB, "deleted by you"},
		{"O gone, T new", shared, textB, false, none, textT, Choices{}, Keep, none, textB, "deleted by you"},
		{"O gone, restored", shared, textB, false, none, textT, restore, Create, textT, textT, ""},
		{"T gone, O=B", shared, textB, false, textB, none, Choices{}, Delete, none, none, ""},
		{"T gone, edited", shared, textB, false, editApart, none, Choices{}, Orphan, editApart, textB, "no longer emitted"},
		{"T gone, O gone", shared, textB, false, none, none, Choices{}, Delete, none, none, ""},
		{"crlf checkout, same", shared, textB, false, crlf(textB), textB, Choices{}, Keep, crlf(textB), textB, ""},
		{"crlf checkout, new", shared, textB, false, crlf(textB), textT, Choices{}, Update, crlf(textT), textT, ""},
		{"crlf checkout, merge", shared, textB, false, crlf(editApart), textT, Choices{}, Merge, crlf(merged), textT, ""},
		{"base lost, pristine", shared, textB, true, textB, textT, Choices{}, Update, textT, textT, ""},
		{"base lost, edited", shared, textB, true, editApart, textT, Choices{}, Refuse, none, textB, "is lost"},
		{"base lost, edited, ours", shared, textB, true, editApart, textT, ours, Keep, editApart, textT, ""},
		{"base lost, already new", shared, textB, true, textT, textT, Choices{}, Keep, textT, textT, ""},
		{"base lost, dropped, pristine", shared, textB, true, textB, none, Choices{}, Delete, none, none, ""},
		{"base lost, dropped, edited", shared, textB, true, editApart, none, Choices{}, Orphan, editApart, textB, "no longer emitted"},

		// once, recorded
		{"once same", once, textB, false, textB, textB, Choices{}, Keep, textB, textB, ""},
		{"once edited", once, textB, false, editApart, textB, Choices{}, Keep, editApart, textB, ""},
		{"once edited, T new", once, textB, false, editApart, textT, Choices{}, Keep, editApart, textT, "new version differs"},
		{"once untouched, T new", once, textB, false, textB, textT, Choices{}, Keep, textB, textT, "new version differs"},
		{"once forced", once, textB, false, editApart, textT, force, Keep, editApart, textT, "new version differs"},
		{"once deleted", once, textB, false, none, textT, Choices{}, Keep, none, textB, "deleted by you"},
		{"once restored", once, textB, false, none, textT, restore, Create, textT, textT, ""},
		{"once dropped", once, textB, false, textB, none, Choices{}, Delete, none, none, ""},
		{"once dropped, edited", once, textB, false, editApart, none, Choices{}, Orphan, editApart, textB, "no longer emitted"},
		{"once dropped, gone", once, textB, false, none, none, Choices{}, Delete, none, none, ""},

		// ledger, recorded
		{"ledger same", ledger, textB, false, textB, textB, Choices{}, Keep, textB, textB, ""},
		{"ledger edited", ledger, textB, false, editApart, textB, Choices{}, Keep, editApart, textB, "edited since"},
		{"ledger never rewritten", ledger, textB, false, textB, textT, Choices{}, Keep, textB, textB, ""},
		{"ledger deleted", ledger, textB, false, none, textB, Choices{}, Keep, none, textB, "deleted by you"},
		{"ledger not emitted again", ledger, textB, false, textB, none, Choices{}, Keep, textB, textB, ""},
		{"ledger edited, not emitted", ledger, textB, false, editApart, none, force, Keep, editApart, textB, ""},
	}
}

func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

func (c cell) input(t *testing.T) Input {
	t.Helper()
	in := Input{Version: "v1", Lock: &workspace.Lock{}, Disk: map[string][]byte{}, Bases: map[string][]byte{}, Choices: c.choices}
	if c.theirs != none {
		var err error
		if in.Tree, err = NewTree(File{Path: filePath, Class: c.class, Data: []byte(c.theirs)}); err != nil {
			t.Fatal(err)
		}
	}
	if c.recorded != none {
		in.Lock.Entries = []workspace.Entry{{Class: c.class, Sum: workspace.SumOf([]byte(c.recorded)), Path: filePath}}
		if c.class == workspace.Shared && !c.noBase {
			in.Bases[filePath] = []byte(c.recorded)
		}
	}
	if c.ours != none {
		in.Disk[filePath] = []byte(c.ours)
	}
	return in
}

func textOf(data []byte) string {
	if data == nil {
		return none
	}
	return string(data)
}

func TestMatrix(t *testing.T) {
	for _, c := range matrix() {
		t.Run(c.name, func(t *testing.T) {
			plan := Decide(c.input(t))
			if len(plan.Actions) != 1 {
				t.Fatalf("%d actions", len(plan.Actions))
			}
			a := plan.Actions[0]
			if a.Kind != c.kind {
				t.Fatalf("%s (%s), want %s", a.Kind, a.Reason, c.kind)
			}
			stops := c.kind == Conflict || c.kind == Refuse
			if !stops && textOf(a.Result) != c.result {
				t.Errorf("result %q, want %q", textOf(a.Result), c.result)
			}
			if (plan.Err() != nil) != stops {
				t.Errorf("error %v", plan.Err())
			}
			checkLock(t, plan, c)
			checkDiags(t, plan, c)
			if !stops {
				checkSettled(t, plan, c)
			}
		})
	}
}

func checkLock(t *testing.T, plan *Plan, c cell) {
	t.Helper()
	e, ok := plan.lock.Find(filePath)
	if ok != (c.lockedAs != none) || ok && e.Sum != workspace.SumOf([]byte(c.lockedAs)) {
		t.Errorf("lock entry %v (%v), want the sum of %q", e, ok, c.lockedAs)
	}
}

func checkDiags(t *testing.T, plan *Plan, c cell) {
	t.Helper()
	diags := plan.Diags()
	if c.diagnostic == "" {
		if len(diags) != 0 {
			t.Errorf("unexpected report %v", diags)
		}
		return
	}
	if len(diags) != 1 || !strings.Contains(diags[0].Summary+diags[0].Detail, c.diagnostic) {
		t.Fatalf("report %v, want %q", diags, c.diagnostic)
	}
	d := diags[0]
	if stops := c.kind == Conflict || c.kind == Refuse; stops != (d.Severity == diag.Error) || d.Pos.File != filePath || d.Code == "" {
		t.Errorf("report %+v", d)
	}
	if d.Severity == diag.Error && !strings.Contains(d.Suggestion, filePath) && !strings.Contains(d.Suggestion, "resolve") {
		t.Errorf("no way out is offered: %+v", d)
	}
}

// checkSettled: what a plan writes is a state in which the next run has
// nothing to do, and a second look at the same input gives the same plan.
func checkSettled(t *testing.T, plan *Plan, c cell) {
	t.Helper()
	in := c.input(t)
	apply(t, plan, &in)
	in.Choices = Choices{}
	if in.Choices.Markers = c.choices.Markers; in.Choices.Markers != nil && c.kind == Merge {
		return // the next run waits for the markers to be resolved
	}
	again := Decide(in)
	if !again.Empty() {
		t.Errorf("the next run is not empty: %+v", again.Actions)
	}
	once, err := plan.Changes()
	if err != nil {
		t.Fatal(err)
	}
	twice, err := Decide(c.input(t)).Changes()
	if err != nil || !slices.EqualFunc(once, twice, func(a, b workspace.Change) bool {
		return a.Path == b.Path && textOf(a.Before) == textOf(b.Before) && textOf(a.After) == textOf(b.After)
	}) {
		t.Errorf("two looks, two plans: %v %v %v", once, twice, err)
	}
}

// apply does to in what a writer does to the disk.
func apply(t *testing.T, plan *Plan, in *Input) {
	t.Helper()
	changes, err := plan.Changes()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		m, key := in.Disk, c.Path
		if base, ok := workspace.PathOfBase(c.Path); ok {
			m, key = in.Bases, base
		}
		if c.After == nil {
			delete(m, key)
			continue
		}
		m[key] = c.After
	}
	if text, ok := in.Disk[workspace.LockPath]; ok {
		if in.Lock, err = workspace.ParseLock(text); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPatches(t *testing.T) {
	plan := Decide(Input{Version: "v1", Patches: []Patch{
		{Path: "go.mod", Before: []byte("a"), After: []byte("b")},
		{Path: ".gitignore", After: []byte(".env\n")},
		{Path: "go.sum", Before: []byte("s"), After: []byte("s")},
	}})
	got := map[string]Kind{}
	for _, a := range plan.Actions {
		got[a.Path] = a.Kind
	}
	if want := (map[string]Kind{"go.mod": Update, ".gitignore": Create, "go.sum": Keep}); !maps.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if len(plan.lock.Entries) != 0 {
		t.Error("a patched file was recorded")
	}
	if !slices.IsSortedFunc(plan.Actions, func(a, b Action) int { return strings.Compare(a.Path, b.Path) }) {
		t.Error("not sorted")
	}
}

func TestOneRefusalStopsEverything(t *testing.T) {
	tree, err := NewTree(
		File{Path: "a.go", Class: workspace.Gen, Data: []byte("a\n")},
		File{Path: "b.go", Class: workspace.Gen, Data: []byte("b\n")},
	)
	if err != nil {
		t.Fatal(err)
	}
	plan := Decide(Input{Tree: tree, Disk: map[string][]byte{"b.go": []byte("mine\n")}})
	if changes, err := plan.Changes(); !errors.Is(err, ErrRefused) || changes != nil {
		t.Errorf("got %v, %v", changes, err)
	}
	if plan.Empty() {
		t.Error("a refused plan counts as nothing to do")
	}
}

func TestClassChange(t *testing.T) {
	for _, tt := range []struct {
		name     string
		from, to workspace.Class
		ours     string
		kind     Kind
		base     bool // a base exists afterwards
	}{
		{"gen becomes shared", workspace.Gen, workspace.Shared, textB, Update, true},
		{"edited gen becomes shared", workspace.Gen, workspace.Shared, editApart, Refuse, false},
		{"shared becomes gen", workspace.Shared, workspace.Gen, textB, Update, false},
		{"edited shared becomes gen", workspace.Shared, workspace.Gen, editApart, Refuse, true},
		{"shared becomes once", workspace.Shared, workspace.Once, editApart, Keep, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := cell{class: tt.from, recorded: textB, ours: tt.ours, theirs: textT}.input(t)
			var err error
			if in.Tree, err = NewTree(File{Path: filePath, Class: tt.to, Data: []byte(textT)}); err != nil {
				t.Fatal(err)
			}
			plan := Decide(in)
			if plan.Actions[0].Kind != tt.kind {
				t.Fatalf("%s, want %s", plan.Actions[0].Kind, tt.kind)
			}
			if _, ok := plan.bases[filePath]; ok != tt.base {
				t.Errorf("base kept: %v", ok)
			}
		})
	}
}

// TestUnusableBase: a base that git merged badly, or that belongs to a
// file of another class, is not the text last emitted.
func TestUnusableBase(t *testing.T) {
	in := cell{class: workspace.Shared, recorded: textB, ours: editApart, theirs: textT}.input(t)
	in.Bases[filePath] = []byte("<<<<<<< a\n" + textB + "=======\n" + textT + ">>>>>>> b\n")
	if a := Decide(in).Actions[0]; a.Kind != Refuse {
		t.Errorf("%s with conflict markers in the base", a.Kind)
	}
	in = cell{class: workspace.Shared, recorded: textB, ours: editApart, theirs: textT}.input(t)
	in.Lock.Entries[0].Class = workspace.Gen
	if a := Decide(in).Actions[0]; a.Kind != Refuse {
		t.Errorf("%s on the base of a file that had none", a.Kind)
	}
}

// TestCRLFCheckout: git may have rewritten every file of ours, bases and lock
// included, and still nothing has changed.
func TestCRLFCheckout(t *testing.T) {
	in := cell{class: workspace.Shared, recorded: textB, ours: editApart, theirs: textB}.input(t)
	apply(t, Decide(in), &in)
	for _, m := range []map[string][]byte{in.Disk, in.Bases} {
		for filePath, text := range m {
			m[filePath] = []byte(crlf(string(text)))
		}
	}
	if plan := Decide(in); !plan.Empty() {
		changes, err := plan.Changes()
		t.Errorf("not empty: %q, %v", changes, err)
	}
}

func TestNewTree(t *testing.T) {
	for _, bad := range [][]File{
		{{Path: "a", Class: workspace.Gen}, {Path: "a", Class: workspace.Gen}},
		{{Path: "A.go", Class: workspace.Gen}, {Path: "a.go", Class: workspace.Gen}},
		{{Path: "../a", Class: workspace.Gen}},
		{{Path: "a", Class: workspace.Patch}},
		{{Path: "a"}},
	} {
		if _, err := NewTree(bad...); err == nil {
			t.Errorf("%v accepted", bad)
		}
	}
	tree, err := NewTree(File{Path: "b", Class: workspace.Gen}, File{Path: "a", Class: workspace.Once})
	if err != nil || tree.files[0].Path != "a" || tree.files[1].Data == nil {
		t.Errorf("got %v, %v", tree, err)
	}
	if _, ok := tree.Find("c"); ok {
		t.Error("found what is not there")
	}
}
