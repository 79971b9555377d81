// Package echoauth puts the auth server into an Echo instance.
//
//	e := echo.New()
//	echoauth.Mount(e, server)
//	e.GET("/account", account, echoauth.Require(server))
//
// Handlers behind Require or Load read the caller with Session and User. net/http code that is handed
// c.Request() finds the same session with core.SessionFrom.
package echoauth

import (
	"github.com/labstack/echo/v5"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// A Router is an Echo instance, or a group of it without a prefix.
type Router interface {
	Any(path string, handler echo.HandlerFunc, middleware ...echo.MiddlewareFunc) echo.RouteInfo
}

// Mount serves the endpoints below the base path of server, which compares the whole path of a request.
func Mount(router Router, server *core.Auth) {
	router.Any(server.BasePath()+"/*", echo.WrapHandler(server.Handler()))
}

// Require lets only signed-in callers through and answers everybody else 401.
func Require(server *core.Auth) echo.MiddlewareFunc { return echo.WrapMiddleware(server.Require) }

// Load lets everybody through, with the session of those who are signed in.
func Load(server *core.Auth) echo.MiddlewareFunc { return echo.WrapMiddleware(server.Load) }

// Session returns the caller's session; nil without one.
func Session(c *echo.Context) *core.SessionAndUser { return core.SessionFrom(c.Request().Context()) }

// User returns the signed-in user; nil without one.
func User(c *echo.Context) *model.User {
	session := Session(c)
	if session == nil {
		return nil
	}
	return session.User
}
