// Package plugins defines what a plugin folder declares to the generator.
//
// A plugin is plain data plus real Go: this package holds the data, the folder source/ holds the code
// that is emitted. What the code itself says, its endpoints, limits, hooks and errors, is read from
// there and not declared a second time.
package plugins

import (
	"io/fs"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

//go:generate go run ./internal/genall

// Plugin describes one plugin. A plugin folder has a file plugin.go with
//
//	func Plugin() *plugins.Plugin
//
// which returns a new value at each call, so that nobody can change the plugin of somebody else.
type Plugin struct {
	ID      string // Better Auth's id: "two-factor"
	Package string // package and folder of the emitted code: "twofactor"
	Summary string // one line for prompts and lists

	// Proposed plugins are ticked when init asks somebody who has passwords which plugins to use.
	Proposed bool

	// Options returns a pointer to the plugin's options with their defaults. The struct lives in
	// source/options.go, because the emitted code uses it too. Nil: there are none.
	Options func() any

	Source  fs.FS // the emitted package, source/*.go
	App     fs.FS // files of package auth that belong to the user, app/*.go; may be nil
	Queries fs.FS // queries/*.sql.tmpl; may be nil

	// Schema returns the tables and columns the plugin needs. Its argument is what Options
	// returned, with the user's settings applied. Nil: none.
	Schema func(options any) schema.Patch
	// Validate checks what no single option can tell. Its argument is that of Schema, with ${NAME} for what
	// comes from the environment. Nil: nothing.
	Validate func(options any) []Problem

	// Providers returns the ids of the social providers the plugin adds. Its argument is that of Schema. Nil: none.
	Providers func(options any) []string

	// Functions maps options that are functions upstream to the Go name that takes their place.
	Functions map[string]string
	// Unsupported maps upstream's options that are not implemented yet to a short reason, or "".
	Unsupported map[string]string

	// Client is the plugin's other half in Better Auth's client. Nil: it needs none.
	Client *Client

	Requires      []string // ids of plugins this one does not work without
	ConflictsWith []string // ids of plugins it does not work with
	After         []string // ids of plugins that go first when they are used
}

// Client is a plugin of Better Auth's client.
type Client struct {
	Name   string // function that makes it: "twoFactorClient"
	Module string // npm module with the function; empty: "better-auth/client/plugins"
	// Arguments returns those of the function, as TypeScript. Its argument is that of Schema. Nil: none.
	Arguments func(options any) string
}

// Problem is a setting that does not go with another.
type Problem struct {
	Path    string // option below the plugin's own: "otpOptions.digits"
	Message string
}
