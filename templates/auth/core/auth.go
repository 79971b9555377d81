// Package core is the auth server: sign-up, sign-in, sessions, e-mail flows and the HTTP layer that
// speaks Better Auth's protocol. Each endpoint is a method of Auth in a file of its own.
package core

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// Auth is the auth server. Make one with New; it is safe for concurrent use.
type Auth struct {
	opts  Options
	store Store
	// secondary keeps sessions and verification values; nil when the database does.
	secondary SecondaryStorage
	hooks     []Hooks // the plugins', then the application's
	social    socialProviders
	mails     Mails
	log       *slog.Logger
	now       func() time.Time
	hasher    secure.Hasher
	keys      secure.Keyring

	generateID     func(table string) string // nil: NewID's own
	hashIdentifier func(identifier string) string

	configured   baseURL           // where requests do not decide it
	allowedHosts []web.HostPattern // nil: configured is the base URL of every request
	basePath     string            // e.g. /api/auth
	production   bool
	trusted      web.Trusted // whoever asks; hooks may add to it

	beforeEndpoint, afterEndpoint []endpointHook

	mux          routeTable
	limiter      *web.Limiter
	counters     web.Store // of the limiter
	pluginLimits []web.PathRule
	clientIP     web.ClientIP
	warned       atomic.Int64 // of unknown addresses, in Unix nanoseconds
	cleanup      cleanupClock
	guesses      openGuesses

	background sync.WaitGroup
	runLater   func(ctx context.Context, task func(ctx context.Context))
}

// Config is what an Auth is made of.
type Config struct {
	Options Options
	Store   Store
	// SecondaryStorage keeps sessions, verification values and rate limits. Nil: the database does.
	SecondaryStorage SecondaryStorage
	// Hooks are the application's.
	Hooks   Hooks
	Mails   Mails
	Plugins []Plugin
	// RateLimitStorage counts requests. Nil: where the options say.
	RateLimitStorage web.Store
	// Providers are the social providers.
	Providers []Provider
	// Hasher hashes and checks passwords, such as those of an older system; at most as many at once as the options
	// allow, each counting as a scrypt hash. Where NeedsRehash says so a hash is replaced when its owner signs in.
	// Nil: by the algorithm the options name. To add to that one, make it with secure.NewHasher.
	Hasher secure.Hasher
	// HashIdentifier is how identifiers are hashed where verification.storeIdentifier says hashed. What it returns
	// must not be guessed. Nil: SHA-256.
	HashIdentifier func(identifier string) string
	// Background runs work that is done after the answer, such as sending mail. Nil: each task gets a
	// goroutine, and Auth.Wait waits for it.
	Background func(ctx context.Context, task func(ctx context.Context))
	// Logger gets security events and failures, never secrets. Nil: slog.Default.
	Logger *slog.Logger
	// GenerateID returns the id of a new row of table, such as "user": text of at most 36 characters, UUIDs
	// where advanced.database.generateId is uuid. Nil: what that option says.
	GenerateID func(table string) string
	// Now is the clock. Nil: time.Now.
	Now func() time.Time
	// Getenv reads the environment. Nil: os.Getenv.
	Getenv func(string) string
}

// New returns an auth server. It fails when an option is out of range, or when the secret or the base
// URL are missing or too weak for production.
func New(cfg Config) (*Auth, error) {
	if cfg.Getenv == nil {
		cfg.Getenv = os.Getenv
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.HashIdentifier == nil {
		cfg.HashIdentifier = secure.HashKey
	}
	a := &Auth{
		opts: cfg.Options, store: cfg.Store, secondary: cfg.SecondaryStorage, mails: cfg.Mails,
		now: cfg.Now, hasher: cfg.Hasher, hashIdentifier: cfg.HashIdentifier, counters: cfg.RateLimitStorage, runLater: cfg.Background,
	}
	a.log = logger(cfg.Logger, a.opts.Logger)
	if err := a.configure(cfg.Getenv); err != nil {
		return nil, fmt.Errorf("auth: %w", err)
	}
	if err := a.configureIDs(cfg.GenerateID); err != nil {
		return nil, fmt.Errorf("auth: %w", err)
	}
	a.social.configured = cfg.Providers
	a.checkProviders()
	a.routes()
	for _, plugin := range cfg.Plugins {
		a.hooks = append(a.hooks, plugin.Register(a))
	}
	a.hooks = append(a.hooks, cfg.Hooks)
	a.configureHooks()
	if err := a.configureLimits(); err != nil {
		return nil, fmt.Errorf("auth: %w", err)
	}
	return a, nil
}

// configure settles everything that depends on options and environment.
func (a *Auth) configure(getenv func(string) string) error {
	if err := a.configureURL(getenv); err != nil {
		return err
	}
	a.production = Production(a.opts, getenv)
	if err := a.configureSecret(getenv); err != nil {
		return err
	}
	a.configureCache()
	if err := a.opts.validate(); err != nil {
		return err
	}
	if err := a.configureHasher(); err != nil {
		return err
	}
	if a.configured.origin != "" {
		a.trusted = a.trusted.With(a.configured.origin)
	}
	a.trusted = a.trusted.With(a.opts.DynamicBaseURL.origins()...).With(a.opts.TrustedOrigins...)
	for _, origin := range strings.Split(getenv("BETTER_AUTH_TRUSTED_ORIGINS"), ",") {
		if origin = strings.TrimSpace(origin); origin != "" {
			a.trusted = a.trusted.With(origin)
		}
	}
	return a.configureCORS()
}

// configureHasher bounds how much is hashed at once, by the application's hasher or by the one the options name.
func (a *Auth) configureHasher() error {
	password := a.opts.EmailAndPassword.Password
	gate := secure.NewGate(secure.GateOptions{
		Memory: int64(password.MemoryLimit) << 20,
		Wait:   seconds(password.QueueTimeout),
	})
	if a.hasher != nil {
		a.hasher = secure.Gated(a.hasher, gate)
		return nil
	}
	hasher, err := secure.NewHasher(password.Algorithm, gate)
	a.hasher = hasher
	return err
}

// Production reports that BETTER_AUTH_ENV is production or, when it is not set, that the base URL is https. Where
// requests decide that, it is enough that an allowed host is none of this machine.
func Production(opts Options, getenv func(string) string) bool {
	if env := getenv("BETTER_AUTH_ENV"); env != "" {
		return env == "production"
	}
	if opts.DynamicBaseURL.enabled() {
		return opts.DynamicBaseURL.usesHTTPS()
	}
	return strings.HasPrefix(firstOf(opts.BaseURL, getenv("BETTER_AUTH_URL")), "https://")
}

// validate reports the first option that is out of range.
func (o *Options) validate() error {
	const maxCookieAge = 400 * 24 * 60 * 60 // RFC 6265bis: browsers cut longer cookies
	password := o.EmailAndPassword
	switch {
	case o.Session.ExpiresIn <= 0 || o.Session.ExpiresIn > maxCookieAge:
		return fmt.Errorf("session.expiresIn is %d, want 1 to %d seconds", o.Session.ExpiresIn, maxCookieAge)
	case o.Session.UpdateAge < 0 || o.Session.FreshAge < 0:
		return errors.New("session.updateAge and session.freshAge must not be negative")
	case o.Session.CookieCache.MaxAge <= 0 || o.Session.CookieCache.MaxAge > maxCookieAge:
		return fmt.Errorf("session.cookieCache.maxAge is %d, want 1 to %d seconds", o.Session.CookieCache.MaxAge, maxCookieAge)
	case password.MinPasswordLength < 1 || password.MaxPasswordLength < password.MinPasswordLength:
		return fmt.Errorf("password length %d to %d is not a range", password.MinPasswordLength, password.MaxPasswordLength)
	}
	if err := o.Verification.validate(); err != nil {
		return err
	}
	return password.Lockout.validate()
}

// Options returns the settings in force.
func (a *Auth) Options() Options { return a.opts }

// Now returns the current time as it is stored.
func (a *Auth) Now() model.Time { return model.NewTime(a.now()) }

// Log returns the logger.
func (a *Auth) Log() *slog.Logger { return a.log }

// Background runs task after the answer has been sent: ctx's values without its deadline.
func (a *Auth) Background(ctx context.Context, task func(ctx context.Context)) {
	ctx = context.WithoutCancel(ctx)
	guarded := func(ctx context.Context) {
		defer func() {
			if p := recover(); p != nil {
				a.panicked(ctx, p, slog.Bool("background", true))
			}
		}()
		task(ctx)
	}
	if a.runLater != nil {
		a.runLater(ctx, guarded)
		return
	}
	a.background.Go(func() { guarded(ctx) })
}

// Wait returns when all background tasks have ended that Config.Background did not take. Call it after the HTTP server has shut down.
func (a *Auth) Wait() { a.background.Wait() }

func seconds(n int) time.Duration { return time.Duration(n) * time.Second }

// firstOf returns the first text that is not empty.
func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
