package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/plugins/all"
)

// BenchmarkPlan plans runs in a module with every plugin, on each database, as a user does: with the built
// program, its start included, and with warm caches. A no-op is to take at most 0.3 s, and one edit 1.5 s.
func BenchmarkPlan(b *testing.B) {
	program := filepath.Join(b.TempDir(), "betterauth-gen")
	command(b, ".", "go", "build", "-o", program, ".")
	for _, dialect := range []string{"sqlite", "postgres", "mysql"} {
		config := configOf(dialect)
		dir := b.TempDir()
		write(b, filepath.Join(dir, "go.mod"), "module example.com/shop\n\ngo 1.26.0\n")
		write(b, filepath.Join(dir, "betterauth.yaml"), config)
		command(b, dir, program, "generate")
		query := filepath.Join(dir, "internal/auth/store/queries/core.sql")
		queries, err := os.ReadFile(query)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(dialect+"/nothing", func(b *testing.B) { plan(b, dir, program) })
		b.Run(dialect+"/option", func(b *testing.B) {
			write(b, filepath.Join(dir, "betterauth.yaml"), config+"session: {expiresIn: 3600}\n")
			plan(b, dir, program)
			write(b, filepath.Join(dir, "betterauth.yaml"), config)
		})
		b.Run(dialect+"/query", func(b *testing.B) {
			write(b, query, string(queries)+"\n-- name: CountUsers :one\nSELECT count(*) FROM user;\n")
			plan(b, dir, program)
			write(b, query, string(queries))
		})
	}
}

// configOf is a configuration with every plugin.
func configOf(dialect string) string {
	var out strings.Builder
	out.WriteString("database: {dialect: " + dialect + "}\nemailAndPassword: {enabled: true}\nplugins:\n")
	for _, p := range all.Plugins() {
		out.WriteString("  " + p.ID + ":\n")
	}
	return out.String()
}

func plan(b *testing.B, dir, program string) {
	command(b, dir, program, "generate", "--dry-run") // fills the caches
	for b.Loop() {
		command(b, dir, program, "generate", "--dry-run")
	}
}

func command(b *testing.B, dir, name string, args ...string) {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), name, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}

func write(b *testing.B, name, text string) {
	b.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
}
