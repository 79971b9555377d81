package fiberauth

import (
	"net"
	"testing"

	"github.com/gofiber/fiber/v3"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// serve runs an application with a route that Load guards and one that Require guards.
func serve(t *testing.T, server *core.Auth) string {
	t.Helper()
	app := fiber.New()
	Mount(app, server)
	app.Get("/loaded", Load(server), func(c fiber.Ctx) error {
		if User(c) == nil && Session(c) == nil {
			return c.SendString("nobody")
		}
		return c.SendString(User(c).Name)
	})
	app.Get("/required", Require(server), func(c fiber.Ctx) error {
		return c.SendString(core.SessionFrom(c.Context()).User.Name)
	})
	return listen(t, app)
}

// listen runs app on a port of its own until the test ends.
func listen(t *testing.T, app *fiber.App) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- app.Listener(listener, fiber.ListenConfig{DisableStartupMessage: true}) }()
	t.Cleanup(func() {
		if err := app.Shutdown(); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return "http://" + listener.Addr().String()
}
