package merge

import (
	"bytes"
	"strings"
	"testing"
)

func TestMerge(t *testing.T) {
	const base = "one\ntwo\nthree\nfour\nfive\n"
	tests := []struct {
		name, base, ours, theirs, want string
	}{
		{"disjoint", base, "ONE\ntwo\nthree\nfour\nfive\n", "one\ntwo\nthree\nfour\nFIVE\n", "ONE\ntwo\nthree\nfour\nFIVE\n"},
		{"same change", base, "one\nTWO\nthree\nfour\nfive\nx\n", "one\nTWO\nthree\nfour\nfive\n", "one\nTWO\nthree\nfour\nfive\nx\n"},
		{"delete and edit apart", base, "three\nfour\nfive\n", "one\ntwo\nthree\nfour\n5\n", "three\nfour\n5\n"},
		{"insert at both ends", base, "zero\n" + base, base + "six\n", "zero\n" + base + "six\n"},
		{"crlf checkout", base, "one\r\n2\r\nthree\r\nfour\r\nfive\r\n", "one\ntwo\nthree\nfour\n5\nsix\n", "one\r\n2\r\nthree\r\nfour\r\n5\r\nsix\r\n"},
		{"theirs turned to crlf", base, "1\ntwo\nthree\nfour\nfive\n", "one\r\ntwo\r\nthree\r\nfour\r\n5\r\n", "1\ntwo\nthree\nfour\n5\n"},
		{"mixed endings stay", base, "1\r\ntwo\nthree\r\nfour\nfive\n", "one\ntwo\nthree\nfour\n5\n", "1\r\ntwo\nthree\r\nfour\n5\n"},
		{"ours dropped final newline", "a\nb\nc\n", "a\nb\nc", "A\nb\nc\n", "A\nb\nc"},
		{"theirs dropped final newline", "a\nb\nc\n", "A\nb\nc\n", "a\nb\nc", "A\nb\nc"},
		{"appended after no newline", "a\nb\nc", "A\nb\nc", "a\nb\nc\nd", "A\nb\nc\nd"},
		{"lone CR at the end is content", "a\nb\nc", "A\nb\nc\r", "a\nb\nc\r", "A\nb\nc\r"},
		{"only endings differ", "a\nb\n", "a\r\nb\r\n", "a\nB\n", "a\r\nB\r\n"},
		{"both emptied", "a\n", "", "", ""},
		{"invalid utf-8", "\xff\nb\nc\n", "\xfe\nb\nc\n", "\xff\nb\n\xfd\n", "\xfe\nb\n\xfd\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Merge([]byte(tt.base), []byte(tt.ours), []byte(tt.theirs))
			if !got.Clean() {
				t.Fatalf("conflict: %+v", got.Conflicts)
			}
			if string(got.Text) != tt.want {
				t.Errorf("got %q, want %q", got.Text, tt.want)
			}
		})
	}
}

func TestConflicts(t *testing.T) {
	tests := []struct{ name, base, ours, theirs, want string }{
		{
			"same line", "a\nb\nc\n", "a\nx\nc\n", "a\ny\nc\n",
			"a\n<<<<<<< yours\nx\n||||||| before\nb\n=======\ny\n>>>>>>> new\nc\n",
		},
		{ // git does not merge edits of neighbouring lines either
			"neighbouring lines", "a\nb\n", "A\nb\n", "a\nB\n",
			"<<<<<<< yours\nA\nb\n||||||| before\na\nb\n=======\na\nB\n>>>>>>> new\n",
		},
		{
			"delete against edit", "a\nb\nc\n", "a\nc\n", "a\nB\nc\n",
			"a\n<<<<<<< yours\n||||||| before\nb\n=======\nB\n>>>>>>> new\nc\n",
		},
		{
			"common ends are left out", "a\n", "x\ny\nz\n", "x\nw\nz\n",
			"x\n<<<<<<< yours\ny\n||||||| before\na\n=======\nw\n>>>>>>> new\nz\n",
		},
		{
			"crlf", "a\n", "x\r\n", "y\n",
			"<<<<<<< yours\r\nx\r\n||||||| before\r\na\r\n=======\r\ny\r\n>>>>>>> new\r\n",
		},
		{
			"no final newline", "a", "b", "c",
			"<<<<<<< yours\nb\n||||||| before\na\n=======\nc\n>>>>>>> new\n",
		},
		{"binary", "a\x00", "b\x00", "c\x00", "b\x00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Merge([]byte(tt.base), []byte(tt.ours), []byte(tt.theirs))
			if len(got.Conflicts) != 1 {
				t.Fatalf("%d conflicts, want one", len(got.Conflicts))
			}
			if string(got.Text) != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got.Text, tt.want)
			}
			if tt.name != "binary" && !HasMarkers(got.Text) {
				t.Error("HasMarkers does not see the markers")
			}
		})
	}
}

func TestConflictSides(t *testing.T) {
	got := Merge([]byte("a\nb\nc\nd\n"), []byte("a\r\nx\r\nx2\r\nc\r\nd\r\n"), []byte("0\na\ny\nc\nd\n"))
	if len(got.Conflicts) != 1 {
		t.Fatalf("%d conflicts, want one", len(got.Conflicts))
	}
	c := got.Conflicts[0]
	for _, s := range []struct {
		name       string
		got        Side
		start, end int
		text       string
	}{
		{"base", c.Base, 2, 3, "b\n"},
		{"ours", c.Ours, 2, 4, "x\nx2\n"},
		{"theirs", c.Theirs, 3, 4, "y\n"},
	} {
		if s.got.Start != s.start || s.got.End != s.end || string(s.got.Text) != s.text {
			t.Errorf("%s is %d-%d %q, want %d-%d %q", s.name, s.got.Start, s.got.End, s.got.Text, s.start, s.end, s.text)
		}
	}
	want := `core/x.go:2: you and the new version both changed this
  before, line 2:
    | b
  yours, lines 2-3:
    | x
    | x2
  new, line 3:
    | y
`
	if msg := ConflictMessage("core/x.go", c); msg != want {
		t.Errorf("message\n%s\nwant\n%s", msg, want)
	}
}

func TestConflictMessageNothingAndBinary(t *testing.T) {
	c := Merge([]byte("a\nb\nc\n"), []byte("a\nc\n"), []byte("a\nB\nc\n")).Conflicts[0]
	if msg := ConflictMessage("f", c); !strings.Contains(msg, "yours:\n    (nothing)\n") {
		t.Errorf("deletion reads\n%s", msg)
	}
	c = Merge([]byte("\x00a"), []byte("\x00b"), []byte("\x00c")).Conflicts[0]
	if msg := ConflictMessage("f", c); strings.ContainsRune(msg, 0) {
		t.Error("binary data printed")
	}
}

func TestHasMarkers(t *testing.T) {
	for text, want := range map[string]bool{
		"<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n":       true,
		"<<<<<<< a\r\nx\r\n=======\r\ny\r\n>>>>>>> b": true,
		"Title\n=======\n":                            false,
		"=======\n<<<<<<< a\n>>>>>>> b\n":             false,
		"  <<<<<<< a\n  =======\n  >>>>>>> b\n":       false,
		"<<<<<<< a\n======= not alone\n>>>>>>> b\n":   false,
		"": false,
		"<<<<<<< a\nx\n||||||| o\n=======\n>>>>>>> b\n": true,
	} {
		if got := HasMarkers([]byte(text)); got != want {
			t.Errorf("HasMarkers(%q) = %v", text, got)
		}
	}
}

func TestEndings(t *testing.T) {
	if got := WithEndings([]byte("a\nb"), []byte("x\r\ny\r\n")); string(got) != "a\r\nb" {
		t.Errorf("got %q", got)
	}
	if got := WithEndings([]byte("a\r\nb\n"), []byte("x\n")); string(got) != "a\nb\n" {
		t.Errorf("got %q", got)
	}
	if got := WithEndings([]byte("a\n\x00"), []byte("x\r\n")); string(got) != "a\n\x00" {
		t.Errorf("binary changed: %q", got)
	}
	if !Same([]byte("a\r\nb"), []byte("a\nb")) || Same([]byte("a\n"), []byte("a")) || Same([]byte("\x00\r\n"), []byte("\x00\n")) {
		t.Error("Same is wrong")
	}
}

// TestSlideMeetsDeletion: the line that came could be any of the three, and is
// taken to be the one in place of the line that went.
func TestSlideMeetsDeletion(t *testing.T) {
	got := hunks(split([]byte("p\nx\nD\nx\nq\n")), split([]byte("p\nx\nx\nx\nq\n")))
	if len(got) != 1 || got[0] != (hunk{span{2, 3}, span{2, 3}}) {
		t.Errorf("got %v", got)
	}
}

// TestNoWorstCase: hostile input must not hang the run. Two long files with
// the same lines in opposite order have no cheap edit script.
func TestNoWorstCase(t *testing.T) {
	var a, b bytes.Buffer
	for i := range 30_000 {
		a.WriteString(strings.Repeat("x", i%251) + "\n")
		b.WriteString(strings.Repeat("x", (30_000-i)%251) + "\n")
	}
	got := Merge(a.Bytes(), b.Bytes(), append([]byte("new\n"), a.Bytes()...))
	if len(got.Text) == 0 {
		t.Error("no result")
	}
}
