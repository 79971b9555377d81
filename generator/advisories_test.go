package generator_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator"
	"github.com/betterauth-gen/betterauth-gen/generator/advisory"
	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
	"github.com/betterauth-gen/betterauth-gen/generator/resolve"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
	"github.com/betterauth-gen/betterauth-gen/plugins/all"
)

const signedGo = "internal/auth/web/signed.go"

// advisoryText reads a file of the release with a flaw, and of what users made of it.
func advisoryText(t *testing.T, name string) string {
	t.Helper()
	return readFile(t, filepath.Join("..", "testdata", "advisories", name))
}

// emittedAs makes text what an earlier release emitted as signed.go.
func emittedAs(t *testing.T, dir, text string) {
	t.Helper()
	writeFile(t, filepath.Join(dir, signedGo), text)
	writeFile(t, filepath.Join(dir, workspace.BasePath(signedGo)), text)
	name := filepath.Join(dir, workspace.LockPath)
	lock, err := workspace.ParseLock([]byte(readFile(t, name)))
	if err != nil {
		t.Fatal(err)
	}
	for i := range lock.Entries {
		if lock.Entries[i].Path == signedGo {
			lock.Entries[i].Sum = workspace.SumOf([]byte(text))
		}
	}
	writeFile(t, name, string(lock.Format()))
}

// TestAdvisories upgrades projects with a flaw. Whatever users did to the flawed code, the flaw goes or the
// run says that it stays.
func TestAdvisories(t *testing.T) {
	list, err := advisory.Parse([]byte(advisoryText(t, "advisories.yaml")))
	if err != nil {
		t.Fatal(err)
	}
	dir := generate(t, "{}\n")
	fixed := readFile(t, filepath.Join(dir, signedGo))
	emittedAs(t, dir, advisoryText(t, "pristine/signed.go"))
	start := snapshot(t, dir)
	edited, rewritten := advisoryText(t, "edited/signed.go"), advisoryText(t, "rewritten/signed.go")
	const elsewhere = "internal/auth/web/cookie_value.go"
	kept, moved, _ := strings.Cut(edited, "// ReadSigned")
	moved, rest, _ := strings.Cut(moved, "// maxSigned")
	kept = strings.Replace(kept, "\t\"strings\"\n", "", 1) + "// maxSigned" + rest
	moved = "package web\n\nimport \"strings\"\n\n// ReadSigned" + moved

	tests := []struct {
		name    string
		edits   map[string]string // "" deletes
		choices reconcile.Choices
		want    generator.Outcome
		err     error
		in      string // where the fix is afterwards
		also    int    // advisories about other code that cannot be judged
	}{
		{name: "not edited", want: generator.FixedCleanly, in: signedGo},
		{name: "edited", edits: map[string]string{signedGo: edited}, want: generator.FixedByMerge, in: signedGo},
		{name: "moved", edits: map[string]string{signedGo: kept, elsewhere: moved}, want: generator.FixedByMerge, in: elsewhere},
		{name: "rewritten", edits: map[string]string{signedGo: rewritten}, want: generator.FixConflicts, err: reconcile.ErrConflict},
		{
			name: "rewritten, kept", edits: map[string]string{signedGo: rewritten},
			choices: reconcile.Choices{Ours: []string{signedGo}}, want: generator.FixIsDeclined,
		},
		{
			name: "rewritten, with markers", edits: map[string]string{signedGo: rewritten},
			choices: reconcile.Choices{Markers: []string{"*"}}, want: generator.FixConflicts,
		},
		{
			name: "rewritten, given up", edits: map[string]string{signedGo: rewritten},
			choices: reconcile.Choices{Theirs: []string{signedGo}}, want: generator.FixedCleanly, in: signedGo,
		},
		{ // after a bad merge of branches, the base says that the user removed the fix
			name: "base is too new", want: generator.FixIsDeclined,
			edits: map[string]string{signedGo: edited, workspace.BasePath(signedGo): fixed},
		},
		{
			name: "judged by the user", edits: map[string]string{
				signedGo: rewritten, workspace.BasePath(signedGo): fixed, "betterauth.yaml": "advisories: {allow: {TEST-2026-001: ours is fine}}\n",
			},
		},
		{ // for all we know it is in a package of the user's now
			name: "deleted", edits: map[string]string{signedGo: ""}, want: generator.FixIsDeclined, also: 1,
		},
		{
			name: "renamed", want: generator.FixIsDeclined,
			edits: map[string]string{
				signedGo: strings.ReplaceAll(edited, "ReadSigned", "OpenSigned"), workspace.BasePath(signedGo): fixed,
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			restore(t, dir, start)
			for name, text := range test.edits {
				if text != "" {
					writeFile(t, filepath.Join(dir, name), text)
				} else if err := os.Remove(filepath.Join(dir, name)); err != nil {
					t.Fatal(err)
				}
			}
			ws, err := workspace.Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = ws.Close() }()
			req := generator.Request{
				Root: dir, Reader: ws, FS: ws.FS(), Known: all.Plugins(), Now: clock, Choices: test.choices, Advisories: list,
			}
			p, err := generator.Build(t.Context(), req)
			if !errors.Is(err, test.err) {
				t.Fatalf("error %v, want %v", err, test.err)
			}
			if test.want == "" {
				if open, err := generator.Outstanding(ws, p.Model, list); len(p.Advisories) != 0 || err != nil || len(open) != 0 {
					t.Errorf("%v, %v, %v", p.Advisories, open, err)
				}
				return
			}
			if len(p.Advisories) != 1+test.also || p.Advisories[0].ID != "TEST-2026-001" || p.Advisories[0].Outcome != test.want {
				t.Fatalf("advisories %+v, want TEST-2026-001, %s", p.Advisories, test.want)
			}
			if !slices.ContainsFunc(p.Diags, func(d diag.Diagnostic) bool { return d.Code == generator.CodeAdvisory }) {
				t.Error("nobody is told")
			}
			if err != nil {
				return
			}
			if err := p.Apply(t.Context(), ws); err != nil {
				t.Fatal(err)
			}
			open, err := generator.Outstanding(ws, p.Model, list)
			if err != nil {
				t.Fatal(err)
			}
			if gone := test.in != ""; gone != (len(open) == 0) {
				t.Errorf("afterwards %+v", open)
			}
			if test.in == "" {
				return
			}
			text := readFile(t, filepath.Join(dir, test.in))
			if !strings.Contains(text, "hmac.Equal(") || strings.Contains(text, "given != signature(") {
				t.Errorf("the flaw is there:\n%s", text)
			}
			if before := test.edits[test.in]; strings.Contains(before, "> maxSigned") && !strings.Contains(text, "> maxSigned") {
				t.Errorf("the edit is lost:\n%s", text)
			}
			if again, err := generator.Build(t.Context(), req); err != nil || len(again.Advisories) != 0 {
				t.Errorf("told again: %v, %v", again.Advisories, err)
			}
		})
	}
}

// restore makes dir what it was.
func restore(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	now := snapshot(t, dir)
	for name := range now {
		if _, ok := files[name]; !ok {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if now[name] != files[name] {
			writeFile(t, filepath.Join(dir, name), files[name])
		}
	}
}

// noAdvisories looks for the flaws that this release knows of in what it has just emitted.
func noAdvisories(t *testing.T, dir string, m *resolve.Model) {
	t.Helper()
	list, err := advisory.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	ws, err := workspace.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ws.Close() }()
	open, err := generator.Outstanding(ws, m, list)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range open {
		t.Errorf("%s is %s: the probe is wrong, or the fix is missing", f.ID, f.State)
	}
}
