// Command main serves this application: the auth endpoints, a page that uses them, and a route that only
// signed-in users get an answer from.
package main

import (
	"cmp"
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/adaptor"
	recoverer "github.com/gofiber/fiber/v3/middleware/recover"

	"github.com/betterauth-gen/betterauth-gen/templates/app/env"
	"github.com/betterauth-gen/betterauth-gen/templates/app/page"
	"github.com/betterauth-gen/betterauth-gen/templates/auth"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/frameworks/fiber"
)

func main() {
	if err := run(); err != nil {
		slog.Error("stopped", "error", err)
		os.Exit(1)
	}
}

// run serves until the process is told to stop.
func run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	if os.Getenv("BETTER_AUTH_ENV") != "production" {
		if err := env.Load(".env"); err != nil {
			return err
		}
	}
	server, err := auth.Open(ctx, os.Getenv("DATABASE_URL"))
	if err != nil {
		return err
	}
	defer server.Wait() // for the mails still being sent
	return serve(ctx, routes(server))
}

// routes is where your application goes on.
func routes(server *core.Auth) *fiber.App {
	app := fiber.New(fiber.Config{
		ReadBufferSize: 16 << 10, // the most that the headers of a request, cookies included, may take
		ReadTimeout:    30 * time.Second,
		WriteTimeout:   time.Minute, // a sign-in may have to queue for its turn to hash
		IdleTimeout:    2 * time.Minute,
	})
	app.Use(recoverer.New())
	fiberauth.Mount(app, server)
	app.Get("/api/me", fiberauth.Require(server), me)
	app.Get("/", adaptor.HTTPHandler(page.Handler(server.BasePath(), server.ProviderIDs()...)))
	return app
}

// me tells the caller who they are. Require has made sure that there is somebody.
func me(c fiber.Ctx) error {
	return c.JSON(fiberauth.User(c))
}

// serve answers requests until ctx ends, then lets those under way finish.
func serve(ctx context.Context, app *fiber.App) error {
	address := ":" + cmp.Or(os.Getenv("PORT"), "3000")
	stopped := make(chan error, 1)
	context.AfterFunc(ctx, func() {
		grace, cancel := context.WithTimeout(context.Background(), 15*time.Second)
		defer cancel()
		stopped <- app.ShutdownWithContext(grace)
	})
	slog.Info("listening", "url", "http://localhost"+address)
	err := app.Listen(address, fiber.ListenConfig{DisableStartupMessage: true, ListenerNetwork: fiber.NetworkTCP})
	if err != nil {
		return err
	}
	return <-stopped
}
