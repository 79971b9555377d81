// Command serve runs an emitted server for the end-to-end tests. It does what a user with a program of
// their own would: writes the options of E2E_CONFIG to betterauth.yaml, generates, replaces the files
// that are the user's, builds, migrates the database and becomes the server. With -build it stops after
// the build, so that a later start is quick.
//
//	E2E_BIN      the command line, bin/betterauth-gen by default
//	E2E_WORK     where applications are kept between runs, .cache/e2e by default
//	E2E_RACE     1 builds servers on SQLite, and those that serve many callers at a time, with the race detector
//	E2E_MIGRATE  0 leaves the schema of the database alone
//
// The other variables are described in e2e/README.md.
package main

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// app holds the files of package auth that are the user's.
//
//go:embed app/*.txt
var app embed.FS

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "serve:", err)
		os.Exit(1)
	}
}

// configuration is an entry of e2e/configs.mjs.
type configuration struct {
	Name string `json:"name"`
	// Concurrent ones are used by many callers at a time.
	Concurrent bool           `json:"concurrent"`
	Options    map[string]any `json:"options"`
	Plugins    map[string]any `json:"plugins"`
	Social     []any          `json:"social"`

	Callbacks []string `json:"callbacks"`

	rules json.RawMessage // rateLimit.customRules, whose order counts
}

func run() error {
	buildOnly := flag.Bool("build", false, "build the server, do not start it")
	flag.Parse()
	text, err := os.ReadFile(os.Getenv("E2E_CONFIG"))
	if err != nil {
		return err
	}
	var cfg configuration
	var ordered struct {
		Options struct {
			RateLimit struct{ CustomRules json.RawMessage }
		}
	}
	if err := errors.Join(json.Unmarshal(text, &cfg), json.Unmarshal(text, &ordered)); err != nil {
		return fmt.Errorf("E2E_CONFIG: %w", err)
	}
	cfg.rules = ordered.Options.RateLimit.CustomRules
	b, err := newBuilder(cfg)
	if err != nil {
		return err
	}
	if err := b.build(); err != nil || *buildOnly {
		return err
	}
	if os.Getenv("E2E_MIGRATE") != "0" {
		if err := b.cli(b.dir, "migrate", "up", "--yes"); err != nil {
			return err
		}
	}
	env := append(os.Environ(), "E2E_OAUTH_SECRET=e2e-client-secret", "BETTER_AUTH_ENV="+os.Getenv("NODE_ENV"))
	server := filepath.Join(b.dir, "server")
	return syscall.Exec(server, []string{server}, env)
}

// builder makes the application for one configuration and dialect.
type builder struct {
	cfg     configuration
	bin     string
	dir     string
	dialect string
	race    bool
	stamp   string // of everything the application is made from
}

func newBuilder(cfg configuration) (*builder, error) {
	b := &builder{cfg: cfg, dialect: "sqlite", race: os.Getenv("E2E_RACE") == "1"}
	switch scheme, _, _ := strings.Cut(os.Getenv("DATABASE_URL"), ":"); scheme {
	case "postgres", "postgresql":
		b.dialect = "postgres"
	case "mysql":
		b.dialect = "mysql"
	}
	// The code differs by its queries alone: what callers one after the other race for is found on SQLite.
	b.race = b.race && (b.dialect == "sqlite" || cfg.Concurrent)
	var err error
	if b.bin, err = filepath.Abs(or(os.Getenv("E2E_BIN"), "bin/betterauth-gen")); err != nil {
		return nil, err
	}
	work, err := filepath.Abs(or(os.Getenv("E2E_WORK"), ".cache/e2e"))
	if err != nil {
		return nil, err
	}
	b.dir = filepath.Join(work, b.dialect+"-"+cfg.Name)
	program, err := os.ReadFile(b.bin)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	h.Write(program)
	fmt.Fprint(h, b.race)
	h.Write(cfg.rules)
	if err := json.NewEncoder(h).Encode(cfg); err != nil {
		return nil, err
	}
	names, err := fs.Glob(app, "app/*")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		file, err := app.ReadFile(name)
		if err != nil {
			return nil, err
		}
		h.Write(file)
	}
	b.stamp = hex.EncodeToString(h.Sum(nil))
	return b, nil
}

// build makes the application unless it is there already.
func (b *builder) build() error {
	stamp := filepath.Join(b.dir, "stamp")
	if done, err := os.ReadFile(stamp); err == nil && string(done) == b.stamp {
		return nil
	}
	if err := os.RemoveAll(b.dir); err != nil {
		return err
	}
	if err := os.MkdirAll(b.dir, 0o755); err != nil {
		return err
	}
	if err := command(b.dir, "go", "mod", "init", "e2e"); err != nil {
		return err
	}
	if err := b.configure(); err != nil {
		return err
	}
	if err := b.cli(b.dir, "generate"); err != nil {
		return err
	}
	if err := b.own(); err != nil {
		return err
	}
	if err := command(b.dir, "go", b.buildArgs()...); err != nil {
		return err
	}
	return os.WriteFile(stamp, []byte(b.stamp), 0o644)
}

// buildArgs are those of go build. Without the path of their folder in them, packages that applications have
// in common are compiled once. scrypt shares nothing between requests and is ten times slower when every
// access to memory is watched, so the race detector skips it.
func (b *builder) buildArgs() []string {
	args := []string{"build", "-trimpath", "-ldflags=-s -w", "-o", "server"}
	if b.race {
		args = append(args, "-race", "-gcflags=golang.org/x/crypto/scrypt=-race=false")
	}
	return append(args, ".")
}

// configure writes betterauth.yaml. JSON is YAML.
func (b *builder) configure() error {
	file := map[string]any{
		"emailAndPassword": map[string]any{"enabled": true},
		"rateLimit":        map[string]any{"enabled": false},
		"database":         map[string]any{"dialect": b.dialect},
	}
	merge(file, b.cfg.Options)
	if b.cfg.rules != nil {
		file["rateLimit"].(map[string]any)["customRules"] = b.cfg.rules
	}
	if b.dialect != "postgres" {
		delete(file["database"].(map[string]any), "schemaName") // no other database has schemas
	}
	plugins := map[string]any{}
	merge(plugins, b.cfg.Plugins)
	if len(b.cfg.Social) > 0 {
		plugins["generic-oauth"] = map[string]any{"config": b.cfg.Social}
	}
	if len(plugins) > 0 {
		file["plugins"] = plugins
	}
	text, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(b.dir, "betterauth.yaml"), []byte(fromEnvironment(string(text))), 0o644)
}

// fromEnvironment lets the server read where the provider of the scenarios listens, and the secret it
// shares with it, which must not be in the file.
func fromEnvironment(config string) string {
	return strings.NewReplacer("{oauth}", "${E2E_OAUTH}", `"e2e-client-secret"`, `"${E2E_OAUTH_SECRET}"`).Replace(config)
}

// merge adds the members of more to into, below objects both have.
func merge(into, more map[string]any) {
	for key, value := range more {
		inner, ok := value.(map[string]any)
		if outer, both := into[key].(map[string]any); ok && both {
			merge(outer, inner)
			continue
		}
		into[key] = value
	}
}

// own replaces the files that are the user's, where the configuration has them.
func (b *builder) own() error {
	names, err := fs.Glob(app, "app/*")
	if err != nil {
		return err
	}
	for _, name := range names {
		base := strings.TrimSuffix(filepath.Base(name), ".txt")
		target := filepath.Join(b.dir, "internal/auth", base)
		switch _, err := os.Stat(target); {
		case base == "fields.go" && !slices.Contains(b.cfg.Callbacks, "additionalFields"):
			continue // its functions are for one configuration's fields
		case base == "main.go":
			target = filepath.Join(b.dir, base)
		case err != nil && base != "mailbox.go":
			continue // of a plugin that is not selected
		}
		text, err := app.ReadFile(name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(target, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) cli(dir string, args ...string) error { return command(dir, b.bin, args...) }

func command(dir, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s %s: %w", filepath.Base(name), strings.Join(args, " "), err)
	}
	return nil
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}
