package generator_test

import (
	"os"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/query"
)

// TestMain makes the test binary the sqlc that a run starts, and the run that TestKilled kills.
func TestMain(m *testing.M) {
	switch {
	case len(os.Args) > 1 && os.Args[1] == query.Child:
		os.Exit(query.RunChild(os.Args[2:]))
	case os.Getenv(runHere) != "":
		os.Exit(generateHere(os.Getenv(runHere)))
	}
	os.Exit(m.Run())
}
