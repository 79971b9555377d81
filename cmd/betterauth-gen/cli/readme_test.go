package cli_test

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the terminal session of README.md")

const (
	sessionBegins = "<!-- The session is run and written by TestReadmeSession: go test ./cmd/betterauth-gen/cli -run Readme -update -->\n```console\n"
	sessionEnds   = "```\n<!-- end of the session -->"
)

// TestReadmeSession runs the terminal session that README.md shows, and compares it. In testdata/readme/session.sh
// lines after a dollar are shown and run, those after an exclamation mark only run.
func TestReadmeSession(t *testing.T) {
	root := filepath.Join("..", "..", "..")
	script, err := os.ReadFile(filepath.Join(root, "testdata", "readme", "session.sh"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, "testdata", "readme"))); err != nil {
		t.Fatal(err)
	}
	var session strings.Builder
	for line := range strings.Lines(string(script)) {
		mark, command, _ := strings.Cut(strings.TrimRight(line, "\n"), " ")
		switch mark {
		case "$":
			session.WriteString(line + shell(t, dir, command))
		case "!":
			shell(t, dir, command)
		default:
			session.WriteString(line)
		}
	}
	got := strings.TrimSpace(plainTerminal(session.String())) + "\n"

	name := filepath.Join(root, "README.md")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(text), sessionBegins)
	shown, after, ends := strings.Cut(rest, sessionEnds)
	switch {
	case !begins || !ends:
		t.Fatal("README.md has no place for the session")
	case shown == got:
	case *update:
		if err := os.WriteFile(name, []byte(before+sessionBegins+got+sessionEnds+after), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("README.md shows\n%s\nand it is\n%s\nrun go test ./cmd/betterauth-gen/cli -run Readme -update if that is right", shown, got)
	}
}

// shell runs a line and returns what it prints. Lines say themselves what becomes of exit codes; betterauth-gen's
// own errors must not pass unseen.
func shell(t *testing.T, dir, line string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "sh", "-c", "exec 2>&1; "+line)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "NO_COLOR=1", "COLUMNS=120", "DATABASE_URL=")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", line, err, out)
	}
	return string(out)
}

var (
	migrationTime = regexp.MustCompile(`\b[0-9]{14}_`)
	trailing      = regexp.MustCompile(`(?m)[ \t]+$`)
)

// plainTerminal makes output the same at any time, and indents as README.md does.
func plainTerminal(text string) string {
	text = migrationTime.ReplaceAllString(text, "20261123121500_")
	text = strings.ReplaceAll(text, "\t", "    ")
	return trailing.ReplaceAllString(text, "")
}
