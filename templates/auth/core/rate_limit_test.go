package core_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/ratelimit"
)

func limiting(change func(o *core.Options)) authtest.Option {
	return authtest.Configure(func(o *core.Options) {
		on := true
		o.RateLimit.Enabled = &on
		if change != nil {
			change(o)
		}
	})
}

// security: 23
func TestSignInIsLimited(t *testing.T) {
	server := authtest.New(t, limiting(nil))
	client := server.Client()
	for range 3 {
		signIn(client, "ada@example.com", "x").Want(401)
	}
	answer := signIn(client, "ada@example.com", "x").Want(429)
	if answer.Header.Get("X-Retry-After") != "10" || string(answer.Body) != `{"message":"Too many requests. Please try again later."}` {
		t.Errorf("answer %v %s", answer.Header, answer.Body)
	}
	other := server.Client()
	other.Header.Set("X-Forwarded-For", "198.51.100.7")
	signIn(other, "ada@example.com", "x").Want(401)
	server.Clock.Advance(10 * time.Second)
	signIn(client, "ada@example.com", "x").Want(401)
}

// A network of one customer has one allowance (GHSA-p6v2).
//
// security: 23
func TestIPv6IsLimitedByNetwork(t *testing.T) {
	server := authtest.New(t, limiting(nil))
	for i, address := range []string{"2001:db8::1", "2001:db8::2", "2001:db8:0:0:ffff::3", "2001:db8::4"} {
		client := server.Client()
		client.Header.Set("X-Forwarded-For", address)
		want := 401
		if i == 3 {
			want = 429
		}
		signIn(client, "ada@example.com", "x").Want(want)
	}
}

// Servers on one database share their limits.
//
// security: 26
func TestLimitsInTheDatabase(t *testing.T) {
	if _, ok := any(authtest.New(t).Store).(ratelimit.Store); !ok {
		t.Skip("rateLimit.storage is not database")
	}
	server := authtest.New(t, limiting(func(o *core.Options) { o.RateLimit.Storage = "database" }))
	for range 3 {
		signIn(server.Client(), "ada@example.com", "x").Want(401)
	}
	answer := signIn(server.Client(), "ada@example.com", "x").Want(429)
	if answer.Header.Get("X-Retry-After") != "10" {
		t.Errorf("answer %v", answer.Header)
	}
}

// production is a server that knows of no proxy.
func production(log io.Writer, change func(ip *core.IPAddressOptions)) []authtest.Option {
	return []authtest.Option{
		limiting(func(o *core.Options) {
			o.BaseURL = "https://shop.example"
			change(&o.Advanced.IPAddress)
		}),
		authtest.WithLogger(slog.New(slog.NewTextHandler(log, nil))),
	}
}

// limitedFrom asks until it is refused, over connections from the remote addresses in turn.
func limitedFrom(server *authtest.Server, remotes ...string) (allowed int) {
	for i := range 20 {
		r := httptest.NewRequest("POST", server.Auth.BaseURL()+"/sign-in/email", nil)
		r.RemoteAddr = remotes[i%len(remotes)]
		if server.Client().Do(r).Status == 429 {
			return i
		}
	}
	return 20
}

// A client whose address no header tells is the one the connection comes from, and not silently everybody.
//
// security: 24
func TestUnknownAddress(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(ip *core.IPAddressOptions)
		two    int // requests of two clients that are let through
		warns  bool
	}{
		"connection": {func(*core.IPAddressOptions) {}, 6, true},
		"shared":     {func(ip *core.IPAddressOptions) { ip.UnknownAddress = "shared" }, 3, true},
		"no proxy":   {func(ip *core.IPAddressOptions) { ip.IPAddressHeaders = []string{} }, 6, false},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			server := authtest.New(t, production(&log, tt.change)...)
			if got := limitedFrom(server, "192.0.2.1:1", "192.0.2.2:1"); got != tt.two {
				t.Errorf("%d requests were let through, want %d", got, tt.two)
			}
			for range 2 {
				limitedFrom(server, "192.0.2.3:1")
				server.Clock.Advance(10 * time.Minute)
			}
			want := 0
			if tt.warns {
				want = 2
			}
			if got := strings.Count(log.String(), "no header tells the address"); got != want {
				t.Errorf("%d warnings, want %d", got, want)
			}
		})
	}
}

// Where there is secondary storage, requests are counted there.
func TestLimitsInSecondaryStorage(t *testing.T) {
	storage := &authtest.Storage{}
	server := authtest.New(t, limiting(nil), authtest.WithStorage(storage))
	for range 3 {
		signIn(server.Client(), "ada@example.com", "x").Want(401)
	}
	if answer := signIn(server.Client(), "ada@example.com", "x").Want(429); answer.Header.Get("X-Retry-After") != "10" {
		t.Errorf("answer %v", answer.Header)
	}
	if keys := storage.Keys(); !slices.Contains(keys, "127.0.0.1|/sign-in/email") {
		t.Errorf("keys %q", keys)
	}
	storage.Fail(true)
	server.Client().Get("/ok").Want(500) // security: 50
}

// counter refuses what comes after the first request, or everything when it is broken.
type counter struct {
	keys []string
	err  error
}

func (c *counter) Consume(_ context.Context, key string, _ time.Duration, _ int) (bool, int, error) {
	c.keys = append(c.keys, key)
	return len(c.keys) == 1, 42, c.err
}

func TestOwnStorage(t *testing.T) {
	own := &counter{}
	server := authtest.New(t, limiting(nil), authtest.WithRateLimitStorage(own))
	server.Client().Get("/ok").Want(200)
	if answer := server.Client().Get("/ok").Want(429); answer.Header.Get("X-Retry-After") != "42" {
		t.Errorf("answer %v", answer.Header)
	}
	if want := []string{"127.0.0.1|/ok", "127.0.0.1|/ok"}; !slices.Equal(own.keys, want) {
		t.Errorf("keys %q", own.keys)
	}
}

// security: 50
func TestBrokenStorageLetsNobodyThrough(t *testing.T) {
	server := authtest.New(t, limiting(nil), authtest.WithRateLimitStorage(&counter{err: errors.New("storage is down")}))
	server.Client().Get("/ok").Want(500)
}

func TestOwnRules(t *testing.T) {
	server := authtest.New(t, limiting(func(o *core.Options) {
		o.RateLimit.CustomRules = []core.CustomRule{
			{Path: "/ok"},
			{Path: "/get-session", Rule: core.RateLimitRule{Window: 60, Max: 1}},
			{Path: "/*", Rule: core.RateLimitRule{Window: 60, Max: 2}},
			{Path: "/list-sessions", Rule: core.RateLimitRule{Window: 60, Max: 1}},
		}
	}))
	server.Client().Get("/get-session").Want(200)
	server.Client().Get("/get-session").Want(429)
	for range 200 {
		server.Client().Get("/ok").Want(200)
	}
	for _, status := range []int{401, 401, 429} { // of two rules that fit the first decides
		server.Client().Get("/list-sessions").Want(status)
	}
}
