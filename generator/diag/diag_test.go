package diag

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPositionString(t *testing.T) {
	for want, pos := range map[string]Position{
		"":          {},
		"a.go":      {File: "a.go"},
		"a.go:3":    {File: "a.go", Line: 3},
		"a.go:3:14": {File: "a.go", Line: 3, Col: 14},
		"3:14":      {Line: 3, Col: 14},
	} {
		if got := pos.String(); got != want {
			t.Errorf("%#v prints %q, want %q", pos, got, want)
		}
	}
}

func TestPrintShowsLineAndCaret(t *testing.T) {
	src := "plugins:\r\n\ttwo-factor: {isuer: Shop}\r\n  größe: x\n"
	list := List{
		{Severity: Warning, Pos: Position{"b.yaml", 3, 12}, Summary: "odd"},
		{Severity: Error, Code: "BA012", Pos: Position{"b.yaml", 2, 15}, Summary: `unknown option "isuer"`,
			Suggestion: `did you mean "issuer"?`, Detail: "options: issuer\n\nskip"},
		{Severity: Note, Pos: Position{"b.yaml", 99, 1}, Summary: "past the end"},
	}
	var out strings.Builder
	p := Printer{Source: func(string) []byte { return []byte(src) }}
	if err := p.Print(&out, list); err != nil {
		t.Fatal(err)
	}
	want := "b.yaml:2:15: error: unknown option \"isuer\" (did you mean \"issuer\"?)\n" +
		"    \ttwo-factor: {isuer: Shop}\n" +
		"    \t             ^\n" +
		"    options: issuer\n\n    skip\n" +
		"b.yaml:3:12: warning: odd\n" +
		"      größe: x\n" +
		"             ^\n" +
		"b.yaml:99:1: note: past the end\n"
	if out.String() != want {
		t.Errorf("printed\n%s\nwant\n%s", out.String(), want)
	}
	if list[0].Summary != "odd" {
		t.Error("Print reordered its argument")
	}
}

func TestPrintCutsLongLines(t *testing.T) {
	long := strings.Repeat("ü", 5000) + "!" + strings.Repeat("é", 5000)
	for col, want := range map[int]string{1: "ü", 10001: "!", 20000: "é", 10: "ü"} {
		var out strings.Builder
		p := Printer{Source: func(string) []byte { return []byte(long) }}
		if err := p.Print(&out, List{{Severity: Error, Pos: Position{"b.yaml", 1, col}, Summary: "odd"}}); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(out.String(), "\n")
		shown, caret := []rune(lines[1]), []rune(lines[2])
		if len(lines[1]) > 200 || !utf8.ValidString(lines[1]) || string(shown[len(caret)-1]) != want {
			t.Errorf("column %d:\n%s\n%s", col, lines[1], lines[2])
		}
	}
}

func TestColorOnlyWhenAsked(t *testing.T) {
	list := List{{Severity: Error, Summary: "x"}}
	var plain, coloured strings.Builder
	if err := (Printer{}).Print(&plain, list); err != nil {
		t.Fatal(err)
	}
	if err := (Printer{Color: true}).Print(&coloured, list); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(plain.String(), "\x1b") || !strings.Contains(coloured.String(), "\x1b[31merror\x1b[0m") {
		t.Errorf("plain %q, coloured %q", plain.String(), coloured.String())
	}
}

func TestErr(t *testing.T) {
	var list List
	list.Warnf(Position{File: "w"}, "", "only a warning")
	if err := list.Err(); err != nil {
		t.Fatalf("a warning became an error: %v", err)
	}
	list.Errorf(Position{File: "b"}, "X", "second %d", 2)
	list.Errorf(Position{File: "a"}, "X", "first")
	list.Errorf(Position{File: "a"}, "X", "first")
	err := list.Err()
	var le *ListError
	if !errors.As(err, &le) || len(le.List) != 2 {
		t.Fatalf("got %#v", err)
	}
	if want := "a: error: first\nb: error: second 2"; err.Error() != want {
		t.Errorf("got %q, want %q", err, want)
	}
}

func TestJSONRoundTrip(t *testing.T) {
	in := List{{Severity: Error, Code: "BA1", Summary: "s", Pos: Position{"f", 1, 2}}, {Severity: Note, Summary: "n"}}
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"severity":"error","code":"BA1","summary":"s","pos":{"file":"f","line":1,"col":2}},{"severity":"note","summary":"n"}]`
	if string(text) != want {
		t.Errorf("got %s", text)
	}
	var back List
	if err := json.Unmarshal(text, &back); err != nil || len(back) != 2 || back[0] != in[0] || back[1] != in[1] {
		t.Errorf("round trip gave %v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`[{"severity":"fatal"}]`), &back); err == nil {
		t.Error("unknown severity accepted")
	}
}
