package echoauth

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/labstack/echo/v5"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

var (
	_ Router = (*echo.Echo)(nil)
	_ Router = (*echo.Group)(nil)
)

// serve runs an application with a route that Load guards and one that Require guards.
func serve(t *testing.T, server *core.Auth) string {
	t.Helper()
	e := echo.New()
	Mount(e, server)
	e.GET("/loaded", func(c *echo.Context) error {
		if User(c) == nil && Session(c) == nil {
			return c.String(http.StatusOK, "nobody")
		}
		return c.String(http.StatusOK, User(c).Name)
	}, Load(server))
	e.GET("/required", func(c *echo.Context) error {
		return c.String(http.StatusOK, core.SessionFrom(c.Request().Context()).User.Name)
	}, Require(server))
	app := httptest.NewServer(e)
	t.Cleanup(app.Close)
	return app.URL
}

// An error of a handler behind the middleware gets to Echo's error handler.
func TestHandlerErrors(t *testing.T) {
	e := echo.New()
	teapot := func(*echo.Context) error { return echo.NewHTTPError(http.StatusTeapot, "short and stout") }
	e.GET("/teapot", teapot, Load(authtest.New(t).Auth))
	w := httptest.NewRecorder()
	e.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/teapot", nil))
	if w.Code != http.StatusTeapot {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
