package merge

import (
	"bytes"
	"fmt"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// scripts is the number of random cases: BETTERAUTH_FUZZ_SCRIPTS, or few.
func scripts(t *testing.T, few int) int {
	if n, err := strconv.Atoi(os.Getenv("BETTERAUTH_FUZZ_SCRIPTS")); err == nil && n > 0 {
		return n
	}
	if testing.Short() {
		return few / 10
	}
	return few
}

// program is Go source as a list of declarations, to be edited as people do.
type program struct {
	imports []string
	decls   []string
}

func (p program) text() []byte {
	var out strings.Builder
	out.WriteString("package p\n\nimport (\n")
	for _, i := range slices.Sorted(slices.Values(p.imports)) {
		fmt.Fprintf(&out, "\t%q\n", i)
	}
	out.WriteString(")\n")
	for _, d := range p.decls {
		out.WriteString("\n" + d)
	}
	return []byte(out.String())
}

// declaration makes one of the kinds there are.
func declaration(r *rand.Rand, name string) string {
	switch r.IntN(5) {
	case 0:
		return fmt.Sprintf("// %[1]s is a record.\ntype %[1]s struct {\n\tID   string\n\tName string `json:\"name\"`\n\tAge  int\n}\n", name)
	case 1:
		return fmt.Sprintf("type %s interface {\n\tRead(id string) error\n\tWrite(id string) error\n}\n", name)
	case 2:
		return fmt.Sprintf("const (\n\t%[1]s = iota\n\t%[1]sNext\n)\n", name)
	case 3:
		return fmt.Sprintf("func (a *Auth) %s(s string) string {\n\tif s == \"\" {\n\t\treturn fmt.Sprint(%d)\n\t}\n\treturn s\n}\n", name, r.IntN(9))
	default:
		return fmt.Sprintf("// %[1]s does its part.\nfunc %[1]s() (int, error) {\n\tx := %d\n\n\treturn x, errors.New(\"%[1]s\")\n}\n", name, r.IntN(9))
	}
}

// mutate makes k edits. Names it adds start with prefix.
func (p program) mutate(r *rand.Rand, k int, prefix string) program {
	p = program{slices.Clone(p.imports), slices.Clone(p.decls)}
	for i := range k {
		at := r.IntN(len(p.decls))
		switch r.IntN(9) {
		case 0, 1:
			p.decls = slices.Insert(p.decls, r.IntN(len(p.decls)+1), declaration(r, fmt.Sprintf("%s%d", prefix, i)))
		case 2:
			if len(p.decls) > 1 {
				p.decls = slices.Delete(p.decls, at, at+1)
			}
		case 3:
			d := p.decls[at]
			p.decls = slices.Delete(p.decls, at, at+1)
			p.decls = slices.Insert(p.decls, r.IntN(len(p.decls)+1), d)
		case 4:
			p.decls[at] = fmt.Sprintf("// %s says so.\n%s", prefix, p.decls[at])
		case 5:
			p.decls[at] = strings.Replace(p.decls[at], "\treturn", fmt.Sprintf("\t_ = %q\n\treturn", prefix), 1)
		case 6:
			p.decls[at] = strings.Replace(p.decls[at], "\tName string", fmt.Sprintf("\t%sField int\n\tName string", prefix), 1)
		case 7:
			p.decls[at] = "// A comment that stands alone, by " + prefix + ".\n\n" + p.decls[at]
		default:
			p.decls[at] += "\nvar _ = " + strconv.Quote(prefix+strconv.Itoa(i)) + "\n"
		}
	}
	return p
}

func randomProgram(r *rand.Rand) program {
	p := program{imports: []string{"errors", "fmt"}}
	for i := range 3 + r.IntN(12) {
		p.decls = append(p.decls, declaration(r, fmt.Sprintf("Decl%d", i)))
	}
	return p
}

// TestFileProperties makes random edits on both sides. A clean result parses, and everything either side
// added is in it; a conflict keeps both.
func TestFileProperties(t *testing.T) {
	clean, byLine := 0, 0
	cases := scripts(t, 400)
	for seed := range uint64(cases) {
		r := rand.New(rand.NewPCG(seed, 21))
		p := randomProgram(r)
		b, o, th := p.text(), p.mutate(r, 1+r.IntN(5), "Ours").text(), p.mutate(r, 1+r.IntN(5), "Theirs").text()
		if r.IntN(8) == 0 {
			o = bytes.ReplaceAll(o, []byte("\n"), []byte("\r\n"))
		}
		got := File("p.go", b, o, th)
		checkFile(t, seed, b, o, th, got)
		if got.Clean() {
			clean++
		}
		if Merge(b, o, th).Clean() {
			byLine++
		}
	}
	t.Logf("%d cases: clean by line %d, clean by declaration %d", cases, byLine, clean-byLine)
	if clean <= byLine {
		t.Error("declarations resolve nothing")
	}
}

func checkFile(t *testing.T, seed uint64, b, o, th []byte, got Result) {
	t.Helper()
	if got.Clean() {
		if _, err := parser.ParseFile(token.NewFileSet(), "", got.Text, parser.AllErrors); err != nil {
			t.Fatalf("seed %d: does not parse: %v\n%s", seed, err, got.Text)
		}
	}
	for _, own := range []struct {
		prefix string
		side   []byte
	}{{"Ours", o}, {"Theirs", th}} {
		for _, name := range additions(own.side, own.prefix) {
			if !bytes.Contains(got.Text, []byte(name)) {
				t.Fatalf("seed %d: %s is gone\nbase\n%s\nours\n%s\ntheirs\n%s\nmerged\n%s", seed, name, b, o, th, got.Text)
			}
		}
	}
	if crlf := bytes.Count(o, []byte("\r\n")); crlf > 0 && got.Clean() && bytes.Count(got.Text, []byte("\n")) != bytes.Count(got.Text, []byte("\r\n")) {
		t.Fatalf("seed %d: line endings are mixed", seed)
	}
}

// additions are the lines of text a side has added, by its name in them.
func additions(text []byte, prefix string) []string {
	var out []string
	for l := range strings.SplitSeq(string(Normalize(text)), "\n") {
		if strings.Contains(l, prefix) {
			out = append(out, strings.TrimSpace(l))
		}
	}
	return out
}

// checkFileLaws asserts what holds of every merge of a file, whatever is in it.
func checkFileLaws(t *testing.T, name string, b, o, th []byte) {
	t.Helper()
	for law, got := range map[string][2][]byte{
		"ours is base":   {File(name, b, b, th).Text, th},
		"theirs is base": {File(name, b, o, b).Text, o},
		"both are one":   {File(name, b, o, o).Text, o},
	} {
		if !bytes.Equal(got[0], got[1]) {
			t.Fatalf("%s: %q, want %q", law, got[0], got[1])
		}
	}
	r := File(name, b, o, th)
	at := 0
	for _, c := range r.Conflicts {
		marked := c.at.lo >= at && c.at.hi <= len(r.Text) && bytes.HasPrefix(r.Text[c.at.lo:], []byte(markOurs))
		if !marked && !isBinary(slices.Concat(b, o, th)) {
			t.Fatalf("conflict at %v of %q", c.at, r.Text)
		}
		at = c.at.hi
	}
	_ = Package([]Version{{name, b, o, th}, {"other" + name, nil, th, nil}, {"third" + name, o, nil, b}}, []string{name, "third" + name})
}

func TestFileLaws(t *testing.T) {
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 22))
		p := randomProgram(r)
		checkFileLaws(t, "p.go", p.text(), p.mutate(r, 3, "Ours").text(), p.mutate(r, 3, "Theirs").text())
	}
}

func FuzzFile(f *testing.F) {
	f.Add([]byte("package p\n\nfunc a() {}\n"), []byte("package p\n\nfunc a() {}\n\nfunc b() {}\n"), []byte("package p\n\nfunc a() {}\n\nfunc c() {}\n"))
	f.Add([]byte("package p\n\nimport \"fmt\"\n"), []byte("package p\nimport (\n\"fmt\" // x\n)\nvar x, y int; var z = fmt.Sprint\n"), []byte("package p"))
	f.Add([]byte("-- name: A :one\nSELECT 1;\n"), []byte("-- name: A :one\nSELECT 2;"), []byte("\n-- name: B :one\n-- x\n"))
	f.Add([]byte("package p\ntype t struct {\n\ta int\n}\n"), []byte("package p\ntype t struct {\n\ta, b int\n}\n"), []byte("package p\ntype t struct{ a string }\n"))
	f.Fuzz(func(t *testing.T, b, o, th []byte) {
		checkFileLaws(t, "p.go", b, o, th)
		checkFileLaws(t, "p.sql", b, o, th)
		if got := File("p.go", b, o, th); got.Clean() && parses(b) && parses(o) && parses(th) && !Merge(b, o, th).Clean() && !parses(got.Text) {
			t.Fatalf("does not parse: %q", got.Text)
		}
	})
}

func parses(src []byte) bool {
	_, err := parser.ParseFile(token.NewFileSet(), "", src, 0)
	return err == nil
}

// BenchmarkThousand merges a thousand files that both sides changed, half of which conflict by line.
func BenchmarkThousand(b *testing.B) {
	var list []Version
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 23))
		p := randomProgram(r)
		list = append(list, Version{"p.go", p.text(), p.mutate(r, 2, "Ours").text(), p.mutate(r, 2, "Theirs").text()})
	}
	for b.Loop() {
		Files(list)
	}
}
