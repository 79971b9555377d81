package config

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
)

// TestEveryUpstreamOptionIsAnswered makes sure that no option of upstream is ignored: each is an option
// here, or the table says where it went, and never both.
func TestEveryUpstreamOptionIsAnswered(t *testing.T) {
	root := coreOptions(nil)
	for path := range inventory(t) {
		here := root.at(path) != nil || path == "plugins" || path == "socialProviders"
		e, there := find(coreElsewhere(), path)
		if here == there {
			t.Errorf("%s: option here: %v, in the table: %v (%s)", path, here, there, e.pattern)
		}
	}
}

// TestTableHasNoStrangers keeps the table from holding what upstream does not have.
func TestTableHasNoStrangers(t *testing.T) {
	known := inventory(t)
	for _, e := range coreElsewhere() {
		used := false
		for path := range known {
			if best, ok := find([]elsewhere{e}, path); ok && best.pattern == e.pattern {
				used = true
			}
		}
		if !used {
			t.Errorf("%s matches no option of upstream", e.pattern)
		}
	}
}

// TestFunctionsExist checks the Go names the messages send people to.
func TestFunctionsExist(t *testing.T) {
	members := map[string]bool{"Hooks": true}
	for _, file := range []string{"core/hooks.go", "core/mails.go", "core/auth.go", "model/field.go"} {
		f, err := parser.ParseFile(token.NewFileSet(), "../../templates/auth/"+file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			if st, ok := spec.Type.(*ast.StructType); ok {
				for _, field := range st.Fields.List {
					for _, name := range field.Names {
						members[spec.Name.Name+"."+name.Name] = true
					}
				}
			}
			return false
		})
	}
	for _, e := range functions() {
		if name := strings.Split(e.function, ",")[0]; !members[name] {
			t.Errorf("%s: there is no %s", e.pattern, name)
		}
	}
}

// TestFunctionsAreFunctionsUpstream keeps data from being sent to Go.
func TestFunctionsAreFunctionsUpstream(t *testing.T) {
	for _, e := range functions() {
		found := false
		for path, function := range inventory(t) {
			if _, ok := below(path, e.pattern); ok && function {
				found = true
			}
		}
		if !found {
			t.Errorf("%s is no function upstream", e.pattern)
		}
	}
}

// inventory returns upstream's options and whether they take a function.
func inventory(t *testing.T) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("testdata/core_options.txt")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		mark, path, _ := strings.Cut(strings.TrimSpace(line), " ")
		if mark != "#" {
			out[strings.ReplaceAll(path, "[]", "")] = mark == "f"
		}
	}
	if len(out) < 300 {
		t.Fatalf("the inventory has %d options", len(out))
	}
	return out
}
