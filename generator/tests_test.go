package generator_test

import (
	"path/filepath"
	"strings"
	"testing"
)

const withPlan = "user: {additionalFields: {plan: {type: string, required: false}}}\n"

// TestOwnTestsAreChecked: a run that breaks a test of the user's is refused, whatever package it is in.
func TestOwnTestsAreChecked(t *testing.T) {
	const config = "database: {dialect: sqlite}\nemailAndPassword: {enabled: true}\n"
	const test = "package %s\n\nimport (\n\t\"testing\"\n\n\t\"example.com/shop/internal/auth/model\"\n)\n\nfunc TestPlan(*testing.T) { _ = model.User{}.Plan }\n"
	dir := generate(t, config+withPlan)
	own := []string{"own/plan_test.go", "internal/auth/core/plan_test.go"}
	for _, name := range own {
		writeFile(t, filepath.Join(dir, name), strings.ReplaceAll(test, "%s", filepath.Base(filepath.Dir(name))))
	}
	writeFile(t, filepath.Join(dir, "testdata/x/x_test.go"), "package {")
	writeFile(t, filepath.Join(dir, "betterauth.yaml"), config+withPlan+"session: {expiresIn: 3600}\n")
	if p := mustRun(t, dir); len(p.Diags) > 0 {
		t.Fatalf("got %v", p.Diags)
	}
	writeFile(t, filepath.Join(dir, "betterauth.yaml"), config)
	_, err := run(t.Context(), dir)
	if err == nil {
		t.Fatal("accepted")
	}
	for _, name := range own {
		if want := name + ":9:46: error: model.User{}.Plan undefined"; !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
