package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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
	return w.name != bareHash.name && w.name != redisSession.name
}

// handWritten begins the names of the contenders the others are compared with.
const handWritten = "hand-written"

// yardstick returns the contender the others are compared with; "" without one.
func yardstick(list []contender, w workload) string {
	for _, c := range list {
		if strings.HasPrefix(c.name, handWritten) && c.serves(w) {
			return c.name
		}
	}
	return ""
}

// contenders builds the servers.
func contenders(ctx context.Context, s settings, dialect string) ([]contender, error) {
	byHand := filepath.Join(s.work, "handwritten")
	if err := command(ctx, "", "go", "build", "-o", byHand, "./bench/handwritten"); err != nil {
		return nil, err
	}
	list := []contender{{name: handWritten, command: program(byHand)}, {name: "bare hash", command: program(byHand), only: bareHash.name}}
	if dialect == redisBeside {
		list = append(list, contender{name: handWritten + ", Redis", command: program(byHand, withRedis()), only: redisSession.name})
	}
	for _, a := range applications {
		if a.only == redisSession.name && dialect != redisBeside {
			continue
		}
		c, err := a.emit(ctx, s, dialect)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	if s.upstream {
		list = append(list, contender{name: "Better Auth, Node.js", command: node()})
	}
	if s.upstream && dialect == redisBeside {
		list = append(list, contender{name: "Better Auth, Node.js, Redis", command: node("--redis"), only: redisSession.name})
	}
	return list, nil
}

// An application is emitted with the command line, as a user would.
type application struct {
	name, folder string
	flags        []string // of init
	session      string   // options of sessions in betterauth.yaml
	options      string   // other options
	only         string   // the one workload it serves; "" for all
}

// applications are what is emitted. The last one's tables are what all contenders work on.
var applications = []application{
	{name: "emitted, cookie cache", folder: "cached", session: "  cookieCache:\n    enabled: true\n", only: cachedSession.name},
	{name: "emitted, Redis", folder: "redis", options: "\nsecondaryStorage: redis\n", only: redisSession.name},
	{name: "emitted, no plugins", folder: "bare"},
	{name: "emitted, all plugins", folder: "plugins", flags: []string{"--plugins", "username,two-factor,bearer"}},
}

// emit scaffolds and builds the application.
func (a application) emit(ctx context.Context, s settings, dialect string) (contender, error) {
	dir := filepath.Join(s.work, dialect+"-"+a.folder)
	if err := os.RemoveAll(dir); err != nil {
		return contender{}, err
	}
	cli, err := filepath.Abs("bin/betterauth-gen")
	if err != nil {
		return contender{}, err
	}
	arguments := append([]string{"init", "--yes", "--module", "bench", "--dialect", dialect}, a.flags...)
	if err := command(ctx, "", cli, append(arguments, dir)...); err != nil {
		return contender{}, err
	}
	if err := a.configure(filepath.Join(dir, "betterauth.yaml")); err != nil {
		return contender{}, err
	}
	if err := command(ctx, dir, cli, "generate"); err != nil {
		return contender{}, err
	}
	if err := command(ctx, dir, "go", "build", "-o", "server", "."); err != nil {
		return contender{}, err
	}
	var env []string
	if a.only == redisSession.name {
		env = append(env, withRedis())
	}
	return contender{name: a.name, command: program(filepath.Join(dir, "server"), env...), only: a.only, app: dir}, nil
}

// configure turns the rate limits off, because all requests come from one address, and adds the
// application's options.
func (a application) configure(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	text = bytes.Replace(text, []byte("\nsession:\n"), []byte("\nsession:\n"+a.session), 1)
	return os.WriteFile(file, append(text, "\nrateLimit:\n  enabled: false\n"+a.options...), 0o644)
}

// program runs a Go server. Its log is written, to nowhere.
func program(path string, env ...string) func(string, int) *exec.Cmd {
	return func(databaseURL string, port int) *exec.Cmd {
		cmd := exec.Command(path)
		cmd.Env = append(os.Environ(), "DATABASE_URL="+databaseURL, fmt.Sprint("PORT=", port), "REDIS_URL=",
			"BETTER_AUTH_SECRET="+secret, fmt.Sprint("BETTER_AUTH_URL=http://127.0.0.1:", port), "BETTER_AUTH_ENV=production")
		cmd.Env = append(cmd.Env, env...)
		return cmd
	}
}

// node runs Better Auth.
func node(flags ...string) func(string, int) *exec.Cmd {
	return func(databaseURL string, port int) *exec.Cmd {
		arguments := []string{"e2e/node/bench-server.mjs", "--database", databaseURL, "--port", fmt.Sprint(port)}
		cmd := exec.Command("node", append(arguments, flags...)...)
		cmd.Env = append(os.Environ(), withRedis())
		return cmd
	}
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
