package e2e_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDifferential runs every scenario against Better Auth and against an emitted server and compares what
// came over the wire. The log of the emitted server is searched for secrets, data races and panics.
//
// security: 18
func TestDifferential(t *testing.T) {
	t.Parallel()
	p := setup(t)
	needNode(t)
	onEachDialect(t, func(t *testing.T, dialect string) {
		p.mustBuild(t, dialect, compared(t, dialect)...)
		theirs := p.upstream(t, dialect)
		ours := filepath.Join(filepath.Dir(p.work), "ours-"+dialect+".json")
		args := append(selection(t, dialect), "--exec", p.serve, "--dialect", dialect, "--jobs", "2", "--out", ours)
		t.Log(p.node("run.mjs", args...).run(t))
		t.Log(p.node("compare.mjs", theirs, ours, "--allow", "../allowed-differences.json").run(t))
	})
}

// upstream returns the transcript of Better Auth. It only changes with the scenarios and the lock file,
// so it is kept.
func (p programs) upstream(t *testing.T, dialect string) string {
	t.Helper()
	file := filepath.Join(filepath.Dir(p.work), "upstream-"+dialect+"-"+fingerprint(t, dialect)+".json")
	if _, err := os.Stat(file); err == nil {
		return file
	}
	fresh := file + ".new"
	args := append(selection(t, dialect), "--target", "upstream", "--dialect", dialect, "--jobs", "2", "--out", fresh)
	t.Log(p.node("run.mjs", args...).run(t))
	if err := os.Rename(fresh, file); err != nil {
		t.Fatal(err)
	}
	return file
}

// selection are the flags that select what is supported.
func selection(t *testing.T, dialect string) []string {
	t.Helper()
	var flags []string
	for _, name := range compared(t, dialect) {
		flags = append(flags, "--config", name)
	}
	return flags
}

// compared names the supported configurations that have scenarios.
func compared(t *testing.T, dialect string) []string {
	t.Helper()
	listed := map[string]bool{}
	for line := range strings.Lines(command{dir: "node", args: []string{"node", "run.mjs", "--list"}}.run(t)) {
		name, _, _ := strings.Cut(line, "\t")
		listed[name] = true
	}
	var names []string
	for _, c := range supported(t, dialect) {
		if listed[c.name] {
			names = append(names, c.name)
		}
	}
	return names
}

// fingerprint is a hash of everything a transcript of Better Auth comes from.
func fingerprint(t *testing.T, dialect string) string {
	t.Helper()
	h := sha256.New()
	for _, pattern := range []string{"configs.mjs", "scenarios/*.mjs", "node/*.mjs", "node/lib/*.mjs", "node/package-lock.json"} {
		files, err := fs.Glob(os.DirFS("."), pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			h.Write(text)
		}
	}
	for _, flag := range selection(t, dialect) {
		h.Write([]byte(flag))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// TestOnce checks that 50 callers at a time cannot use a single-use value twice.
//
// security: 28
func TestOnce(t *testing.T) {
	t.Parallel()
	p := setup(t)
	needNode(t)
	onEachDialect(t, func(t *testing.T, dialect string) {
		p.mustBuild(t, dialect, "take-over")
		t.Log(p.node("once.mjs", "--exec", p.serve, "--dialect", dialect).run(t))
	})
}

// TestCookieCache reads our cookies with Better Auth's getSessionCookie and getCookieCache, and lets us and
// Better Auth read each other's copies.
func TestCookieCache(t *testing.T) {
	t.Parallel()
	p := setup(t)
	needNode(t)
	p.mustBuild(t, "sqlite", "cookie-cache", "cookie-cache-jwt", "cookie-cache-jwe")
	t.Log(p.node("cache.mjs", "--exec", p.serve).run(t))
}

// TestSharedStorage runs an emitted server and Better Auth on one database and one Redis: each reads, changes
// and ends the sessions of the other.
//
// security: 11
func TestSharedStorage(t *testing.T) {
	t.Parallel()
	p := setup(t)
	needNode(t)
	need(t, os.Getenv("TEST_REDIS_URL") != "", "TEST_REDIS_URL", `scripts/services.sh up && eval "$(scripts/services.sh env)"`)
	p.mustBuild(t, "sqlite", "redis")
	t.Log(p.node("storage.mjs", "--exec", p.serve).run(t))
}

// TestFrameworkClients mounts Better Auth's React, Vue, Svelte and Solid clients in a page.
func TestFrameworkClients(t *testing.T) {
	t.Parallel()
	p := setup(t)
	needNode(t)
	p.mustBuild(t, "sqlite", "core")
	t.Log(p.node("frameworks.mjs", "--exec", p.serve).run(t))
}
