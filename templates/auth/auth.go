// Package auth is the authentication of this application. This file puts it together; it is yours to
// change, and so are hooks.go and mail.go. Files that end in _gen.go follow betterauth.yaml.
package auth

import (
	"context"
	"os"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	store "github.com/betterauth-gen/betterauth-gen/templates/stores/sqlite"
)

// Open connects to the database at url, such as DATABASE_URL, and returns the auth server on it.
//
//	server, err := auth.Open(ctx, os.Getenv("DATABASE_URL"))
//	mux.Handle("/api/auth/", server.Handler())
//	mux.Handle("/account", server.Require(accountPage))
func Open(ctx context.Context, url string) (*core.Auth, error) {
	db, err := store.Open(ctx, url)
	if err != nil {
		return nil, err
	}
	return New(store.New(db))
}

// New returns the auth server on a store whose database is already open.
func New(s *store.Store) (*core.Auth, error) {
	opts := options()
	messages, err := mails(core.Production(opts, os.Getenv))
	if err != nil {
		return nil, err
	}
	storage, err := secondaryStorage()
	if err != nil {
		return nil, err
	}
	return core.New(core.Config{
		Options:          opts,
		Store:            s,
		SecondaryStorage: storage,
		Hooks:            hooks(),
		Mails:            messages,
		Plugins:          plugins(s),
		Providers:        providers(),
	})
}
