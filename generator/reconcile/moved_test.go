package reconcile

import (
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// movedAway is a function that the user changed and the new version changes and moves to a new file.
func movedAway(t *testing.T) Input {
	t.Helper()
	file := func(decls ...string) []byte { return []byte("package p\n\n" + strings.Join(decls, "\n")) }
	one := func(result string) string { return "// one is one.\nfunc one() int { return " + result + " }\n" }
	const two = "func two() {}\n"
	base := file(two, one("1"))
	in := Input{
		Version: "new", Bases: map[string][]byte{"dir/a.go": base}, Disk: map[string][]byte{"dir/a.go": file(two, one("2"))},
		Lock: &workspace.Lock{Entries: []workspace.Entry{{Class: workspace.Shared, Sum: workspace.SumOf(base), Path: "dir/a.go"}}},
	}
	var err error
	in.Tree, err = NewTree(
		File{Path: "dir/a.go", Class: workspace.Shared, Data: file(two)},
		File{Path: "dir/b.go", Class: workspace.Shared, Data: file(one("3"))},
	)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// TestConflictNamesTheUsersFile: the new file does not exist yet, so the place is the one in the old file.
func TestConflictNamesTheUsersFile(t *testing.T) {
	diags := Decide(movedAway(t)).Diags()
	if len(diags) != 1 || diags[0].Pos.File != "dir/a.go" || diags[0].Pos.Line != 6 {
		t.Fatalf("reported %+v", diags)
	}
	if d := diags[0]; !strings.Contains(d.Detail, "dir/a.go:") || !strings.Contains(d.Suggestion, "--ours dir/b.go ") {
		t.Errorf("reported %+v", d)
	}
}

// TestOursOfAFunctionThatMoved: what the user has is in the old file; it is kept in the new one, not lost with it.
func TestOursOfAFunctionThatMoved(t *testing.T) {
	for _, tt := range []struct {
		choices Choices
		want    string
	}{
		{Choices{Ours: []string{"dir/b.go"}}, "return 2"},
		{Choices{Theirs: []string{"dir/b.go"}}, "return 3"},
	} {
		in := movedAway(t)
		in.Choices = tt.choices
		plan := Decide(in)
		if plan.Err() != nil {
			t.Fatal(plan.Err())
		}
		all := ""
		for _, a := range plan.Actions {
			all += string(a.Result)
		}
		if strings.Count(all, "func one") != 1 || !strings.Contains(all, tt.want) {
			t.Errorf("%+v gave\n%s", tt.choices, all)
		}
		apply(t, plan, &in)
		if again := Decide(in); !again.Empty() {
			t.Errorf("the next run is not empty: %+v", again.Actions)
		}
	}
}

// TestConflictOfADeletedFunction has the line at which the user's file would have it.
func TestConflictOfADeletedFunction(t *testing.T) {
	const head, one, two, three = "package p\n", "\nfunc one() int { return 1 }\n", "\nfunc two() {}\n", "\nfunc three() {}\n"
	changed := strings.Replace(one, "1", "3", 1)
	for _, tt := range []struct {
		name, base, ours, theirs string
		line                     int
	}{
		{"middle", head + two + one + three, head + two + three, head + two + changed + three, 4},
		{"first", head + one + two, head + two, head + changed + two, 1},
		{"last", head + two + three + one, head + two + three, head + two + three + changed, 6},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := cell{class: workspace.Shared, recorded: tt.base, ours: tt.ours, theirs: tt.theirs}.input(t)
			diags := Decide(in).Diags()
			if len(diags) != 1 || diags[0].Pos.Line != tt.line || !strings.Contains(diags[0].Detail, "you removed func one, which the new version changes") {
				t.Errorf("reported %+v, want line %d:\n%s", diags, tt.line, diags[0].Detail)
			}
		})
	}
}

// TestConflictOfRemovedLines: who removes lines of a function has not removed the function.
func TestConflictOfRemovedLines(t *testing.T) {
	text := func(line string) string { return "package p\n\nfunc one() {\n\tbegin()\n" + line + "\tend()\n}\n" }
	in := cell{class: workspace.Shared, recorded: text("\tx(1)\n"), ours: text(""), theirs: text("\tx(2)\n")}.input(t)
	diags := Decide(in).Diags()
	if len(diags) != 1 || diags[0].Pos.Line != 5 || !strings.Contains(diags[0].Detail, "dir/file.go:5: you and the new version both changed func one") {
		t.Errorf("reported %+v", diags)
	}
}
