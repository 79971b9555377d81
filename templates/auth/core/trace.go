package core

import (
	"context"
	"net/http"
)

// A TraceHook is told when the work for a request begins. path is the endpoint's as it is declared, so it holds
// no tokens. What runs for the request gets the context it returns; end, which must not be nil, is called once,
// when the answer has been written.
type TraceHook func(r *http.Request, path string) (ctx context.Context, end func(Outcome))

// An Outcome is how a request ended.
type Outcome struct {
	// Status is that of the answer; 500 after a panic.
	Status int
	// UserID is the user's who is, or has just been, signed in; empty when that is not known.
	UserID string
}

// trace lets the Trace hooks surround what is done for call. The caller writes to the ResponseWriter it gets,
// then calls end.
func (a *Auth) trace(w http.ResponseWriter, call *Call, endpoint *route) (_ http.ResponseWriter, end func()) {
	var ends []func(Outcome)
	for i := range a.hooks {
		if hook := a.hooks[i].Trace; hook != nil && endpoint != nil {
			ctx, ended := hook(call.request, endpoint.pattern)
			call.request = call.request.WithContext(ctx)
			ends = append(ends, ended)
		}
	}
	if len(ends) == 0 {
		return w, func() {}
	}
	watched := &statusWriter{ResponseWriter: w, status: http.StatusInternalServerError}
	return watched, func() {
		outcome := Outcome{Status: watched.status, UserID: call.userID()}
		for i := len(ends) - 1; i >= 0; i-- {
			ends[i](outcome)
		}
	}
}

// userID returns the user's of the session this call opened or was made with; "" when none was read.
func (c *Call) userID() string {
	for _, session := range []*SessionAndUser{c.newSession, c.session} {
		if session != nil {
			return session.User.ID
		}
	}
	return ""
}

// A statusWriter remembers the status of an answer. Until there is one it is what a panic leads to.
type statusWriter struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements http.ResponseWriter.
func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController find what it needs.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
