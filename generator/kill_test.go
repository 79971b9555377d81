package generator_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// runHere is the environment variable that turns the test binary into a run of the generator.
const runHere = "GENERATOR_TEST_RUN"

func generateHere(dir string) int {
	if _, err := run(context.Background(), dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// TestKilled kills runs at any time. What the next one finds, once it has recovered, is the tree as it
// was or as it was to be, and nothing in between.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	before := generate(t, "emailAndPassword: {enabled: true}\n")
	const config = "emailAndPassword: {enabled: true}\nplugins: {username: , two-factor: , bearer: }\n"
	writeFile(t, filepath.Join(before, "betterauth.yaml"), config)
	old := snapshot(t, before)

	start := time.Now()
	whole := copyOf(t, before)
	runChild(t, whole, 0)
	duration, done := time.Since(start), snapshot(t, whole)
	if len(difference(old, done)) == 0 {
		t.Fatal("the run changes nothing")
	}

	const kills = 25
	undone, finished, journals := 0, 0, 0
	for i := range kills {
		// The writing is the last tenth of a run; most kills aim at it.
		at := duration * time.Duration(80+i) / 100
		if i < 5 {
			at = duration * time.Duration(i*18) / 100
		}
		dir := copyOf(t, before)
		runChild(t, dir, at)
		if recoverTree(t, dir) {
			journals++
		}
		after := snapshot(t, dir)
		switch {
		case len(difference(old, after)) == 0:
			undone++
		case len(difference(done, after)) == 0:
			finished++
		default:
			t.Errorf("killed after %v of %v: neither old %v\nnor new %v", at, duration, difference(old, after), difference(done, after))
		}
	}
	t.Logf("%d kills: %d old, %d new; %d with a journal to undo", kills, undone, finished, journals)
}

// runChild runs the generator in a process of its own and kills it after a while, unless that is zero.
func runChild(t *testing.T, dir string, after time.Duration) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), runHere+"="+dir)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if after > 0 {
		timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		defer timer.Stop()
	}
	if err := cmd.Wait(); err != nil && after == 0 {
		t.Fatal(err)
	}
}

// recoverTree does what the next run does first. It reports whether there was anything to undo.
func recoverTree(t *testing.T, dir string) bool {
	t.Helper()
	ws, err := workspace.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ws.Close() }()
	undone, err := ws.Recover()
	if err != nil {
		t.Fatal(err)
	}
	return undone
}

func copyOf(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}
