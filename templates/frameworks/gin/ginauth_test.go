package ginauth

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// serve runs an application with a route that Load guards and one that Require guards.
func serve(t *testing.T, server *core.Auth) string {
	t.Helper()
	gin.SetMode(gin.TestMode)
	engine := gin.New()
	Mount(engine, server)
	engine.GET("/loaded", Load(server), func(c *gin.Context) {
		if User(c) == nil && Session(c) == nil {
			c.String(http.StatusOK, "nobody")
			return
		}
		c.String(http.StatusOK, User(c).Name)
	})
	engine.GET("/required", Require(server), func(c *gin.Context) {
		c.String(http.StatusOK, core.SessionFrom(c.Request.Context()).User.Name)
	})
	app := httptest.NewServer(engine)
	t.Cleanup(app.Close)
	return app.URL
}
