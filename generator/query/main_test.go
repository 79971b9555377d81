package query_test

import (
	"os"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/query"
)

// TestMain lets the test binary be the child process, as main does.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == query.Child {
		os.Exit(query.RunChild(os.Args[2:]))
	}
	os.Exit(m.Run())
}
