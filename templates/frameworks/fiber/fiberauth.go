// Package fiberauth puts the auth server into a Fiber app.
//
//	app := fiber.New(fiber.Config{ReadBufferSize: 16 << 10})
//	fiberauth.Mount(app, server)
//	app.Get("/account", fiberauth.Require(server), account)
//
// Handlers behind Require or Load read the caller with Session and User. Code that is handed c.Context()
// finds the same session with core.SessionFrom.
//
// Fiber runs on fasthttp, which differs from net/http in two ways that matter here. It reads the headers
// of a request into a buffer of ReadBufferSize, by default 4 KiB, and refuses requests whose cookies do
// not fit. And it does not notice that a client has gone away, so what was begun for it is finished;
// put a deadline on c.Context() before this package where that is too long.
package fiberauth

import (
	"bytes"
	"io"
	"net/http"

	"github.com/gofiber/fiber/v3"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// Mount serves the endpoints below the base path of server. The router must be the app, or a group of it
// without a prefix: the server compares the whole path of a request.
func Mount(router fiber.Router, server *core.Auth) {
	router.All(server.BasePath()+"/*", func(c fiber.Ctx) error {
		r, err := newRequest(c)
		if err != nil {
			return fiber.ErrBadRequest
		}
		body := c.Request().Body()
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		w := newResponse()
		server.ServeHTTP(w, r)
		w.send(c)
		return nil
	})
}

// Require lets only signed-in callers through and answers everybody else 401.
func Require(server *core.Auth) fiber.Handler { return wrap(server.Require) }

// Load lets everybody through, with the session of those who are signed in.
func Load(server *core.Auth) fiber.Handler { return wrap(server.Load) }

// wrap makes net/http middleware that only looks at the headers one of Fiber's. When it does not call its
// next handler, its own answer is sent and the handlers after it do not run.
func wrap(middleware func(http.Handler) http.Handler) fiber.Handler {
	return func(c fiber.Ctx) error {
		r, err := newRequest(c)
		if err != nil {
			return fiber.ErrBadRequest
		}
		passed := false
		next := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			passed = true
			c.SetContext(r.Context())
		})
		w := newResponse()
		middleware(next).ServeHTTP(w, r)
		if !passed {
			w.send(c)
			return nil
		}
		w.sendHeader(c)
		return c.Next()
	}
}

// Session returns the caller's session; nil without one.
func Session(c fiber.Ctx) *core.SessionAndUser { return core.SessionFrom(c.Context()) }

// User returns the signed-in user; nil without one.
func User(c fiber.Ctx) *model.User {
	session := Session(c)
	if session == nil {
		return nil
	}
	return session.User
}
