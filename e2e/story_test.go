package e2e_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	storyPassword = "correct horse battery"
	storySecret   = "story-secret-of-at-least-thirty-two-characters"
)

// TestStory is the life of an application: scaffolded, migrated and run; then edited, given plugins,
// generated and migrated again. The edits stand, the tests of the emitted tree pass, and who was signed in
// before still is.
func TestStory(t *testing.T) {
	t.Parallel()
	p := setup(t)
	onEachDialect(t, func(t *testing.T, dialect string) {
		app := newApplication(t, p, dialect)
		app.betterauth("init", "--yes", "--module", "shop", "--dialect", dialect, ".")
		app.betterauth("migrate", "up", "--yes")
		stop := app.start()
		ada := app.browser()
		ada.expect(200, "POST", "/sign-up/email", `{"name":"Ada","email":"ada@example.com","password":"`+storyPassword+`"}`)
		before := ada.expect(200, "GET", "/get-session", "")
		ada.expect(404, "POST", "/two-factor/enable", `{"password":"`+storyPassword+`"}`)
		stop()

		app.edit()
		app.configure("plugins:\n  username:\n  two-factor: {issuer: Shop}\n  bearer:\n")
		app.pending("generate", "--check")
		app.betterauth("generate")
		app.betterauth("migrate", "up", "--yes")
		app.run("go", "vet", "./...")
		app.run("go", "test", "./...")

		stop = app.start()
		after := ada.expect(200, "GET", "/get-session", "")
		if before.token() == "" || before.token() != after.token() {
			t.Errorf("the session was %q and is %q", before.token(), after.token())
		}
		ada.expect(200, "POST", "/two-factor/enable", `{"password":"`+storyPassword+`"}`)
		blocked := app.browser().expect(403, "POST", "/sign-up/email",
			`{"name":"Eve","email":"eve@competitor.example","password":"`+storyPassword+`"}`)
		if blocked["code"] != "DOMAIN_BLOCKED" {
			t.Errorf("the edited hook answered %v", blocked)
		}
		app.browser().expect(200, "POST", "/sign-up/email",
			`{"name":"Bob","email":"bob@example.com","username":"bob_1","password":"`+storyPassword+`"}`)
		app.browser().expect(200, "POST", "/sign-in/username", `{"username":"bob_1","password":"`+storyPassword+`"}`)
		stop()
		app.contains("internal/auth/core/session_open.go", "// a comment of ours")
		app.betterauth("generate", "--check")
	})
}

// An application is what a user of betterauth-gen has.
type application struct {
	t    *testing.T
	dir  string
	port string
	cli  string
	env  []string
}

func newApplication(t *testing.T, p programs, dialect string) *application {
	t.Helper()
	port := freePort(t)
	return &application{t: t, dir: t.TempDir(), port: port, cli: p.cli, env: []string{
		"PORT=" + port,
		"BETTER_AUTH_URL=http://127.0.0.1:" + port,
		"BETTER_AUTH_SECRET=" + storySecret,
		"DATABASE_URL=" + newDatabase(t, dialect),
	}}
}

func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

func (a *application) run(args ...string) {
	a.t.Helper()
	command{dir: a.dir, env: a.env, args: args}.run(a.t)
}

// betterauth runs the command line in the application.
func (a *application) betterauth(args ...string) {
	a.t.Helper()
	a.run(append([]string{a.cli}, args...)...)
}

// pending runs the command line where it has to say that something is pending: exit code 2.
func (a *application) pending(args ...string) {
	a.t.Helper()
	out, err := command{dir: a.dir, env: a.env, args: append([]string{a.cli}, args...)}.try(a.t)
	if exit, ok := err.(*exec.ExitError); !ok || exit.ExitCode() != 2 {
		a.t.Fatalf("betterauth-gen %s: %v, want exit code 2\n%s", strings.Join(args, " "), err, out)
	}
}

// start builds the application and runs it until the returned function is called.
func (a *application) start() (stop func()) {
	a.t.Helper()
	a.run("go", "build", "-race", "-gcflags=golang.org/x/crypto/scrypt=-race=false", "-o", "server", ".")
	var log bytes.Buffer
	server := exec.Command(filepath.Join(a.dir, "server"))
	server.Dir, server.Env, server.Stdout, server.Stderr = a.dir, append(os.Environ(), a.env...), &log, &log
	if err := server.Start(); err != nil {
		a.t.Fatal(err)
	}
	running := true
	stop = func() {
		a.t.Helper()
		if !running {
			return
		}
		running = false
		_ = server.Process.Signal(syscall.SIGTERM)
		if err := server.Wait(); err != nil {
			a.t.Errorf("the server ended with %v\n%s", err, log.String())
		}
		if strings.Contains(log.String(), storyPassword) || strings.Contains(log.String(), storySecret) {
			a.t.Errorf("the log holds a secret:\n%s", log.String())
		}
	}
	a.t.Cleanup(stop)
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if answer, err := http.Get(a.url("/ok")); err == nil {
			_ = answer.Body.Close()
			return stop
		}
		if time.Now().After(deadline) {
			_ = server.Process.Kill()
			a.t.Fatalf("the server does not answer\n%s", log.String())
		}
	}
}

func (a *application) url(path string) string {
	return "http://127.0.0.1:" + a.port + "/api/auth" + path
}

// edit changes a comment, a function and a hook of the emitted code, as a user would.
func (a *application) edit() {
	a.t.Helper()
	a.replace("internal/auth/core/session_open.go", "\n// unremembered is", "\n// a comment of ours\n//\n// unremembered is")
	a.replace("internal/auth/core/sign_in_email.go", `slog.String("method", `, `slog.String(strings.ToUpper("welcome back"), `)
	a.write("internal/auth/hooks.go", `package auth

import (
	"context"
	"strings"

	"shop/internal/auth/core"
)

func hooks() core.Hooks {
	return core.Hooks{
		BeforeSignUp: func(_ context.Context, _ *core.Call, in *core.SignUpEmailInput) error {
			if strings.HasSuffix(in.Email, "@competitor.example") {
				return core.NewError(403, "DOMAIN_BLOCKED", "This domain cannot sign up")
			}
			return nil
		},
	}
}
`)
}

// configure adds to betterauth.yaml.
func (a *application) configure(more string) {
	a.t.Helper()
	a.write("betterauth.yaml", a.read("betterauth.yaml")+"\n"+more)
}

func (a *application) read(name string) string {
	a.t.Helper()
	text, err := os.ReadFile(filepath.Join(a.dir, name))
	if err != nil {
		a.t.Fatal(err)
	}
	return string(text)
}

func (a *application) write(name, text string) {
	a.t.Helper()
	if err := os.WriteFile(filepath.Join(a.dir, name), []byte(text), 0o644); err != nil {
		a.t.Fatal(err)
	}
}

func (a *application) replace(name, from, to string) {
	a.t.Helper()
	text := a.read(name)
	if !strings.Contains(text, from) {
		a.t.Fatalf("%s does not contain %q any more", name, from)
	}
	a.write(name, strings.Replace(text, from, to, 1))
}

func (a *application) contains(name, text string) {
	a.t.Helper()
	if !strings.Contains(a.read(name), text) {
		a.t.Errorf("%s lost %q", name, text)
	}
}

// A browser keeps cookies.
type browser struct {
	app    *application
	client *http.Client
}

func (a *application) browser() *browser {
	a.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		a.t.Fatal(err)
	}
	return &browser{a, &http.Client{Jar: jar, Timeout: time.Minute}}
}

// A body is a decoded JSON object.
type body map[string]any

// token is the token of the session in an answer of /get-session.
func (b body) token() string {
	session, _ := b["session"].(map[string]any)
	token, _ := session["token"].(string)
	return token
}

// expect sends a request, checks the status and returns the answer.
func (b *browser) expect(status int, method, path, text string) body {
	t := b.app.t
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, b.app.url(path), strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Origin", "http://127.0.0.1:"+b.app.port)
	if text != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	answer, err := b.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != status {
		t.Fatalf("%s %s answered %d, want %d: %s", method, path, answer.StatusCode, status, raw)
	}
	var decoded body
	if len(raw) > 0 && json.Unmarshal(raw, &decoded) != nil {
		t.Fatal(fmt.Errorf("%s %s answered %q", method, path, raw))
	}
	return decoded
}
