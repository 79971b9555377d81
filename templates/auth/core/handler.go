package core

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// Handler serves all endpoints below the base path.
func (a *Auth) Handler() http.Handler { return http.HandlerFunc(a.ServeHTTP) }

// ServeHTTP implements http.Handler. The order of the steps is the protocol's: it decides which of
// two errors a client sees.
func (a *Auth) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer a.recover(w, r)
	path, ok := strings.CutPrefix(r.URL.EscapedPath(), a.basePath)
	if !ok || !strings.HasPrefix(path, "/") {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	call := newHTTPCall(r)
	if !a.admits(w, call) || a.cors(w, r) {
		return
	}
	if a.disabled(path) {
		w.Header().Set("Content-Type", "text/plain;charset=UTF-8")
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write([]byte("Not Found"))
		return
	}
	endpoint, params := a.endpoint(r.Method, path)
	w, end := a.trace(w, call, endpoint)
	defer end()
	r = call.request
	if !a.withinLimit(w, r, path) {
		return
	}
	if endpoint == nil {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	out, err := a.serve(r.Context(), call, endpoint, params)
	a.respond(w, call, endpoint, out, err)
}

// endpoint returns the route for a path, and its parameters; nil when there is none.
func (a *Auth) endpoint(method, path string) (*route, map[string]string) {
	if a.opts.Advanced.SkipTrailingSlashes && path != "/" {
		path = strings.TrimSuffix(path, "/")
	}
	return a.mux.match(method, path)
}

// serve runs the checks that stand before an endpoint, then the endpoint between its hooks.
func (a *Auth) serve(ctx context.Context, call *Call, endpoint *route, params map[string]string) (any, error) {
	body, err := readBody(call.request, endpoint)
	if err != nil {
		return nil, err
	}
	if err := a.checkOrigin(call, body); err != nil {
		return nil, err
	}
	x := &Exchange{Auth: a, Call: call, Path: endpoint.pattern, body: body}
	return a.exchange(ctx, x, func() (any, error) { return endpoint.serve(ctx, call, params, body) })
}

// guard runs the checks single endpoints ask for, once their input has been found valid.
func (a *Auth) guard(call *Call, endpoint *route) error {
	if endpoint.noStore {
		call.header.Set("Pragma", "no-cache")
	}
	if endpoint.formCSRF {
		return a.checkForm(call)
	}
	if endpoint.callback {
		return a.checkCallbackQuery(call.request)
	}
	return nil
}

// disabled reports a path the options switch off.
func (a *Auth) disabled(path string) bool {
	path = strings.TrimRight(path, "/")
	for _, off := range a.opts.DisabledPaths {
		if strings.TrimRight(off, "/") == path {
			return true
		}
	}
	return false
}

func tooManyRequests(w http.ResponseWriter, retrySeconds int) {
	w.Header().Set("Content-Type", "text/plain;charset=UTF-8")
	w.Header().Set("X-Retry-After", strconv.Itoa(retrySeconds))
	w.WriteHeader(http.StatusTooManyRequests)
	_, _ = w.Write([]byte(`{"message":"Too many requests. Please try again later."}`))
}

// respond writes the outcome of an endpoint.
func (a *Auth) respond(w http.ResponseWriter, call *Call, endpoint *route, out any, err error) {
	call.CopyTo(w)
	w.Header().Set("Cache-Control", "no-store")
	if err != nil {
		a.respondError(w, call, err)
		return
	}
	switch {
	case call.page != nil:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusOK)
		_, _ = w.Write(call.page)
	case call.location != "":
		w.Header().Set("Content-Type", jsonType)
		w.Header().Set("Location", call.location)
		w.WriteHeader(call.status)
	default:
		a.writeJSON(w, call, http.StatusOK, out)
	}
}

// respondError answers with the status, code and message of an Error. Everything else is an empty
// 500: what went wrong inside is for the log.
func (a *Auth) respondError(w http.ResponseWriter, call *Call, err error) {
	var known *Error
	switch {
	case errors.As(err, &known):
	case errors.Is(err, secure.ErrBusy):
		known = ErrHashingBusy
		w.Header().Set("Retry-After", "1")
	case errors.Is(err, model.ErrConflict): // taken by another request since it was looked up
		known = NewError(http.StatusConflict, "CONFLICT", "Conflict")
	case errors.Is(err, ErrCanceled):
		known = NewError(http.StatusBadRequest, "", "")
	default:
		a.failed(call.request.Context(), call.request, err)
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	if known.Code == "" && known.Message == "" {
		w.Header().Set("Content-Type", jsonType)
		w.WriteHeader(known.Status)
		return
	}
	a.writeJSON(w, call, known.Status, errorBody{Message: known.Message, Code: known.Code})
}

type errorBody struct {
	Message string `json:"message"`
	Code    string `json:"code,omitempty"`
}

func (a *Auth) writeJSON(w http.ResponseWriter, call *Call, status int, body any) {
	text, err := encodeJSON(body)
	if err != nil {
		a.failed(call.request.Context(), call.request, err)
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", jsonType)
	w.WriteHeader(status)
	_, _ = w.Write(text)
}

// encodeJSON writes JSON as JavaScript does.
func encodeJSON(v any) ([]byte, error) { return secure.JSON(v) }

// failed logs a failure that the client sees as an empty 500.
func (a *Auth) failed(ctx context.Context, r *http.Request, err error) {
	a.log.LogAttrs(ctx, slog.LevelError, "request failed",
		slog.String("method", r.Method), slog.String("path", a.loggedPath(r)), slog.Any("error", err))
	a.tellError(ctx, err)
}

// loggedPath is the pattern of the route, since a path may hold a token.
func (a *Auth) loggedPath(r *http.Request) string {
	path := strings.TrimPrefix(r.URL.EscapedPath(), a.basePath)
	if endpoint, _ := a.endpoint(r.Method, path); endpoint != nil {
		return endpoint.pattern
	}
	return "(unknown)"
}
