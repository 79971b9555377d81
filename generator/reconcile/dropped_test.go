package reconcile

import (
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// TestConflictInDroppedFile: ours moves a function to a file the new version gives up, and both change it. That is a
// conflict as any other; the file used to stay as it was, and the change to be lost.
func TestConflictInDroppedFile(t *testing.T) {
	const (
		one   = "// one is one.\nfunc one() int { return 1 }\n"
		two   = "func two() {}\n"
		three = "func three() {}\n"
	)
	file := func(decls ...string) []byte { return []byte("package p\n\n" + strings.Join(decls, "\n")) }
	edit := func(old, new string) string { return strings.Replace(one, old, new, 1) }
	base := map[string][]byte{"dir/a.go": file(one, two), "dir/b.go": file(three)}
	in := Input{
		Version: "new", Lock: &workspace.Lock{}, Bases: base,
		Disk: map[string][]byte{"dir/a.go": file(two), "dir/b.go": file(three, edit("return 1", "return 2"))},
	}
	for _, name := range []string{"dir/a.go", "dir/b.go"} {
		in.Lock.Entries = append(in.Lock.Entries, workspace.Entry{Class: workspace.Shared, Sum: workspace.SumOf(base[name]), Path: name})
	}
	var err error
	if in.Tree, err = NewTree(File{Path: "dir/a.go", Class: workspace.Shared, Data: file(edit("return 1", "return 3"), two)}); err != nil {
		t.Fatal(err)
	}
	dropped := func(p *Plan) Action {
		return p.Actions[slices.IndexFunc(p.Actions, func(a Action) bool { return a.Path == "dir/b.go" })]
	}
	a := dropped(Decide(in))
	if a.Kind != Conflict || len(a.Conflicts) != 1 || !strings.Contains(string(a.Result), "return 3") {
		t.Fatalf("%v with %d conflicts:\n%s", a.Kind, len(a.Conflicts), a.Result)
	}
	in.Choices.Markers = []string{"*"}
	plan := Decide(in)
	if a := dropped(plan); plan.Err() != nil || a.Kind != Merge || !strings.Contains(string(a.Result), "<<<<<<< yours") {
		t.Errorf("with markers: %v, %v", a.Kind, plan.Err())
	}
	kept := slices.ContainsFunc(plan.lock.Entries, func(e workspace.Entry) bool {
		return e.Path == "dir/b.go" && e.Sum == workspace.SumOf(base["dir/b.go"])
	})
	if !kept {
		t.Error("the file is no longer on record as it was")
	}
}
