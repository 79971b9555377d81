package check

import (
	"os"
	"testing"
)

func BenchmarkTree(b *testing.B) {
	dir := os.Getenv("TREE")
	mod, _ := os.ReadFile(dir + "/go.mod")
	sum, _ := os.ReadFile(dir + "/go.sum")
	for b.Loop() {
		l, err := Verify(b.Context(), Options{ModuleRoot: dir, Overlay: map[string][]byte{"internal/x/x.go": []byte("package x\n")}, ModFile: mod, SumFile: sum})
		if err != nil || len(l) > 0 {
			b.Fatal(err, l)
		}
	}
}
