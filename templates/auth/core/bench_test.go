package core_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// BenchmarkGetSession reads a session the way a browser asks for it. Compare it with BenchmarkBareRead,
// which does nothing but what cannot be left out.
func BenchmarkGetSession(b *testing.B) {
	server := authtest.New(b)
	serveRepeatedly(b, server, server.Auth.Handler())
}

// BenchmarkBareRead checks the cookie, runs the one statement and encodes the answer.
func BenchmarkBareRead(b *testing.B) {
	server := authtest.New(b)
	serveRepeatedly(b, server, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cookie, err := r.Cookie("better-auth.session_token")
		if err != nil {
			b.Error(err)
			return
		}
		signed, _ := url.QueryUnescape(cookie.Value)
		token, ok := server.Auth.VerifyToken(signed)
		session, user, err := server.Store.SessionByToken(r.Context(), token)
		if !ok || err != nil {
			b.Errorf("signature %v, read: %v", ok, err)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(core.SessionAndUser{Session: session, User: user})
	}))
}

// BenchmarkCachedSession reads a session from the cookie cache. Compare it with BenchmarkBareCachedRead.
func BenchmarkCachedSession(b *testing.B) {
	server := authtest.New(b, cached("compact"))
	serveRepeatedly(b, server, server.Auth.Handler())
}

// BenchmarkBareCachedRead checks both cookies, decodes the copy and encodes the answer.
func BenchmarkBareCachedRead(b *testing.B) {
	server := authtest.New(b, cached("compact"))
	serveRepeatedly(b, server, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token, err := r.Cookie("better-auth.session_token")
		data, missing := r.Cookie("better-auth.session_data")
		if err != nil || missing != nil {
			b.Error("a cookie is missing")
			return
		}
		signed, _ := url.QueryUnescape(token.Value)
		value, ok := server.Auth.VerifyToken(signed)
		payload, _, err := secure.VerifyCompact(authtest.Secret, data.Value, server.Clock.Now())
		var current core.SessionAndUser
		if !ok || err != nil || json.Unmarshal(payload, &current) != nil || current.Session.Token != value {
			b.Errorf("signature %v, read: %v", ok, err)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(current)
	}))
}

// serveRepeatedly sends the session read of a signed-in client to handler.
func serveRepeatedly(b *testing.B, server *authtest.Server, handler http.Handler) {
	ada := server.Client()
	ada.SignUp("ada@example.com")
	r := httptest.NewRequest(http.MethodGet, server.Auth.BaseURL()+"/get-session", nil)
	cookies := "better-auth.session_token=" + ada.Cookie("session_token")
	if data := ada.Cookie("session_data"); data != "" {
		cookies += "; better-auth.session_data=" + data
	}
	r.Header.Set("Cookie", cookies)
	b.ReportAllocs()
	for b.Loop() {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK || w.Body.Len() < 100 {
			b.Fatalf("%d %s", w.Code, w.Body)
		}
	}
}
