package gomod

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"

	"github.com/betterauth-gen/betterauth-gen/templates"
)

// TestReferenceIsOurs keeps the copy of go.mod from which versions are read in step.
func TestReferenceIsOurs(t *testing.T) {
	ours, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	embedded, err := templates.FS.ReadFile("text/go.mod.txt")
	if err != nil {
		t.Fatal(err)
	}
	if string(ours) != string(embedded) {
		t.Error("templates/text/go.mod.txt is stale; run make generate")
	}
}

func TestMissing(t *testing.T) {
	const mod = `module shop

go 1.26.0

require (
	github.com/jackc/pgx/v5 v5.0.0
	golang.org/x/text v0.99.0
)
`
	f, err := modfile.Parse("go.mod", []byte(mod), nil)
	if err != nil {
		t.Fatal(err)
	}
	missing, err := Missing(f, []string{
		"context", "shop/internal/auth", // need no module
		"github.com/jackc/pgx/v5/pgxpool",      // too old
		"golang.org/x/text/unicode/norm",       // newer than ours: left alone
		"golang.org/x/crypto/chacha20poly1305", // not there
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range missing {
		got = append(got, m.Path)
	}
	if want := "github.com/jackc/pgx/v5 golang.org/x/crypto"; strings.Join(got, " ") != want {
		t.Errorf("missing %v, want %s", missing, want)
	}
	if _, err := Missing(f, []string{"example.com/unknown"}); err == nil {
		t.Error("an import nobody provides is not reported")
	}
}

func TestRequireRaisesTheLanguage(t *testing.T) {
	mod, err := Require([]byte("module shop\n\ngo 1.21\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(mod), "go 1.26.0") {
		t.Errorf("go.mod is\n%s", mod)
	}
	newer := "module shop\n\ngo 1.99.0\n"
	if mod, err = Require([]byte(newer), nil); err != nil || string(mod) != newer {
		t.Errorf("go.mod is\n%s (%v)", mod, err)
	}
}

func TestNew(t *testing.T) {
	mod, err := New("example.com/shop")
	if err != nil {
		t.Fatal(err)
	}
	if want := "module example.com/shop\n\ngo 1.26.0\n"; string(mod) != want {
		t.Errorf("go.mod is %q, want %q", mod, want)
	}
}
