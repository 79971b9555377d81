// Command main serves this application: the auth endpoints, a page that uses them, and a route that only
// signed-in users get an answer from.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/app/env"
	"github.com/betterauth-gen/betterauth-gen/templates/app/page"
	"github.com/betterauth-gen/betterauth-gen/templates/auth"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
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
func routes(server *core.Auth) http.Handler {
	mux := http.NewServeMux()
	mux.Handle(server.BasePath()+"/", server.Handler())
	mux.Handle("GET /api/me", server.Require(http.HandlerFunc(me)))
	mux.Handle("GET /{$}", page.Handler(server.BasePath(), server.ProviderIDs()...))
	return mux
}

// me tells the caller who they are. Require has made sure that there is somebody.
func me(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(core.SessionFrom(r.Context()).User)
}

// serve answers requests until ctx ends, then lets those under way finish.
func serve(ctx context.Context, handler http.Handler) error {
	server := &http.Server{
		Addr:              ":" + cmp.Or(os.Getenv("PORT"), "3000"),
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      time.Minute, // a sign-in may have to queue for its turn to hash
		IdleTimeout:       2 * time.Minute,
	}
	stopped := make(chan error, 1)
	context.AfterFunc(ctx, func() {
		grace, cancel := context.WithTimeout(context.Background(), 15*time.Second)
		defer cancel()
		stopped <- server.Shutdown(grace)
	})
	slog.Info("listening", "url", "http://localhost"+server.Addr)
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}
