package generator_test

import (
	"maps"
	"path/filepath"
	"strings"
	"testing"
)

// TestInstrumentation runs the tests of an instrumented project, and turns it off again: then there is nothing of
// OpenTelemetry in the code, and none of its modules was ever needed.
func TestInstrumentation(t *testing.T) {
	t.Parallel()
	const off = "database: {dialect: postgres}\n"
	plain := generate(t, off)
	for name, text := range snapshot(t, plain) {
		if strings.HasSuffix(name, ".go") && strings.Contains(text, "go.opentelemetry.io") || strings.Contains(name, "otelauth") {
			t.Errorf("%s knows OpenTelemetry", name)
		}
	}
	if strings.Contains(readFile(t, filepath.Join(plain, "go.mod")), "go.opentelemetry.io/otel") {
		t.Error("go.mod requires OpenTelemetry")
	}

	dir := generate(t, off+"experimental: {instrumentation: {enabled: true}}\n")
	mod := readFile(t, filepath.Join(dir, "go.mod"))
	for _, module := range []string{"go.opentelemetry.io/otel v", "go.opentelemetry.io/otel/sdk v", "go.opentelemetry.io/otel/trace v"} {
		if !strings.Contains(mod, module) {
			t.Errorf("%s is not required", module)
		}
	}
	if seam := readFile(t, filepath.Join(dir, "internal/auth/plugins_gen.go")); !strings.Contains(seam, "otelauth.New()") {
		t.Errorf("the server has no spans:\n%s", seam)
	}
	command(t, dir, "go", "vet", "-trimpath", "./...")
	command(t, dir, "go", "test", "-trimpath", "./internal/auth/otelauth")
	checkTree(t, dir)

	writeFile(t, filepath.Join(dir, "betterauth.yaml"), off)
	mustRun(t, dir)
	got, want := snapshot(t, filepath.Join(dir, "internal")), snapshot(t, filepath.Join(plain, "internal"))
	if !maps.Equal(got, want) {
		t.Error("turned off, the code is not what it is without")
	}
}
