// Package authtest runs the auth server for tests: on an empty database, with a clock that can be set, a
// mailbox in place of a mailer, and clients that keep cookies like a browser does.
//
//	server := authtest.New(t)
//	ada := server.Client()
//	ada.SignUp("ada@example.com")
//	ada.Get("/get-session").Want(200)
package authtest

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
	store "github.com/betterauth-gen/betterauth-gen/templates/stores/sqlite"
	"github.com/betterauth-gen/betterauth-gen/templates/stores/sqlite/storetest"
)

// Origin is where the server believes to be.
const Origin = "http://localhost:3000"

// Secret is the server's secret.
const Secret = "a-secret-for-tests-that-is-long-enough"

// A Server is an auth server without a network.
type Server struct {
	Auth  *core.Auth
	Store *store.Store
	Clock *Clock
	Inbox *Inbox

	t       testing.TB
	plugins int
}

// New returns a server. Password sign-in is on; everything else is as core.DefaultOptions has it,
// except that passwords are hashed in no time.
func New(t testing.TB, options ...Option) *Server {
	t.Helper()
	s := &setup{
		config: core.Config{
			Options: core.DefaultOptions(),
			Hasher:  quickHasher{},
			Logger:  slog.New(slog.DiscardHandler),
			Getenv:  func(string) string { return "" },
		},
		inbox:    &Inbox{t: t},
		newStore: storetest.New,
		clock:    &Clock{now: time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC)},
	}
	s.config.Options.BaseURL, s.config.Options.Secret = Origin, Secret
	s.config.Options.EmailAndPassword.Enabled = true
	s.config.Mails = core.Mails{ResetPassword: s.inbox.put("reset-password"), VerifyEmail: s.inbox.put("verify-email")}
	for _, option := range options {
		option(s)
	}
	return s.start(t)
}

// Statements returns how many SQL statements do runs, those in the background included.
func (s *Server) Statements(do func()) int {
	s.Auth.Wait()
	before := s.Store.Statements()
	do()
	s.Auth.Wait()
	return int(s.Store.Statements() - before)
}

// setup is what options change.
type setup struct {
	config   core.Config
	inbox    *Inbox
	newStore func(testing.TB) *store.Store
	plugins  []func(*store.Store) core.Plugin
	clock    *Clock
	storage  *Storage
	wrap     func(core.Store) core.Store
}

func (s *setup) start(t testing.TB) *Server {
	t.Helper()
	server := &Server{
		Store: s.newStore(t), Inbox: s.inbox, t: t, Clock: s.clock, plugins: len(s.plugins),
	}
	s.config.Store, s.config.Now = server.Store, server.Clock.Now
	if s.wrap != nil {
		s.config.Store = s.wrap(server.Store)
	}
	for _, plugin := range s.plugins {
		s.config.Plugins = append(s.config.Plugins, plugin(server.Store))
	}
	if s.storage != nil {
		s.storage.now = server.Clock.Now
	}
	auth, err := core.New(s.config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(auth.Wait)
	server.Auth, server.Inbox.wait = auth, auth.Wait
	return server
}

// An Option changes the server that New makes.
type Option func(*setup)

// Configure changes the options of the server.
func Configure(change func(o *core.Options)) Option {
	return func(s *setup) { change(&s.config.Options) }
}

// WithPlugin adds a plugin.
func WithPlugin(plugin func(s *store.Store) core.Plugin) Option {
	return func(s *setup) { s.plugins = append(s.plugins, plugin) }
}

// WithIDs makes the ids of new rows.
func WithIDs(generate func(table string) string) Option {
	return func(s *setup) { s.config.GenerateID = generate }
}

// WithHooks sets the application's hooks.
func WithHooks(hooks core.Hooks) Option {
	return func(s *setup) { s.config.Hooks = hooks }
}

// WithConfirmations turns on the mails that ask before an address is replaced or an account deleted.
func WithConfirmations() Option {
	return func(s *setup) {
		s.config.Mails.ConfirmEmailChange = s.inbox.put("confirm-email-change")
		s.config.Mails.ConfirmDeletion = s.inbox.put("confirm-deletion")
	}
}

// WithMails replaces the mailbox by mailers of the test's own.
func WithMails(mails core.Mails) Option {
	return func(s *setup) { s.config.Mails = mails }
}

// WithoutMails turns all mails off.
func WithoutMails() Option {
	return func(s *setup) { s.config.Mails = core.Mails{} }
}

// WithRateLimitStorage counts requests in storage.
func WithRateLimitStorage(storage web.Store) Option {
	return func(s *setup) { s.config.RateLimitStorage = storage }
}

// WithBackground hands work that is done after the answer to run.
func WithBackground(run func(ctx context.Context, task func(ctx context.Context))) Option {
	return func(s *setup) { s.config.Background = run }
}

// WithStore puts a store of the test's own around the database.
func WithStore(wrap func(core.Store) core.Store) Option {
	return func(s *setup) { s.wrap = wrap }
}

// WithHasher hashes passwords for real; nil: with the algorithm of the options.
func WithHasher(hasher secure.Hasher) Option {
	return func(s *setup) { s.config.Hasher = hasher }
}

// WithIdentifierHash hashes the identifiers of verification values.
func WithIdentifierHash(hash func(identifier string) string) Option {
	return func(s *setup) { s.config.HashIdentifier = hash }
}

// WithLogger sees what is logged.
func WithLogger(logger *slog.Logger) Option {
	return func(s *setup) { s.config.Logger = logger }
}

// On runs the server on the database of another one, as a second instance of the same application does.
func On(other *Server) Option {
	return func(s *setup) {
		s.newStore = func(testing.TB) *store.Store { return other.Store }
		s.clock = other.Clock
	}
}

// Stateless gives the server the options of one with neither a database nor secondary storage. Its store stands for
// the memory of the process.
func Stateless() Option {
	return func(s *setup) {
		before := s.config.Options
		s.config.Options = core.StatelessOptions()
		s.config.Options.BaseURL, s.config.Options.Secret = before.BaseURL, before.Secret
		s.config.Options.EmailAndPassword.Enabled = true
	}
}

// After makes the server what is started when another one has ended: the clock goes on, the store is empty.
func After(other *Server) Option {
	return func(s *setup) { s.clock = other.Clock }
}

// WithEnv sets what the server finds in the environment.
func WithEnv(variables map[string]string) Option {
	return func(s *setup) { s.config.Getenv = func(name string) string { return variables[name] } }
}

// WithSharedStore lets requests meet in the database, as those of a server do.
func WithSharedStore() Option {
	return func(s *setup) { s.newStore = storetest.NewShared }
}
