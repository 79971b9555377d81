package generator_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
)

const (
	corePostgres = "database: {dialect: postgres}\nemailAndPassword: {enabled: true}\n"
	allPostgres  = corePostgres + "plugins: {username: , two-factor: , bearer: }\n"
)

// BenchmarkFirst is the first run in a module, with three plugins.
func BenchmarkFirst(b *testing.B) {
	for b.Loop() {
		generate(b, allPostgres)
	}
}

// BenchmarkAddPlugins adds three plugins to a project.
func BenchmarkAddPlugins(b *testing.B) {
	before := generate(b, corePostgres)
	for b.Loop() {
		b.StopTimer()
		dir := b.TempDir()
		if err := os.CopyFS(dir, os.DirFS(before)); err != nil {
			b.Fatal(err)
		}
		writeFile(b, filepath.Join(dir, "betterauth.yaml"), allPostgres)
		b.StartTimer()
		mustRun(b, dir)
	}
}

// BenchmarkNothing finds that there is nothing to do.
func BenchmarkNothing(b *testing.B) {
	dir := generate(b, allPostgres)
	for b.Loop() {
		p, ws, err := plan(b.Context(), dir, reconcile.Choices{})
		if err != nil || !p.Empty() {
			b.Fatalf("%v, empty %t", err, p.Empty())
		}
		_ = ws.Close()
	}
}
