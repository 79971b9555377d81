package cli_test

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/Netflix/go-expect"
	"github.com/creack/pty"
	"github.com/hinshun/vt10x"
)

// The keys of a terminal.
const (
	enter  = "\r"
	down   = "\x1b[B"
	space  = " "
	erase  = "\x15" // Ctrl-U
	ctrlC  = "\x03"
	atOnce = 50 * time.Millisecond // what a prompt needs to read one key before the next
)

// session is a command at a terminal.
type session struct {
	*testing.T
	console *expect.Console
	cmd     *exec.Cmd
}

// atTerminal starts the command line in dir, with a person at the terminal.
func atTerminal(t *testing.T, dir string, args ...string) *session {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo-terminals here: %v", err)
	}
	// Prompts ask the terminal where the cursor is, so there has to be one that answers.
	screen := vt10x.New(vt10x.WithWriter(slave), vt10x.WithSize(120, 40))
	console, err := expect.NewConsole(expect.WithStdin(master), expect.WithStdout(screen),
		expect.WithCloser(master, slave), expect.WithDefaultTimeout(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = console.Close() })
	tty := console.Tty()
	cmd := exec.CommandContext(t.Context(), ourselves(t), args...)
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = dir, tty, tty, tty
	cmd.Env = append(os.Environ(), "TERM=xterm", "NO_COLOR=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return &session{t, console, cmd}
}

// ourselves returns a path at which the test binary takes itself for betterauth-gen.
func ourselves(t *testing.T) string {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "betterauth-gen")
	if err := os.Symlink(binary, link); err != nil {
		t.Fatal(err)
	}
	return link
}

// answer waits for a question and types. It returns what was printed up to the question.
func (s *session) answer(question string, keys ...string) string {
	s.Helper()
	printed, err := s.console.ExpectString(question)
	if err != nil {
		s.Fatalf("waiting for %q: %v\n%s", question, err, printed)
	}
	for _, key := range keys {
		time.Sleep(atOnce)
		if _, err := s.console.Send(key); err != nil {
			s.Fatal(err)
		}
	}
	return printed
}

// ends waits for the command and compares its exit code.
func (s *session) ends(code int) string {
	s.Helper()
	done := make(chan string, 1)
	go func() {
		rest, _ := s.console.ExpectEOF()
		done <- rest
	}()
	err := s.cmd.Wait()
	_ = s.console.Tty().Close()
	rest := <-done
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		s.Fatal(err)
	}
	if got := s.cmd.ProcessState.ExitCode(); got != code {
		s.Errorf("exit code %d, want %d\n%s", got, code, rest)
	}
	return rest
}

// TestInitAsks answers init's questions, and compares the outcome with that of the flags.
func TestInitAsks(t *testing.T) {
	asked, flags := t.TempDir(), t.TempDir()
	s := atTerminal(t, asked, "init", "shop")
	s.answer("Module path:", erase, "example.com/shop", enter)
	s.answer("Database:", down, enter)
	s.answer("Folder of the code:", enter)
	s.answer("Web framework:", down, enter)
	s.answer("Features:", down, space, enter)
	s.answer("Plugins:", space, down, down, down, down, space, enter) // have-i-been-pwned is ticked
	s.answer("Social providers:", enter)
	s.ends(0)

	cmd := exec.CommandContext(t.Context(), ourselves(t), "init", "--yes", "--module", "example.com/shop", "--dialect", "postgres",
		"--framework", "chi", "--features", "email-and-password,require-email-verification", "--plugins", "bearer,have-i-been-pwned,username", "shop")
	cmd.Dir = flags
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	got, want := timeless(t, asked), timeless(t, flags)
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s differs:\n%s\n---\n%s", name, got[name], text)
		}
	}
	if len(got) != len(want) || len(got) < 100 {
		t.Errorf("%d files, %d with flags", len(got), len(want))
	}
}

// timeless reads the files below dir without the time of the run and the secret it made.
func timeless(t *testing.T, dir string) map[string]string {
	t.Helper()
	stamp := regexp.MustCompile(`(?m)\b20\d{12}|BETTER_AUTH_SECRET=.+|^- ledger .*$|^.*sha256.*$`)
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		files[stamp.ReplaceAllString(name, "T")] = stamp.ReplaceAllString(string(text), "T")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestInitInterrupted presses Ctrl-C at a question, and later while files are being made.
func TestInitInterrupted(t *testing.T) {
	dir := t.TempDir()
	s := atTerminal(t, dir, "init", "shop")
	s.answer("Module path:", enter)
	s.answer("Database:", ctrlC)
	if out := s.ends(130); !strings.Contains(out, "interrupted") {
		t.Errorf("printed %q", out)
	}
	expectEmpty(t, dir)

	s = atTerminal(t, dir, "-v", "init", "--yes", "shop")
	s.answer("compiling queries", ctrlC)
	s.ends(130)
	expectEmpty(t, dir)
}

func expectEmpty(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) > 0 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

// TestMigrateAsks applies migrations only when told to.
func TestMigrateAsks(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), ourselves(t), "init", "--yes", "--module", "shop")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	s := atTerminal(t, dir, "migrate", "up")
	s.answer("Apply 1 migration(s) to file:auth.db?", "n", enter)
	if out := s.ends(0); !strings.Contains(out, "nothing was changed") {
		t.Errorf("printed %q", out)
	}
	s = atTerminal(t, dir, "migrate", "up")
	s.answer("Apply 1 migration(s)", ctrlC)
	s.ends(130)
	s = atTerminal(t, dir, "migrate", "up")
	s.answer("Apply 1 migration(s)", enter)
	if out := s.ends(0); !strings.Contains(out, "applied") || strings.Contains(out, "nothing") {
		t.Errorf("printed %q", out)
	}
	s = atTerminal(t, dir, "migrate", "up")
	if out := s.ends(0); !strings.Contains(out, "up to date") {
		t.Errorf("printed %q", out)
	}
	s = atTerminal(t, dir, "migrate", "down")
	s.answer("What they added is deleted. (y/N)", enter)
	if out := s.ends(0); !strings.Contains(out, "nothing was changed") {
		t.Errorf("printed %q", out)
	}
}

// TestEnterDeletesNothing: where migrate up would drop a table, Enter alone means no.
func TestEnterDeletesNothing(t *testing.T) {
	dir := t.TempDir()
	for _, args := range [][]string{
		{"init", "--yes", "--module", "shop", "--plugins", "username"},
		{"migrate", "up", "--yes"},
		{"remove", "username"},
		{"migrate", "drop", "username", "--allow-destructive"},
	} {
		cmd := exec.CommandContext(t.Context(), ourselves(t), args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	s := atTerminal(t, dir, "migrate", "up")
	s.answer("This deletes data. (y/N)", enter)
	if out := s.ends(0); !strings.Contains(out, "nothing was changed") {
		t.Errorf("printed %q", out)
	}
}

// TestConflictAsks settles a conflict at the terminal: skipped nothing is written; edited the merged file holds
// what the editor left.
func TestConflictAsks(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), ourselves(t), "init", "--yes", "--module", "shop")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	const file = "internal/auth/core/sign_out.go"
	replace(t, filepath.Join(dir, ".betterauth/base", file+".base"), "Success: true", "Success: 1 == 1")
	replace(t, filepath.Join(dir, file), "Success: true", "Success: 2 == 2")
	editor := filepath.Join(dir, "editor.sh")
	if err := os.WriteFile(editor, []byte("#!/bin/sh\necho '\tout := &SignOutOutput{Success: 3 == 3}' > \"$1\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("EDITOR", editor)
	t.Setenv("VISUAL", "")

	s := atTerminal(t, dir, "generate")
	s.answer("sign_out.go, conflict 1 of 1", "skip", enter)
	s.ends(3)
	expectText(t, filepath.Join(dir, file), "2 == 2")
	s = atTerminal(t, dir, "generate")
	s.answer("sign_out.go, conflict 1 of 1", ctrlC)
	s.ends(130)
	s = atTerminal(t, dir, "generate")
	s.answer("sign_out.go, conflict 1 of 1", "edit", enter)
	s.ends(0)
	expectText(t, filepath.Join(dir, file), "3 == 3")
	s = atTerminal(t, dir, "generate")
	if out := s.ends(0); !strings.Contains(out, "up to date") {
		t.Errorf("printed %q", out)
	}
}

// TestConflictAsksAgain meets an editor that fails, and one whose text does not compile: what was chosen is not lost,
// and a conflict is shown once for each time it is asked about.
func TestConflictAsksAgain(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), ourselves(t), "init", "--yes", "--module", "shop")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	const file, other = "internal/auth/core/sign_out.go", "internal/auth/core/middleware.go"
	replace(t, filepath.Join(dir, ".betterauth/base", file+".base"), "Success: true", "Success: 1 == 1")
	replace(t, filepath.Join(dir, file), "Success: true", "Success: 2 == 2")
	replace(t, filepath.Join(dir, ".betterauth/base", other+".base"), "package core\n", "package core // old\n")
	replace(t, filepath.Join(dir, other), "package core\n", "package core // mine\n")
	tools := filepath.Join(dir, "my tools")
	if err := os.Mkdir(tools, 0o755); err != nil {
		t.Fatal(err)
	}
	// It fails, then says something wrong, then something right.
	const script = `#!/bin/sh
echo run >> "$(dirname "$0")/runs"
case $(wc -l < "$(dirname "$0")/runs") in
1) exit 7 ;;
2) echo '	out := &SignOutOutput{Success: "no"}' > "$2" ;;
*) grep -q '"no"' "$2" && sed -i 's/"no"/3 == 3/' "$2" ;;
esac
`
	if err := os.WriteFile(filepath.Join(tools, "editor.sh"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("EDITOR", "'"+filepath.Join(tools, "editor.sh")+"' --wait")
	t.Setenv("VISUAL", "")

	s := atTerminal(t, dir, "generate")
	shown := s.answer("middleware.go, conflict 1 of 1", enter)
	if strings.Contains(shown, "sign_out.go") || strings.Count(shown, "// mine") != 1 {
		t.Errorf("shown before the first question: %s", shown)
	}
	s.answer("sign_out.go, conflict 1 of 1", "edit", enter)
	s.answer("exit status 7")
	s.answer("sign_out.go, conflict 1 of 1", "edit", enter)
	s.answer("does not compile")
	s.answer("Choose again?", enter)
	if asked := s.answer("edit what you chose before", enter); strings.Contains(asked, "middleware.go") {
		t.Errorf("asked again about what was settled: %s", asked)
	}
	s.ends(0)
	expectText(t, filepath.Join(dir, file), "3 == 3")
	expectText(t, filepath.Join(dir, other), "// mine")
}

func replace(t *testing.T, file, old, fresh string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(text), old) {
		t.Fatalf("%s has no %q: %v", file, old, err)
	}
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(string(text), old, fresh)), 0o644); err != nil {
		t.Fatal(err)
	}
}

func expectText(t *testing.T, file, want string) {
	t.Helper()
	if text, err := os.ReadFile(file); err != nil || !strings.Contains(string(text), want) {
		t.Errorf("%s has no %q: %v\n%s", file, want, err, text)
	}
}

// TestWatch generates when betterauth.yaml changes, says what is wrong with it, and ends with Ctrl-C.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), ourselves(t), "init", "--yes", "--module", "shop")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	s := atTerminal(t, dir, "generate", "--watch")
	s.answer("watching; Ctrl-C ends")
	config := filepath.Join(dir, "betterauth.yaml")
	replace(t, config, "minPasswordLength: 8", "minPasswordLength: twelve")
	s.answer("minPasswordLength: twelve")
	s.answer("watching; Ctrl-C ends")
	replace(t, config, "minPasswordLength: twelve", "minPasswordLength: 12")
	s.answer("options_gen.go")
	s.answer("watching; Ctrl-C ends", ctrlC)
	s.ends(130)
	expectText(t, filepath.Join(dir, "internal/auth/options_gen.go"), "MinPasswordLength = 12")
}
