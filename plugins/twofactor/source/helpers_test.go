package twofactor_test

import (
	"context"
	"encoding/base32"
	"net/url"
	"sync"
	"testing"
	"time"

	twofactor "github.com/betterauth-gen/betterauth-gen/plugins/twofactor/source"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	store "github.com/betterauth-gen/betterauth-gen/templates/stores/sqlite"
)

// email is the user of most tests.
const email = "ada@example.com"

// fixture is a server with the plugin.
type fixture struct {
	*authtest.Server
	plugin *twofactor.Plugin
	t      *testing.T

	mu   sync.Mutex
	otps []string
}

// setup is what tests change.
type setup struct {
	options twofactor.Options
	funcs   twofactor.Funcs
	server  []authtest.Option
}

func start(t *testing.T, change ...func(*setup)) *fixture {
	t.Helper()
	f := &fixture{t: t}
	s := &setup{options: twofactor.DefaultOptions(), funcs: twofactor.Funcs{SendOTP: f.send}}
	for _, c := range change {
		c(s)
	}
	f.Server = authtest.New(t, append(s.server, authtest.WithPlugin(func(st *store.Store) core.Plugin {
		f.plugin = twofactor.New(s.options, st, s.funcs)
		return f.plugin
	}))...)
	return f
}

func (f *fixture) send(_ context.Context, _ *core.Call, _ *model.User, otp string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.otps = append(f.otps, otp)
	return nil
}

// otp returns the code that was sent last.
func (f *fixture) otp() string {
	f.t.Helper()
	f.Auth.Wait()
	if len(f.otps) == 0 {
		f.t.Fatal("no code was sent")
	}
	return f.otps[len(f.otps)-1]
}

// secretOf returns the secret in a TOTP URI.
func (f *fixture) secretOf(uri string) string {
	f.t.Helper()
	u, err := url.Parse(uri)
	if err != nil {
		f.t.Fatal(err)
	}
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(u.Query().Get("secret"))
	if err != nil {
		f.t.Fatal(err)
	}
	return string(secret)
}

// code returns the current code of a secret, and moves the clock on so that it is not used twice.
func (f *fixture) code(secret string) string {
	f.t.Helper()
	f.Clock.Advance(2 * time.Minute)
	code, err := f.plugin.GenerateTOTP(secret)
	if err != nil {
		f.t.Fatal(err)
	}
	return code
}

// app is a user with an authenticator app.
type app struct {
	secret string
	backup []string
}

// enrol signs a new user up on client and turns its authenticator app on.
func (f *fixture) enrol(client *authtest.Client, email string) app {
	f.t.Helper()
	client.SignUp(email)
	answer := client.Post("/two-factor/enable", authtest.M{"password": authtest.Password}).Want(200)
	a := app{secret: f.secretOf(answer.Text("totpURI"))}
	for _, code := range answer.Value("backupCodes").([]any) {
		a.backup = append(a.backup, code.(string))
	}
	client.Post("/two-factor/verify-totp", authtest.M{"code": f.code(a.secret)}).Want(200)
	return a
}

// challenged returns a client whose sign-in waits for the second factor.
func (f *fixture) challenged(email string) *authtest.Client {
	f.t.Helper()
	client := f.Client()
	if client.SignIn(email).Value("twoFactorRedirect") != true {
		f.t.Fatal("not challenged")
	}
	return client
}

// verify enters a code of an authenticator app.
func verify(client *authtest.Client, code string) *authtest.Response {
	return client.Post("/two-factor/verify-totp", authtest.M{"code": code})
}

func limited(o *core.Options) {
	on := true
	o.RateLimit.Enabled = &on
}
