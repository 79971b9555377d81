package haveibeenpwned_test

import (
	"crypto/sha1"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/plugins/haveibeenpwned/source"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	store "github.com/betterauth-gen/betterauth-gen/templates/stores/sqlite"
)

// leaked is the password the service knows.
const leaked = "password1234"

// padding is an entry the service adds to hide how many there are.
const padding = "0018A45C4D1DEF81644B54AB7F969B88D65:0"

// digits are the hexadecimal digits of a password's SHA-1 hash.
func digits(password string) string { return fmt.Sprintf("%X", sha1.Sum([]byte(password))) }

// A fakeService takes the place of the network.
type fakeService struct {
	mu       sync.Mutex
	requests []*http.Request
	answer   func(*http.Request) (*http.Response, error)
}

// RoundTrip implements http.RoundTripper.
func (f *fakeService) RoundTrip(r *http.Request) (*http.Response, error) {
	f.mu.Lock()
	f.requests = append(f.requests, r)
	f.mu.Unlock()
	return f.answer(r)
}

func (f *fakeService) asked() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.requests)
}

// says answers every request with a status and a body.
func says(status int, body string) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	}
}

// knows answers like the service, which has seen the passwords.
func knows(passwords ...string) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		lines := []string{padding}
		for _, password := range passwords {
			if prefix, suffix := digits(password)[:5], digits(password)[5:]; strings.HasSuffix(r.URL.Path, "/"+prefix) {
				lines = append(lines, suffix+":1742")
			}
		}
		return says(200, strings.Join(lines, "\r\n"))(r)
	}
}

// start returns a server with the plugin, and the service it asks.
func start(t *testing.T, change func(*haveibeenpwned.Options), more ...authtest.Option) (*authtest.Server, *fakeService) {
	t.Helper()
	service := &fakeService{answer: knows(leaked)}
	options := haveibeenpwned.DefaultOptions()
	if change != nil {
		change(&options)
	}
	plugin := haveibeenpwned.New(options, haveibeenpwned.Funcs{Transport: service})
	return authtest.New(t, append(more, authtest.WithPlugin(func(*store.Store) core.Plugin { return plugin }))...), service
}

// signUp asks for an account with a password.
func signUp(c *authtest.Client, email, password string) *authtest.Response {
	return c.Post("/sign-up/email", authtest.M{"name": "Ada", "email": email, "password": password})
}
