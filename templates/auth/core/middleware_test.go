package core_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// greet answers with the address of whoever is signed in.
func greet(w http.ResponseWriter, r *http.Request) {
	if session := core.SessionFrom(r.Context()); session != nil {
		_, _ = io.WriteString(w, session.User.Email)
	}
}

// page requests a page of the application with the session of client.
func page(handler http.Handler, client *authtest.Client) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, authtest.Origin+"/account", nil)
	if client != nil {
		r.AddCookie(&http.Cookie{Name: "better-auth.session_token", Value: client.Cookie("session_token")})
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}

func TestMiddleware(t *testing.T) {
	server := authtest.New(t)
	ada := server.Client()
	ada.SignUp("ada@example.com")
	require, load := server.Auth.Require(http.HandlerFunc(greet)), server.Auth.Load(http.HandlerFunc(greet))

	if w := page(require, ada); w.Code != 200 || w.Body.String() != "ada@example.com" {
		t.Errorf("signed in: %d %s", w.Code, w.Body)
	}
	if w := page(require, nil); w.Code != 401 {
		t.Errorf("nobody: %d %s", w.Code, w.Body)
	}
	if w := page(load, nil); w.Code != 200 || w.Body.Len() != 0 {
		t.Errorf("nobody, loaded: %d %s", w.Code, w.Body)
	}
	server.Clock.Advance(2 * day)
	if w := page(load, ada); w.Header().Get("Set-Cookie") == "" {
		t.Error("the cookie of an extended session is lost")
	}
	server.Clock.Advance(8 * day)
	if w := page(require, ada); w.Code != 401 {
		t.Errorf("expired: %d", w.Code)
	}
}

func TestBackgroundTasksAreWaitedFor(t *testing.T) {
	server := authtest.New(t)
	done := false
	server.Auth.Background(t.Context(), func(context.Context) {
		time.Sleep(time.Millisecond)
		done = true
	})
	server.Auth.Wait()
	if !done {
		t.Error("not waited for")
	}
}
