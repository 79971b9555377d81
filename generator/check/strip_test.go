package check

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestStrip(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"func f() int { return 1 }\n", "func f() int {}\n"},
		{"func f(x struct{ a int }) interface{ F() } { return nil }\n", "func f(x struct{ a int }) interface{ F() } {}\n"},
		{"func f[T interface{ ~int }](t T) {\n\tg('}', \"}\", `}`) // }\n\t/* } */\n}\nvar x = 1\n", "func f[T interface{ ~int }](t T) {}\nvar x = 1\n"},
		{"func asm(x int) int\nfunc g() {}\n", "func asm(x int) int\nfunc g() {}\n"},
		{"var x = map[string]struct{}{\"a\": {}}\n", "var x = map[string]struct{}{}\n"},
		{"var x = [...]int{1, 2}\nvar y = [2]int{1, 2}\n", "var x = [...]int{1, 2}\nvar y = [2]int{}\n"},
		{"var (\n\tx = [...]int{1}\n\ty = []T{{1}}\n)\n", "var (\n\tx = [...]int{1}\n\ty = []T{}\n)\n"},
		{"var f = func() int { return 1 }()\n", "var f = func() int {}()\n"},
		{"var p = &T{\n\tA: 1,\n}\n\ntype T struct {\n\tA int\n}\n", "var p = &T{}\n\ntype T struct {\n\tA int\n}\n"},
		{"var x interface { F() } = T{1}\n", "var x interface { F() } = T{}\n"},
		{"type variable struct { f func() }\n", "type variable struct { f func() }\n"},
		{"func f() { \"\n", "func f() { \"\n"},
		{"func f() {", "func f() {"},
	} {
		if got := string(strip([]byte(c.src))); got != c.want {
			t.Errorf("%q\ngot  %q\nwant %q", c.src, got, c.want)
		}
	}
}

// TestStripKeepsDeclarations compares the declarations of packages of the standard library, and of the
// largest driver, with and without strip.
func TestStripKeepsDeclarations(t *testing.T) {
	var roots []string
	for _, name := range []string{"crypto", "net", "runtime", "unicode"} {
		roots = append(roots, filepath.Join(goEnv(t, "GOROOT"), "src", name))
	}
	if sqlite := strings.TrimSpace(output(t, "go", "list", "-m", "-f", "{{.Dir}}", "modernc.org/sqlite")); sqlite != "" {
		roots = append(roots, sqlite)
	}
	for _, root := range roots {
		files := 0
		err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() && e.Name() == "testdata" {
				return filepath.SkipDir
			}
			if filepath.Ext(name) == ".go" && e.Type().IsRegular() {
				files++
				compareDeclarations(t, name)
			}
			return nil
		})
		if err != nil || files == 0 {
			t.Errorf("%s: %d files, %v", root, files, err)
		}
	}
}

func compareDeclarations(t *testing.T, name string) {
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := parser.ParseFile(token.NewFileSet(), name, src, parser.SkipObjectResolution)
	if err != nil {
		return
	}
	stripped, err := parser.ParseFile(token.NewFileSet(), name, strip(src), parser.SkipObjectResolution)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	if a, b := declared(t, whole), declared(t, stripped); a != b {
		t.Errorf("%s:\n%s\n---\n%s", name, a, b)
	}
}

// declared prints a file without bodies and literals.
func declared(t *testing.T, f *ast.File) string {
	f.Comments, f.Doc = nil, nil
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			n.Body, n.Doc = nil, nil
		case *ast.FuncLit:
			n.Body.List = nil
		case *ast.CompositeLit:
			n.Elts = nil
		}
		return true
	})
	var out bytes.Buffer
	for _, d := range f.Decls {
		if err := format.Node(&out, token.NewFileSet(), d); err != nil {
			t.Fatal(err)
		}
		out.WriteByte('\n')
	}
	return out.String()
}

func goEnv(t *testing.T, name string) string { return strings.TrimSpace(output(t, "go", "env", name)) }

func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
