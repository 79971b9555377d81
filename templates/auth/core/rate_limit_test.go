package core_test

import (
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
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

func TestOwnRules(t *testing.T) {
	server := authtest.New(t, limiting(func(o *core.Options) {
		o.RateLimit.CustomRules = map[string]core.RateLimitRule{"/get-session": {Window: 60, Max: 1}}
	}))
	server.Client().Get("/get-session").Want(200)
	server.Client().Get("/get-session").Want(429)
	server.Client().Get("/ok").Want(200)
}
