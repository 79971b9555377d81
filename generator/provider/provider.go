// Package provider lists the built-in social providers. Each is a file of package social in the
// reference application, from which list_gen.go is made; nothing about one is written here.
package provider

import (
	"reflect"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

//go:generate go run ./internal/genlist

// Provider is a built-in social provider.
type Provider struct {
	ID       string // Better Auth's id: "google"
	File     string // its file in package social: "google.go"
	New      string // its constructor there: "Google"
	Defaults string // the function that returns its default options; "" when they are the zero value
	// Options returns a pointer to its options with their defaults, a new one at each call.
	Options func() any
	// Make returns the provider with such options, without functions of an application.
	Make func(options any) core.Provider
}

// OptionsType is the name of the type of its options: "GoogleOptions".
func (p Provider) OptionsType() string { return reflect.TypeOf(p.Options()).Elem().Name() }

// ClientID is the option with the name the provider knows the application by.
func (p Provider) ClientID() string {
	if p.ID == "tiktok" {
		return "clientKey" // TikTok's word for it
	}
	return "clientId"
}

// Check reports what options, as Options returns them, lack for the provider to work.
func (p Provider) Check(options any) error {
	if made, ok := p.Make(options).(interface{ Ready() error }); ok {
		return made.Ready()
	}
	return nil
}

// ByID returns the provider with that id.
func ByID(id string) (Provider, bool) {
	for _, p := range List() {
		if p.ID == id {
			return p, true
		}
	}
	return Provider{}, false
}

// IDs returns the ids of all providers, sorted.
func IDs() []string {
	list := List()
	ids := make([]string, len(list))
	for i, p := range list {
		ids[i] = p.ID
	}
	return ids
}

// from makes Options of the function that returns the defaults.
func from[T any](defaults func() T) func() any {
	return func() any {
		o := defaults()
		return &o
	}
}

// zero is Options where the zero value is the default.
func zero[T any]() any { return new(T) }

// with makes Make of a constructor.
func with[T any](constructor func(T, social.Funcs) core.Provider) func(any) core.Provider {
	return func(options any) core.Provider { return constructor(*options.(*T), social.Funcs{}) }
}
