package fiberauth

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v3"
)

type contextKey struct{}

// collect runs an app that converts every request it gets.
func collect(t *testing.T) (origin string, requests *[]*http.Request) {
	t.Helper()
	requests = new([]*http.Request)
	app := fiber.New()
	app.All("/*", func(c fiber.Ctx) error {
		c.SetContext(context.WithValue(c.Context(), contextKey{}, "of the application"))
		r, err := newRequest(c)
		if err != nil {
			return fiber.ErrBadRequest
		}
		*requests = append(*requests, r)
		return nil
	})
	return listen(t, app), requests
}

func send(t *testing.T, target string, header http.Header) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, target, strings.NewReader("body"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = header
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, response.Body)
	_ = response.Body.Close()
}

func TestNewRequest(t *testing.T) {
	origin, requests := collect(t)
	send(t, origin+"/a%2Fb//c?d=e&d=f", http.Header{
		"X-Forwarded-For": {"10.0.0.1", "10.0.0.2"},
		"Cookie":          {"a=1; b=2; a=3"},
		"Content-Type":    {"application/json"},
	})
	r := (*requests)[0]
	host := strings.TrimPrefix(origin, "http://")
	got := []string{r.Method, r.RequestURI, r.URL.EscapedPath(), r.URL.RawQuery, r.Host}
	if want := []string{"POST", "/a%2Fb//c?d=e&d=f", "/a%2Fb//c", "d=e&d=f", host}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if addresses := r.Header["X-Forwarded-For"]; !slices.Equal(addresses, []string{"10.0.0.1", "10.0.0.2"}) {
		t.Errorf("X-Forwarded-For is %q", addresses)
	}
	if cookies := r.Header["Cookie"]; !slices.Equal(cookies, []string{"a=1; b=2; a=3"}) {
		t.Errorf("Cookie is %q", cookies)
	}
	if _, inHeader := r.Header["Host"]; inHeader || r.Header.Get("Content-Type") != "application/json" {
		t.Errorf("header is %q", r.Header)
	}
	if !strings.HasPrefix(r.RemoteAddr, "127.0.0.1:") {
		t.Errorf("remote address is %q", r.RemoteAddr)
	}
	if r.Context().Value(contextKey{}) != "of the application" {
		t.Error("the context is not the one of the application")
	}
}

// A request outlives its handler: mails are sent after the answer, and paths stay in the rate limiter.
func TestNewRequestOutlivesTheHandler(t *testing.T) {
	origin, requests := collect(t)
	send(t, origin+"/first", http.Header{"User-Agent": {"first"}, "Cookie": {"name=first"}})
	for range 3 { // on the same connection, in the same buffers
		send(t, origin+"/other", http.Header{"User-Agent": {"other"}, "Cookie": {"name=other"}})
	}
	r := (*requests)[0]
	got := []string{r.RequestURI, r.URL.Path, r.UserAgent(), r.Header.Get("Cookie")}
	if want := []string{"/first", "/first", "first", "name=first"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if err := r.Context().Err(); err != nil {
		t.Errorf("the context has ended: %v", err)
	}
}
