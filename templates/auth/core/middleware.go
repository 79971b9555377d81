package core

import (
	"context"
	"net/http"
)

type sessionKey struct{}

// Require lets only signed-in callers through to next, which finds the session with SessionFrom.
// Everybody else is answered 401.
func (a *Auth) Require(next http.Handler) http.Handler {
	return a.withSession(next, true)
}

// Load passes everybody through to next, with the session of those who are signed in.
func (a *Auth) Load(next http.Handler) http.Handler {
	return a.withSession(next, false)
}

func (a *Auth) withSession(next http.Handler, required bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		call := NewCall(r)
		session, err := a.CachedSession(r.Context(), call)
		if err == nil && session == nil && required {
			err = ErrUnauthorized
		}
		call.CopyTo(w) // the cookie of a session that was extended
		if err != nil {
			w.Header().Set("Cache-Control", "no-store")
			a.respondError(w, call, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(WithSession(r.Context(), session)))
	})
}

// Session returns the session of whoever sent r, nil without one, and puts the cookies that keep it
// alive on header. It is what the middleware of every framework is made of.
func (a *Auth) Session(r *http.Request, header http.Header) (*SessionAndUser, error) {
	call := NewCall(r)
	session, err := a.CachedSession(r.Context(), call)
	for name, values := range call.header {
		header[name] = append(header[name], values...)
	}
	return session, err
}

// WithSession returns a context in which SessionFrom finds session.
func WithSession(ctx context.Context, session *SessionAndUser) context.Context {
	return context.WithValue(ctx, sessionKey{}, session)
}

// SessionFrom returns the session that Require or Load put into the context; nil without one.
func SessionFrom(ctx context.Context) *SessionAndUser {
	session, _ := ctx.Value(sessionKey{}).(*SessionAndUser)
	return session
}
