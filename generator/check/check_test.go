package check

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
)

// module writes files to a new folder and returns it.
func module(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	if _, ok := files["go.mod"]; !ok {
		files["go.mod"] = "module m\n\ngo 1.26\n"
	}
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func overlay(files map[string]string) map[string][]byte {
	out := map[string][]byte{}
	for name, text := range files {
		out[name] = []byte(text)
	}
	return out
}

func verify(t *testing.T, o Options) []string {
	t.Helper()
	list, err := Verify(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, d := range list {
		out = append(out, d.String())
		if strings.Contains(d.String()+d.Detail, os.TempDir()) {
			t.Errorf("a machine path in %+v", d)
		}
		if d.Code == "" {
			t.Errorf("no code: %v", d)
		}
	}
	return out
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got\n%s\nwant\n%s", got[i], want[i])
		}
	}
}

const callsHelper = "package core\n\nfunc Use() bool { return check() }\n"

// TestRenamedHelper is the case the package exists for.
func TestRenamedHelper(t *testing.T) {
	dir := module(t, map[string]string{
		"core/a.go": "package core\n\nfunc check() bool { return true }\n", "core/mine.go": callsHelper,
		"other/o.go": "package other\n\nimport \"m/core\"\n\nvar X = core.Use()\n",
	})
	got := verify(t, Options{ModuleRoot: dir, Overlay: overlay(map[string]string{
		"core/a.go": "package core\n\nfunc verify() bool { return true }\n",
	})})
	expect(t, got, "core/mine.go:3:26: error: undefined: check")
}

func TestCleanTree(t *testing.T) {
	dir := module(t, map[string]string{"a/a.go": "package a\n\nfunc A() int { return 1 }\n"})
	got := verify(t, Options{ModuleRoot: dir, Tests: true, Overlay: overlay(map[string]string{
		"new/deep/b.go":      "package deep\n\nimport (\n\t\"fmt\"\n\t\"slices\"\n\n\t\"m/a\"\n)\n\nvar B = fmt.Sprint(slices.Max([]int{a.A()}))\n",
		"new/deep/b_test.go": "package deep\n\nimport \"testing\"\n\nfunc TestB(t *testing.T) { _ = B }\n",
		"new/deep/x.txt":     "not Go {",
	})})
	expect(t, got)
}

func TestDeletedFile(t *testing.T) {
	dir := module(t, map[string]string{
		"a/a.go": "package a\n\nfunc A() {}\n", "a/b.go": "package a\n\nfunc B() {}\n",
		"gone/g.go": "package gone\n\nfunc G() {}\n", "lonely/l.go": "package lonely\n",
		"use/u.go": "package use\n\nimport (\n\t\"m/a\"\n\t\"m/gone\"\n)\n\nfunc _() { a.A(); a.B(); gone.G() }\n",
	})
	got := verify(t, Options{ModuleRoot: dir, Deleted: []string{"a/b.go", "gone/g.go", "lonely/l.go", "gone/query.sql"}})
	expect(t, got,
		"use/u.go:5:2: error: no Go files are left in package m/gone",
		"use/u.go:8:21: error: undefined: a.B",
	)
}

func TestOldErrorsAreWarnings(t *testing.T) {
	dir := module(t, map[string]string{
		"a/a.go": "package a\n\nvar X int = \"\"\n", "b/b.go": "package b\n\nfunc {\n",
	})
	got := verify(t, Options{ModuleRoot: dir, Overlay: overlay(map[string]string{
		"a/a.go": "package a\n\n// moved down\n\nvar X int = \"\"\nvar Y int = \"\"\n",
		"c/c.go": "package c\n\nvar Z int = 1\n",
	})})
	const wrong = `cannot use "" (untyped string constant) as int value in variable declaration`
	if len(got) < 3 || got[0] != "a/a.go:5:13: warning: "+wrong+" (not caused by this run)" || got[1] != "a/a.go:6:13: error: "+wrong {
		t.Fatalf("got\n%s", strings.Join(got, "\n"))
	}
	for _, line := range got[2:] {
		if !strings.HasPrefix(line, "b/b.go:3:") || !strings.Contains(line, "warning") {
			t.Errorf("got %s", line)
		}
	}
}

func TestImports(t *testing.T) {
	dir := module(t, map[string]string{"a/a.go": "package a\n"})
	got := verify(t, Options{ModuleRoot: dir, Overlay: overlay(map[string]string{
		"b/b.go":   "package b\n\nimport (\n\t_ \"golang.org/x/crypto/argon2\"\n\t_ \"m/nowhere\"\n)\n",
		"k/k.go":   "package k\n\nimport _ \"m/l\"\n",
		"l/l.go":   "package l\n\nimport _ \"m/k\"\n",
		"two/a.go": "package one\n", "two/b.go": "package two\n",
	})})
	if len(got) != 4 {
		t.Fatalf("got\n%s", strings.Join(got, "\n"))
	}
	for i, want := range []string{
		"b/b.go:4:4: error: no required module provides package golang.org/x/crypto/argon2 (go get golang.org/x/crypto/argon2)",
		"b/b.go:5:4: error: package m/nowhere is not in std",
		"import cycle",
		"two/b.go:1:1: error: package two; expected package one",
	} {
		if !strings.Contains(got[i], want) {
			t.Errorf("got %s, want %s", got[i], want)
		}
	}
}

func TestTestFiles(t *testing.T) {
	dir := module(t, map[string]string{"a/a.go": "package a\n\nfunc A() {}\n"})
	o := Options{ModuleRoot: dir, Overlay: overlay(map[string]string{
		"a/a_test.go": "package a\n\nvar _ int = \"in\"\n",
		"a/x_test.go": "package a_test\n\nimport \"m/a\"\n\nvar _ = a.B\n",
	})}
	expect(t, verify(t, o))
	o.Tests = true
	got := verify(t, o)
	if len(got) != 2 || !strings.HasPrefix(got[0], "a/a_test.go:3:13: error") || !strings.HasPrefix(got[1], "a/x_test.go:5:11: error") {
		t.Errorf("got %v", got)
	}
	o.Ignored = []string{"a/a_test.go", "a/x_test.go"}
	expect(t, verify(t, o))
}

// TestCgo: what cgo makes of a file is not in the module, and still the user's own code.
func TestCgo(t *testing.T) {
	if strings.TrimSpace(output(t, "go", "env", "CGO_ENABLED")) != "1" {
		t.Skip("there is no C compiler")
	}
	dir := module(t, map[string]string{
		"a/a.go": "package a\n\ntype A struct{ F int }\n",
		"c/c.go": "package c\n\n// static int two() { return 2; }\nimport \"C\"\n\nimport \"m/a\"\n\nfunc G(x a.A) int { return x.F + int(C.two()) }\n",
	})
	o := Options{ModuleRoot: dir, Overlay: overlay(map[string]string{"a/a.go": "package a\n\ntype A struct{ F, G int }\n"})}
	expect(t, verify(t, o))
	o.Overlay = overlay(map[string]string{"a/a.go": "package a\n\ntype A struct{ G int }\n"})
	expect(t, verify(t, o), "c/c.go:8:30: error: x.F undefined (type a.A has no field or method F)")
}

// required returns the line of our own go.mod that requires module, so that
// the tests use what is in the module cache anyway, and our go.sum.
func required(t testing.TB, module string) (line string, sum []byte) {
	t.Helper()
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if sum, err = os.ReadFile("../../go.sum"); err != nil {
		t.Fatal(err)
	}
	for l := range strings.SplitSeq(string(mod), "\n") {
		if fields := strings.Fields(l); len(fields) >= 2 && fields[0] == module {
			return fields[0] + " " + fields[1], sum
		}
	}
	t.Fatalf("go.mod does not require %s", module)
	return "", nil
}

func TestStagedModule(t *testing.T) {
	const onDisk = "module m\n\ngo 1.26\n"
	dir := module(t, map[string]string{"go.mod": onDisk, "a/a.go": "package a\n", "go.work": "go 1.26\n\nuse .\n"})
	crypto, sum := required(t, "golang.org/x/crypto")
	sys, _ := required(t, "golang.org/x/sys")
	o := Options{
		ModuleRoot: dir, SumFile: sum,
		ModFile: fmt.Appendf(nil, "%s\nrequire %s\n\nrequire %s // indirect\n", onDisk, crypto, sys),
		Overlay: overlay(map[string]string{
			"b/b.go": "package b\n\nimport \"golang.org/x/crypto/argon2\"\n\nvar Key string = argon2.IDKey(nil, nil, 1, 1, 1, 1)\n",
		}),
	}
	r, err := Check(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Diags) != 1 || r.Diags[0].Pos != (diag.Position{File: "b/b.go", Line: 5, Col: 18}) {
		t.Errorf("got %v", r.Diags)
	}
	if !strings.Contains(string(r.ModFile), crypto) || !strings.Contains(string(r.SumFile), "golang.org/x/crypto") {
		t.Errorf("module files come back as\n%s", r.ModFile)
	}
	left, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil || string(left) != onDisk {
		t.Errorf("go.mod on disk was changed: %s, %v", left, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "go.sum")); !errors.Is(err, os.ErrNotExist) {
		t.Error("go.sum was written to disk")
	}
}

// TestUnloadableModule: a go.mod that is out of order already must not keep
// anybody from generating, but new syntax errors must.
func TestUnloadableModule(t *testing.T) {
	dir := module(t, map[string]string{"go.mod": "module m\n\ngo 1.26\n\nrequire broken\n"})
	got := verify(t, Options{ModuleRoot: dir, Overlay: overlay(map[string]string{"a/a.go": "package a\n\nvar = 1\n"})})
	if len(got) < 2 || !strings.HasPrefix(got[0], "a/a.go:3:5: error") || !strings.HasPrefix(got[len(got)-1], "go.mod: warning: types were not checked") {
		t.Errorf("got %v", got)
	}
}

// TestBrokenStagedModule: one that this run would break must not be written.
func TestBrokenStagedModule(t *testing.T) {
	dir := module(t, map[string]string{"a/a.go": "package a\n"})
	if _, err := Verify(t.Context(), Options{ModuleRoot: dir, ModFile: []byte("module m\n\nrequire broken\n")}); err == nil {
		t.Error("accepted")
	}
}

func TestNoToolchain(t *testing.T) {
	dir := module(t, map[string]string{"a/a.go": "package a\n"})
	t.Setenv("PATH", t.TempDir())
	if _, err := Verify(t.Context(), Options{ModuleRoot: dir}); !errors.Is(err, ErrNoToolchain) {
		t.Errorf("got %v", err)
	}
}

func TestNoModule(t *testing.T) {
	if _, err := Verify(t.Context(), Options{ModuleRoot: t.TempDir()}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestRootBehindLink(t *testing.T) {
	dir := module(t, map[string]string{"a/a.go": "package a\n"})
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Skip(err)
	}
	got := verify(t, Options{ModuleRoot: link, Overlay: overlay(map[string]string{"a/a.go": "package a\n\nvar x int = \"\"\n"})})
	if len(got) != 1 || !strings.HasPrefix(got[0], "a/a.go:3:13: error") {
		t.Errorf("got %v", got)
	}
}

func TestSyntax(t *testing.T) {
	got := Syntax(overlay(map[string]string{
		"ok.go": "package a\n", "bad.go": "package a\n\nfunc {\n", "empty.go": "", "text.sql": "func {",
		"marked.go": "package a\n\n<<<<<<< yours\nvar a = 1\n=======\nvar a = 2\n>>>>>>> new\n",
	}))
	seen := map[string]int{}
	for _, d := range got {
		seen[d.Pos.File]++
		if d.Severity != diag.Error || d.Code != CodeSyntax || d.Pos.Line == 0 || d.Pos.Col == 0 || strings.Contains(d.Summary, ".go:") {
			t.Errorf("got %+v", d)
		}
	}
	if len(seen) != 3 || seen["bad.go"] == 0 || seen["empty.go"] == 0 || seen["marked.go"] == 0 {
		t.Errorf("errors in %v", seen)
	}
}

// sixtyFiles is about what a selection of plugins emits.
func sixtyFiles() map[string][]byte {
	out := map[string][]byte{}
	for i := range 60 {
		var b strings.Builder
		fmt.Fprintf(&b, "package p%d\n\nimport (\n\t\"context\"\n\t\"net/http\"\n\n\t\"golang.org/x/crypto/argon2\"\n\n\t\"github.com/jackc/pgx/v5\"\n)\n\n", i/10)
		for f := range 12 {
			fmt.Fprintf(&b, "func F%d_%d(ctx context.Context, c *pgx.Conn, r *http.Request) ([]byte, error) {\n"+
				"\tif err := c.Ping(ctx); err != nil {\n\t\treturn nil, err\n\t}\n\treturn argon2.IDKey([]byte(r.Host), nil, 1, 1, 1, 1), nil\n}\n\n", i, f)
		}
		out[fmt.Sprintf("internal/auth/p%d/f%d.go", i/10, i)] = []byte(b.String())
	}
	return out
}

func BenchmarkVerify(b *testing.B) {
	_, sum := required(b, "github.com/jackc/pgx/v5")
	ours, err := os.ReadFile("../../go.mod")
	if err != nil {
		b.Fatal(err)
	}
	_, requires, _ := strings.Cut(string(ours), "\n")
	mod := "module m\n" + requires
	o := Options{ModuleRoot: module(b, map[string]string{"go.mod": mod, "go.sum": string(sum)}), Overlay: sixtyFiles()}
	for _, tests := range []bool{false, true} {
		o.Tests = tests
		b.Run(fmt.Sprintf("tests=%v", tests), func(b *testing.B) {
			for b.Loop() {
				if list, err := Verify(b.Context(), o); err != nil || len(list) > 0 {
					b.Fatal(list, err)
				}
			}
		})
	}
}

func BenchmarkSyntax(b *testing.B) {
	files := sixtyFiles()
	for b.Loop() {
		if list := Syntax(files); len(list) > 0 {
			b.Fatal(list)
		}
	}
}
