package core

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
)

// panicked logs a panic with where it came from, and tells the hooks.
func (a *Auth) panicked(ctx context.Context, p any, about ...slog.Attr) {
	about = append(about, slog.Any("panic", p), slog.String("stack", string(debug.Stack())))
	a.log.LogAttrs(ctx, slog.LevelError, "panic", about...)
	err, ok := p.(error)
	if !ok {
		err = fmt.Errorf("%v", p)
	}
	a.tellError(ctx, fmt.Errorf("panic: %w", err))
}

// tellError hands a failure to the hooks. A panic of theirs is only logged: they may run where nobody would catch it,
// and must not be told of it again.
func (a *Auth) tellError(ctx context.Context, err error) {
	defer func() {
		if p := recover(); p != nil {
			a.log.ErrorContext(ctx, "panic in OnError", "panic", p, "stack", string(debug.Stack()))
		}
	}()
	for i := range a.hooks {
		if hook := a.hooks[i].OnError; hook != nil {
			hook(ctx, err)
		}
	}
}

// recover turns a panic into an empty 500.
func (a *Auth) recover(w http.ResponseWriter, r *http.Request) {
	p := recover()
	switch p {
	case nil:
	case http.ErrAbortHandler:
		panic(p)
	default:
		a.panicked(r.Context(), p, slog.String("method", r.Method), slog.String("path", a.loggedPath(r)))
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusInternalServerError)
	}
}

// recoverCallback turns a panic in the callback of a provider into a redirect to the error page, where other failures
// end, too. A session that has been opened is taken back: nothing may be left of it.
func (a *Auth) recoverCallback(ctx context.Context, call *Call) {
	p := recover()
	switch p {
	case nil:
		return
	case http.ErrAbortHandler:
		panic(p)
	}
	a.panicked(ctx, p, slog.String("path", a.loggedPath(call.request)))
	if session := call.newSession; session != nil {
		if err := a.abandon(ctx, call, session); err != nil {
			a.failed(ctx, call.request, err)
		}
	}
	a.refuseFailed(ctx, call)
}
