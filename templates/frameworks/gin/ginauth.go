// Package ginauth puts the auth server into a Gin engine.
//
//	engine := gin.New()
//	ginauth.Mount(engine, server)
//	engine.GET("/account", ginauth.Require(server), account)
//
// Handlers behind Require or Load read the caller with Session and User. net/http code that is handed
// c.Request finds the same session with core.SessionFrom.
package ginauth

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// Mount serves the endpoints below the base path of server. The router must be the engine, or a group of
// it without a prefix: the server compares the whole path of a request.
func Mount(router gin.IRoutes, server *core.Auth) {
	router.Any(server.BasePath()+"/*endpoint", gin.WrapH(server.Handler()))
}

// Require lets only signed-in callers through and answers everybody else 401.
func Require(server *core.Auth) gin.HandlerFunc { return wrap(server.Require) }

// Load lets everybody through, with the session of those who are signed in.
func Load(server *core.Auth) gin.HandlerFunc { return wrap(server.Load) }

// wrap makes net/http middleware one of Gin's. When it does not call its next handler, the ones after
// it do not run.
func wrap(middleware func(http.Handler) http.Handler) gin.HandlerFunc {
	return func(c *gin.Context) {
		passed := false
		next := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			passed = true
			c.Request = r
			c.Next()
		})
		middleware(next).ServeHTTP(c.Writer, c.Request)
		if !passed {
			c.Abort()
		}
	}
}

// Session returns the caller's session; nil without one.
func Session(c *gin.Context) *core.SessionAndUser { return core.SessionFrom(c.Request.Context()) }

// User returns the signed-in user; nil without one.
func User(c *gin.Context) *model.User {
	session := Session(c)
	if session == nil {
		return nil
	}
	return session.User
}
