package chiauth

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/go-chi/chi/v5"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// serve runs an application with a route that Load guards and one that Require guards.
func serve(t *testing.T, server *core.Auth) string {
	t.Helper()
	router := chi.NewRouter()
	Mount(router, server)
	router.With(Load(server)).Get("/loaded", func(w http.ResponseWriter, r *http.Request) {
		if User(r) == nil && Session(r) == nil {
			_, _ = io.WriteString(w, "nobody")
			return
		}
		_, _ = io.WriteString(w, User(r).Name)
	})
	router.With(Require(server)).Get("/required", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, core.SessionFrom(r.Context()).User.Name)
	})
	app := httptest.NewServer(router)
	t.Cleanup(app.Close)
	return app.URL
}
