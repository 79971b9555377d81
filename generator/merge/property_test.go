package merge

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// code makes Go-like text: braces and blank lines repeat, as in real files.
func code(r *rand.Rand, n int) []string {
	var lines []string
	for len(lines) < n {
		name := fmt.Sprintf("step%d", r.IntN(40))
		lines = append(lines, "// "+name+" does its part.", "func "+name+"() error {")
		for range r.IntN(5) {
			lines = append(lines, "\tif err != nil {", "\t\treturn err", "\t}", fmt.Sprintf("\tx = f(%d)", r.IntN(30)))
		}
		lines = append(lines, "\treturn nil", "}", "")
	}
	return lines[:n]
}

// edit makes k random edits: replace, insert, delete, move, duplicate.
func edit(r *rand.Rand, lines []string, k int) []string {
	out := slices.Clone(lines)
	for range k {
		at := r.IntN(len(out) + 1)
		end := min(len(out), at+1+r.IntN(4))
		switch r.IntN(5) {
		case 0:
			out = slices.Insert(out, at, code(r, 1+r.IntN(6))...)
		case 1:
			out = slices.Delete(out, at, end)
		case 2:
			block := slices.Clone(out[at:end])
			out = slices.Delete(out, at, end)
			out = slices.Insert(out, r.IntN(len(out)+1), block...)
		case 3:
			out = slices.Insert(out, at, slices.Clone(out[at:end])...)
		default:
			for i := at; i < end; i++ {
				out[i] = fmt.Sprintf("\tedited(%d)", r.IntN(1000))
			}
		}
	}
	return out
}

func text(lines []string) []byte {
	if len(lines) == 0 {
		return []byte{}
	}
	return []byte(strings.Join(lines, "\n") + "\n")
}

func randomCase(seed uint64) (base, ours, theirs []byte) {
	r := rand.New(rand.NewPCG(seed, 7))
	b := code(r, 5+r.IntN(160))
	return text(b), text(edit(r, b, 1+r.IntN(7))), text(edit(r, b, 1+r.IntN(7)))
}

// checkLaws asserts what must hold of every merge, whatever the input.
func checkLaws(t *testing.T, b, o, th []byte) {
	t.Helper()
	for _, law := range []struct {
		name                     string
		base, ours, theirs, want []byte
	}{
		{"merge(B,B,T)=T", b, b, th, th},
		{"merge(B,O,B)=O", b, o, b, o},
		{"merge(B,X,X)=X", b, o, o, o},
	} {
		got := Merge(law.base, law.ours, law.theirs)
		if !got.Clean() || !bytes.Equal(got.Text, law.want) {
			t.Fatalf("%s broken: %q, %d conflicts, want %q", law.name, got.Text, len(got.Conflicts), law.want)
		}
	}
	x, y := Merge(b, o, th), Merge(b, th, o)
	if x.Clean() != y.Clean() {
		t.Fatalf("swapping the sides changes the verdict\nb %q\no %q\nt %q", b, o, th)
	}
	if x.Clean() && !Same(x.Text, y.Text) && !ambiguousEnd(b, o, th) {
		t.Fatalf("swapping the sides changes the text\n%q\n%q", x.Text, y.Text)
	}
	for _, c := range x.Conflicts {
		if bytes.Equal(c.Ours.Text, c.Theirs.Text) {
			t.Fatalf("conflict between equal texts %q", c.Ours.Text)
		}
	}
}

// ambiguousEnd: an empty file has no final newline to keep or lose, and a lone
// CR before a newline that is added becomes a line ending. There the two
// orders may settle the last line differently.
func ambiguousEnd(files ...[]byte) bool {
	for _, f := range files {
		lone := bytes.Count(f, []byte("\r")) != bytes.Count(f, []byte("\r\n"))
		if len(f) == 0 || lone {
			return true
		}
	}
	return false
}

func TestLaws(t *testing.T) {
	for seed := range uint64(2000) {
		b, o, th := randomCase(seed)
		checkLaws(t, b, o, th)
	}
}

// TestDisjointNeverConflict edits lines that are all different, leaving at
// least one untouched line between the two sides' edits.
func TestDisjointNeverConflict(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 3))
		var b, o, th, want []string
		for i := range 30 {
			keep := fmt.Sprintf("keep %d", i)
			old, fresh := fmt.Sprintf("old %d", i), fmt.Sprintf("new %d", i)
			var repl []string
			for range r.IntN(3) {
				repl = append(repl, fresh)
			}
			b = append(b, keep, old)
			want = append(append(want, keep), repl...)
			if r.IntN(2) == 0 {
				o, th = append(append(o, keep), repl...), append(th, keep, old)
			} else {
				o, th = append(o, keep, old), append(append(th, keep), repl...)
			}
		}
		got := Merge(text(b), text(o), text(th))
		if !got.Clean() || !bytes.Equal(got.Text, text(want)) {
			t.Fatalf("seed %d: %d conflicts\n%s", seed, len(got.Conflicts), got.Text)
		}
	}
}

// TestNoLineLost: whatever one side added is in the result, conflict or not.
func TestNoLineLost(t *testing.T) {
	for seed := range uint64(500) {
		b, o, th := randomCase(seed)
		r := rand.New(rand.NewPCG(seed, 9))
		o = insertUnique(r, o, "USER EDIT")
		th = insertUnique(r, th, "NEW VERSION")
		got := Merge(b, o, th)
		for _, mark := range []string{"USER EDIT", "NEW VERSION"} {
			if !bytes.Contains(got.Text, []byte(mark)) {
				t.Fatalf("seed %d: %q is gone", seed, mark)
			}
		}
	}
}

func insertUnique(r *rand.Rand, data []byte, s string) []byte {
	lines := strings.SplitAfter(string(data), "\n")
	return []byte(strings.Join(slices.Insert(lines, r.IntN(len(lines)), s+"\n"), ""))
}

// TestAgainstGit compares with `git merge-file` on seeded cases. Where both
// merge cleanly the bytes must be equal. The verdicts may differ on a few
// ambiguous alignments; the bound keeps that from growing.
func TestAgainstGit(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not installed")
	}
	const cases = 200
	dir := t.TempDir()
	var clean, verdicts, exact, onlyOurs, onlyGit int
	for seed := range uint64(cases) {
		b, o, th := randomCase(seed + 10_000)
		want, conflict := gitMerge(t, git, dir, b, o, th)
		got := Merge(b, o, th)
		if bytes.Equal(got.Text, want) {
			exact++
		}
		switch {
		case got.Clean() && !conflict:
			clean++
			verdicts++
			if !bytes.Equal(got.Text, want) {
				t.Errorf("seed %d: both clean, texts differ\n%s", seed, Unified("merged", want, got.Text))
			}
		case !got.Clean() && conflict:
			verdicts++
		case got.Clean():
			onlyOurs++
		default:
			onlyGit++
		}
	}
	t.Logf("%d cases: same verdict %d, both clean %d, byte-identical %d; clean only here %d, clean only in git %d",
		cases, verdicts, clean, exact, onlyOurs, onlyGit)
	if verdicts < cases*97/100 || clean == 0 || clean == verdicts {
		t.Errorf("verdict agrees in %d of %d cases (%d clean)", verdicts, cases, clean)
	}
}

// TestAgainstGitAmbiguous does the same on texts of few distinct lines, where
// an edit can be placed in several ways and the choice decides the verdict.
func TestAgainstGitAmbiguous(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not installed")
	}
	const cases = 400
	dir := t.TempDir()
	verdicts, different := 0, 0
	for seed := range uint64(cases) {
		r := rand.New(rand.NewPCG(seed, 11))
		few := func(n int) []string {
			lines := make([]string, n)
			for i := range lines {
				lines[i] = string(rune('a' + r.IntN(4)))
			}
			return lines
		}
		base := few(10 + r.IntN(20))
		change := func() []byte {
			at := r.IntN(len(base))
			return text(slices.Concat(base[:at], few(r.IntN(4)), base[min(len(base), at+r.IntN(3)):]))
		}
		b, o, th := text(base), change(), change()
		want, conflict := gitMerge(t, git, dir, b, o, th)
		got := Merge(b, o, th)
		if got.Clean() != conflict {
			verdicts++
		}
		if got.Clean() && !conflict && !bytes.Equal(got.Text, want) {
			different++
		}
	}
	t.Logf("%d cases: same verdict %d, both clean but different %d", cases, verdicts, different)
	if verdicts < cases*97/100 || different > 0 {
		t.Errorf("same verdict %d of %d, both clean but different %d", verdicts, cases, different)
	}
}

func gitMerge(t *testing.T, git, dir string, b, o, th []byte) (merged []byte, conflict bool) {
	t.Helper()
	names := map[string][]byte{"base": b, "ours": o, "theirs": th}
	for name, data := range names {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(git, "merge-file", "-p", "--zdiff3", "-L", labelOurs, "-L", labelBase, "-L", labelTheirs, "ours", "base", "theirs")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil && cmd.ProcessState.ExitCode() > 127 {
		t.Fatalf("git merge-file: %v", err)
	}
	return out, err != nil
}

// TestUnifiedApplies feeds our diffs to `git apply`.
func TestUnifiedApplies(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	cases := [][2][]byte{
		{nil, []byte("new\n")}, {[]byte("gone\n"), nil}, {[]byte("a"), []byte("a\n")}, {[]byte("a\n"), []byte("a")},
		{[]byte("a\r\nb\n"), []byte("a\nb\n")}, {[]byte("a\n"), []byte("b")}, {[]byte{}, []byte("x\ny")},
	}
	for seed := range uint64(40) {
		b, o, _ := randomCase(seed)
		cases = append(cases, [2][]byte{b, o})
	}
	file := filepath.Join(dir, "f.txt")
	for i, c := range cases {
		_ = os.Remove(file)
		if c[0] != nil {
			if err := os.WriteFile(file, c[0], 0o600); err != nil {
				t.Fatal(err)
			}
		}
		diff := Unified("f.txt", c[0], c[1])
		cmd := exec.Command(git, "apply", "--whitespace=nowarn", "-")
		cmd.Dir, cmd.Stdin = dir, strings.NewReader(diff)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("case %d: %v\n%s\n%s", i, err, out, diff)
		}
		got, err := os.ReadFile(file)
		if c[1] == nil {
			if err == nil {
				t.Errorf("case %d: file still there", i)
			}
			continue
		}
		if !bytes.Equal(got, c[1]) {
			t.Errorf("case %d: got %q, want %q", i, got, c[1])
		}
	}
}

func TestUnifiedText(t *testing.T) {
	if got := Unified("f", []byte("a\n"), []byte("a\n")); got != "" {
		t.Errorf("equal files differ: %q", got)
	}
	want := "--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n\\ No newline at end of file\n"
	if got := Unified("f", []byte("a\nb\n"), []byte("a\nc")); got != want {
		t.Errorf("got %q", got)
	}
	if got := Unified("f", []byte("\x00"), []byte("x")); got != "Binary files a/f and b/f differ\n" {
		t.Errorf("got %q", got)
	}
}

func FuzzMerge(f *testing.F) {
	f.Add([]byte("a\nb\nc\n"), []byte("a\nx\nc\n"), []byte("a\nb\nd\n"))
	f.Add([]byte("a\r\nb"), []byte("a\nb\r"), []byte(""))
	f.Add([]byte("\x00"), []byte("a\n"), []byte("\xff\n\n"))
	f.Add([]byte("\n\n\n"), []byte("\n\n"), []byte("\n\n\n\n"))
	f.Fuzz(checkLaws)
}

func FuzzUnified(f *testing.F) {
	f.Add([]byte("a\nb\nc\n"), []byte("a\nx\nc"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		if isBinary(a) || isBinary(b) {
			return
		}
		if got := replay(a, b); !bytes.Equal(got, b) {
			t.Fatalf("the edit script of %q gives %q, want %q", a, got, b)
		}
		_ = Unified("f", a, b)
	})
}

// replay rebuilds b from a and the edit script between them.
func replay(a, b []byte) []byte {
	la, lb := exactLines(a), exactLines(b)
	var out bytes.Buffer
	write := func(lines []line) {
		for _, l := range lines {
			out.WriteString(l.text)
		}
	}
	at := 0
	for _, h := range hunks(la, lb) {
		write(la[at:h.old.lo])
		write(lb[h.new.lo:h.new.hi])
		at = h.old.hi
	}
	write(la[at:])
	return out.Bytes()
}

func BenchmarkMerge(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	base := code(r, 500)
	bt, o, th := text(base), text(edit(r, base, 6)), text(edit(r, base, 6))
	for b.Loop() {
		Merge(bt, o, th)
	}
}
