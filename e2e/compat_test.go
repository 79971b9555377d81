package e2e_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the list of differences into docs/compatibility.md")

const (
	compatibilityFile = "../docs/compatibility.md"
	listBegins        = "<!-- differences: written by go test ./e2e -run Compatibility -update -->\n"
	listEnds          = "<!-- end of differences -->\n"
)

// TestCompatibility checks that docs/compatibility.md lists the differences the comparison allows.
func TestCompatibility(t *testing.T) {
	text, err := os.ReadFile(compatibilityFile)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), listBegins)
	_, after, closed := strings.Cut(rest, listEnds)
	if !found || !closed {
		t.Fatalf("%s has lost the marks around the list", compatibilityFile)
	}
	want := before + listBegins + differences(t) + listEnds + after
	if want == string(text) {
		return
	}
	if !*update {
		t.Fatalf("%s is behind e2e/allowed-differences.json: go test ./e2e -run Compatibility -update", compatibilityFile)
	}
	if err := os.WriteFile(compatibilityFile, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// differences is the table of allowed-differences.json.
func differences(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("allowed-differences.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []struct{ ID, Reason, As string }
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	table.WriteString("\n| id | what differs, and why |\n|---|---|\n")
	for _, entry := range list {
		if entry.As == "" {
			fmt.Fprintf(&table, "| `%s` | %s |\n", entry.ID, strings.ReplaceAll(entry.Reason, "|", `\|`))
		}
	}
	table.WriteString("\n")
	return table.String()
}
