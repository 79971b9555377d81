package source

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/plugins/all"
	"github.com/betterauth-gen/betterauth-gen/templates"
)

func TestCookiesOfTheCore(t *testing.T) {
	info, err := Core()
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(info.Cookies)
	if got := strings.Join(info.Cookies, " "); got != "account_data dont_remember oauth_state session_data session_token state" {
		t.Errorf("cookies %s", got)
	}
}

// A cookie whose name is no constant such as sessionTokenCookie would be unknown to those who configure it.
func TestCookiesAreConstants(t *testing.T) {
	inspectCookies(t, templates.FS, "auth/core")
	for _, p := range all.Plugins() {
		inspectCookies(t, p.Source, "source")
	}
}

func inspectCookies(t *testing.T, fsys fs.FS, dir string) {
	t.Helper()
	files, err := fs.Glob(fsys, path.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatal(dir, err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := fs.ReadFile(fsys, file)
		if err != nil {
			t.Fatal(err)
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) < 2 || !slices.Contains([]string{"cookie", "Cookie", "SetCookie", "ExpireCookie", "MoveCookieLast"}, called(call)) {
				return true
			}
			if receiver, ok := call.Fun.(*ast.SelectorExpr); !ok || typeName(receiver.X) == "web" {
				return true
			}
			if name := typeName(call.Args[1]); name != "logical" && !strings.HasSuffix(name, "Cookie") {
				t.Errorf("%s: the name of the cookie is no constant that ends in Cookie", set.Position(call.Pos()))
			}
			return true
		})
	}
}
