package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// secret signs the cookies of all servers, so that each reads the sessions of the others. It is the one
// e2e/node starts Better Auth with.
const secret = "e2e-secret-of-at-least-thirty-two-characters"

// A contender is one way to serve the endpoints.
type contender struct {
	name    string
	command func(databaseURL string, port int) *exec.Cmd
	only    string // the one workload it serves; "" for all but bareHash
	app     string // folder of an emitted application
}

func (c contender) serves(w workload) bool {
	switch {
	case c.only != "":
		return c.only == w.name
	case w.name == cachedSession.name:
		return c.name == handWritten
	}
	return w.name != bareHash.name
}

// handWritten is the contender the others are compared with.
const handWritten = "hand-written"

// contenders builds the servers. The first is what the others are compared with.
func contenders(ctx context.Context, s settings, dialect string) ([]contender, error) {
	byHand := filepath.Join(s.work, "handwritten")
	if err := command(ctx, "", "go", "build", "-o", byHand, "./bench/handwritten"); err != nil {
		return nil, err
	}
	all, err := emitted(ctx, s, dialect, "emitted, all plugins", "--plugins", "username,two-factor,bearer")
	if err != nil {
		return nil, err
	}
	none, err := emitted(ctx, s, dialect, "emitted, no plugins")
	if err != nil {
		return nil, err
	}
	cached, err := emitted(ctx, s, dialect, "emitted, cookie cache", cookieCache)
	if err != nil {
		return nil, err
	}
	cached.only = cachedSession.name
	list := []contender{
		{name: handWritten, command: program(byHand)},
		cached, none, all,
		{name: "bare hash", command: program(byHand), only: bareHash.name},
	}
	if s.upstream {
		list = append(list, contender{name: "Better Auth, Node.js", command: node})
	}
	return list, nil
}

// cookieCache asks emitted for an application whose sessions are cached in a cookie.
const cookieCache = "cookie cache"

// emitted scaffolds and builds an application with the command line, as a user would.
func emitted(ctx context.Context, s settings, dialect, name string, flags ...string) (contender, error) {
	dir := filepath.Join(s.work, fmt.Sprintf("%s-%d", dialect, len(flags)))
	session := ""
	if len(flags) == 1 && flags[0] == cookieCache {
		flags, session = nil, "  cookieCache:\n    enabled: true\n"
	}
	if err := os.RemoveAll(dir); err != nil {
		return contender{}, err
	}
	cli, err := filepath.Abs("bin/betterauth-gen")
	if err != nil {
		return contender{}, err
	}
	arguments := append([]string{"init", "--yes", "--module", "bench", "--dialect", dialect}, flags...)
	if err := command(ctx, "", cli, append(arguments, dir)...); err != nil {
		return contender{}, err
	}
	if err := configure(filepath.Join(dir, "betterauth.yaml"), session); err != nil {
		return contender{}, err
	}
	if err := command(ctx, dir, cli, "generate"); err != nil {
		return contender{}, err
	}
	if err := command(ctx, dir, "go", "build", "-o", "server", "."); err != nil {
		return contender{}, err
	}
	return contender{name: name, command: program(filepath.Join(dir, "server")), app: dir}, nil
}

// configure turns the rate limits off, because all requests come from one address, and adds options to
// those of sessions.
func configure(file, session string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(bytes.Replace(text, []byte("\nsession:\n"), []byte("\nsession:\n"+session), 1), "\nrateLimit:\n  enabled: false\n"...), 0o644)
}

// program runs a Go server. Its log is written, to nowhere.
func program(path string) func(string, int) *exec.Cmd {
	return func(databaseURL string, port int) *exec.Cmd {
		cmd := exec.Command(path)
		cmd.Env = append(os.Environ(), "DATABASE_URL="+databaseURL, fmt.Sprint("PORT=", port),
			"BETTER_AUTH_SECRET="+secret, fmt.Sprint("BETTER_AUTH_URL=http://127.0.0.1:", port), "BETTER_AUTH_ENV=production")
		return cmd
	}
}

func node(databaseURL string, port int) *exec.Cmd {
	return exec.Command("node", "e2e/node/bench-server.mjs", "--database", databaseURL, "--port", fmt.Sprint(port))
}

// command runs a build step and shows what it printed only when it failed.
func command(ctx context.Context, dir, name string, arguments ...string) error {
	cmd := exec.CommandContext(ctx, name, arguments...)
	cmd.Dir = dir
	if output, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), arguments[0], err, bytes.TrimSpace(output))
	}
	return nil
}
