package generator_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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
	moveAndAge(t, before)
	const config = "emailAndPassword: {enabled: true}\nplugins: {username: , two-factor: , bearer: }\n"
	writeFile(t, filepath.Join(before, "betterauth.yaml"), config)
	old := snapshot(t, before)

	whole := copyOf(t, before)
	writing := runChild(t, whole, nil)
	done := snapshot(t, whole)
	for _, file := range []string{"leaving.go", "sign_in_email.go"} {
		if text := done["internal/auth/core/"+file]; !strings.Contains(text, "// mine") || strings.Contains(text, "!false") || strings.Contains(text, "// As it was.") {
			t.Fatalf("%s was not merged:\n%s", file, text)
		}
	}
	if len(difference(old, done)) == 0 {
		t.Fatal("the run changes nothing")
	}

	const kills = 25
	undone, finished, journals := 0, 0, 0
	for i := range kills {
		dir := copyOf(t, before)
		started := time.Now()
		runChild(t, dir, func(began time.Time) bool {
			if i < 3 { // while it plans
				return time.Since(started) > time.Duration(i)*200*time.Millisecond
			}
			return !began.IsZero() && time.Since(began) > writing*time.Duration(i-3)/(kills-3)
		})
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
			t.Errorf("kill %d: neither old %v\nnor new %v", i, difference(old, after), difference(done, after))
		}
	}
	t.Logf("%d kills: %d old, %d new; %d with a journal to undo", kills, undone, finished, journals)
	if undone == kills || finished == kills {
		t.Error("every kill came too early, or too late")
	}
}

// moveAndAge makes a project of an older release, whose user has renamed one file and edited another: a run
// also merges, into a file of the user's, too.
func moveAndAge(t *testing.T, dir string) {
	t.Helper()
	const folder = "internal/auth/core/"
	for _, c := range []struct{ file, now, old string }{
		{"sign_out.go", "Success: true", "Success: !false"},
		{"sign_in_email.go", "func (a *Auth) SignInEmail(", "// As it was.\nfunc (a *Auth) SignInEmail("},
	} {
		for _, name := range []string{folder + c.file, ".betterauth/base/" + folder + c.file + ".base"} {
			text := readFile(t, filepath.Join(dir, name))
			if !strings.Contains(text, c.now) {
				t.Fatalf("%s has no %q", name, c.now)
			}
			writeFile(t, filepath.Join(dir, name), strings.Replace(text, c.now, c.old, 1))
		}
		file := filepath.Join(dir, folder+c.file)
		writeFile(t, file, readFile(t, file)+"\n// mine\n")
	}
	if err := os.Rename(filepath.Join(dir, folder+"sign_out.go"), filepath.Join(dir, folder+"leaving.go")); err != nil {
		t.Fatal(err)
	}
}

// runChild runs the generator in a process of its own and kills it when due says so; a nil due lets it
// finish. Due is asked again and again, with the time at which the run began to write: zero until then.
// It returns how long the writing took.
func runChild(t *testing.T, dir string, due func(began time.Time) bool) time.Duration {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), runHere+"="+dir)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	var began time.Time
	for {
		select {
		case err := <-ended:
			if err != nil && due == nil {
				t.Fatal(err)
			}
			return time.Since(began)
		case <-time.After(200 * time.Microsecond):
		}
		if _, err := os.Stat(filepath.Join(dir, ".betterauth", "stage")); err == nil && began.IsZero() {
			began = time.Now()
		}
		if due != nil && due(began) {
			_ = cmd.Process.Kill()
		}
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
