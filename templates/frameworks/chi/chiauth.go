// Package chiauth puts the auth server into a chi router.
//
//	router := chi.NewRouter()
//	chiauth.Mount(router, server)
//	router.With(chiauth.Require(server)).Get("/account", account)
//
// Handlers behind Require or Load read the caller with Session and User.
package chiauth

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// Mount serves the endpoints below the base path of server. The router must be the outermost one: the
// server compares the whole path of a request.
func Mount(router chi.Router, server *core.Auth) {
	router.Handle(server.BasePath()+"/*", server.Handler())
}

// Require lets only signed-in callers through and answers everybody else 401.
func Require(server *core.Auth) func(http.Handler) http.Handler { return server.Require }

// Load lets everybody through, with the session of those who are signed in.
func Load(server *core.Auth) func(http.Handler) http.Handler { return server.Load }

// Session returns the caller's session; nil without one.
func Session(r *http.Request) *core.SessionAndUser { return core.SessionFrom(r.Context()) }

// User returns the signed-in user; nil without one.
func User(r *http.Request) *model.User {
	session := Session(r)
	if session == nil {
		return nil
	}
	return session.User
}
