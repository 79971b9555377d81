package source

import "testing"

func TestSpecialise(t *testing.T) {
	const reference = `// Package auth puts it together.
package auth

import (
	"context"

	mail "example.com/mail"

	"example.com/gen/core"
	store "example.com/gen/stores/sqlite"
)

// Open opens "example.com/gen/core", which is text and stays.
func Open(ctx context.Context) *core.Auth { return core.New(store.Open(ctx), mail.New()) }
`
	const want = `// Package auth puts it together.
package auth

import (
	"context"

	mail "example.com/mail"

	"shop/internal/auth/core"
	"shop/internal/auth/store"
)

// Open opens "example.com/gen/core", which is text and stays.
func Open(ctx context.Context) *core.Auth { return core.New(store.Open(ctx), mail.New()) }
`
	got, err := Specialise("auth.go", []byte(reference), Imports{
		"example.com/gen":               "shop/internal/auth",
		"example.com/gen/stores/sqlite": "shop/internal/auth/store",
	})
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestRewriteNeedsWholeElements(t *testing.T) {
	m := Imports{"example.com/gen": "shop"}
	if got, ok := m.Rewrite("example.com/generator"); ok {
		t.Errorf("example.com/generator became %s", got)
	}
}
