package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/cmd/betterauth-gen/cli"
	"github.com/betterauth-gen/betterauth-gen/cmd/betterauth-gen/internal/term"
	"github.com/betterauth-gen/betterauth-gen/generator/advisory"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
	"github.com/betterauth-gen/betterauth-gen/plugins/all"
)

// TestUpgradeFixesAFlaw is the worked example: what an earlier release emitted has a flaw, the user has
// edited the file, CI is told, and generate brings the fix without losing the edit.
func TestUpgradeFixesAFlaw(t *testing.T) {
	examples := filepath.Join("..", "..", "..", "testdata", "advisories")
	text := func(name string) string {
		t.Helper()
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	list, err := advisory.Parse([]byte(text(filepath.Join(examples, "advisories.yaml"))))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name, data string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run := func(code int, args ...string) (stdout, stderr string) {
		t.Helper()
		var out, errs bytes.Buffer
		app := &cli.App{
			Streams: &term.Streams{In: strings.NewReader(""), Out: &out, Err: &errs}, Plugins: all.Plugins(), Advisories: list,
			Getenv: func(string) string { return "" },
		}
		app.Prompt = term.NewPrompter(app.Streams)
		if got := app.Run(t.Context(), args); got != code {
			t.Fatalf("%v: exit code %d, want %d\n%s%s", args, got, code, &out, &errs)
		}
		return out.String(), errs.String()
	}
	contains := func(text string, parts ...string) {
		t.Helper()
		for _, part := range parts {
			if !strings.Contains(text, part) {
				t.Errorf("no %q in:\n%s", part, text)
			}
		}
	}
	const signed = "internal/auth/web/signed.go"

	run(0, "init", "--yes", "--module", "shop", dir)
	run(0, "info", "-C", dir, "--fail-on-advisories")
	write(workspace.BasePath(signed), text(filepath.Join(examples, "pristine", "signed.go")))

	// A fix that the user's own text is in the way of.
	write(signed, text(filepath.Join(examples, "rewritten", "signed.go")))
	_, stderr := run(3, "generate", "-C", dir)
	contains(stderr, "TEST-2026-001, high: ", "your edits and the fix conflict")

	// A fix that merges.
	write(signed, text(filepath.Join(examples, "edited", "signed.go")))
	stdout, _ := run(2, "info", "-C", dir, "--fail-on-advisories")
	contains(stdout, "TEST-2026-001  high  internal/auth/web/signed.go:17", "compare signatures with hmac.Equal")
	stdout, _ = run(2, "info", "-C", dir, "--fail-on-advisories", "--json")
	contains(stdout, `"id": "TEST-2026-001"`, `"state": "open"`, `"fixedIn": "v0.2.0"`)
	run(0, "info", "-C", dir)
	stdout, _ = run(0, "generate", "-C", dir, "--dry-run", "--json")
	contains(stdout, `"id": "TEST-2026-001"`, `"outcome": "merged"`)
	stdout, stderr = run(0, "generate", "-C", dir)
	contains(stdout, "merge    "+signed)
	contains(stderr, signed+":17: warning: TEST-2026-001, high: ", "please review")
	contains(text(filepath.Join(dir, signed)), "hmac.Equal(", "maxSigned")
	stdout, stderr = run(0, "generate", "-C", dir)
	contains(stdout, "up to date")
	if strings.Contains(stderr, "TEST-2026") {
		t.Errorf("told again:\n%s", stderr)
	}
	run(0, "info", "-C", dir, "--fail-on-advisories")
}
