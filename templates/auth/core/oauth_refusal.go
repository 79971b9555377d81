package core

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"strings"
)

// An oauthRefusal ends a sign-in in the browser: it is reported to a page, as parameters.
type oauthRefusal struct {
	target      string // the page; "" for the default one
	code        string
	description string
}

// Error implements error.
func (r *oauthRefusal) Error() string { return "oauth: " + r.code }

// refuse answers a callback with a redirect to the page that reports err: target, or the default one where
// that is "" or the server itself has failed.
func (a *Auth) refuse(ctx context.Context, call *Call, err error, target string) {
	var refused *oauthRefusal
	var known *Error
	var linking linkRefusal
	switch {
	case errors.As(err, &refused):
		target = firstOf(refused.target, target)
	case errors.As(err, &linking):
		refused = &oauthRefusal{code: linking.code()}
	case errors.As(err, &known) && known.Code != "":
		refused = &oauthRefusal{code: known.Code, description: known.Message}
	default:
		a.failed(ctx, call.request, err)
		a.refuseFailed(ctx, call)
		return
	}
	a.refuseWith(ctx, call, refused, target)
}

// refuseFailed answers a callback in which the server itself has failed.
func (a *Auth) refuseFailed(ctx context.Context, call *Call) {
	a.refuseWith(ctx, call, &oauthRefusal{code: "internal_server_error"}, "")
}

func (a *Auth) refuseWith(ctx context.Context, call *Call, refused *oauthRefusal, target string) {
	a.Audit(ctx, EventCallbackRefused, "", slog.String("reason", refused.code))
	call.Redirect(withError(firstOf(target, a.defaultErrorURL(call)), refused.code, refused.description))
}

// defaultErrorURL is the page for failures of flows that did not name one.
func (a *Auth) defaultErrorURL(call *Call) string {
	return firstOf(a.opts.OnAPIError.ErrorURL, a.pageOf(call, "/error"))
}

// withError adds an error to a URL as JavaScript's URL and URLSearchParams do.
func withError(target, code, description string) string {
	parameters := "error=" + queryEscape(code)
	if description != "" {
		parameters += "&error_description=" + queryEscape(description)
	}
	return withQuery(withPath(target), parameters)
}

// withPath gives a web URL that ends after its host the path "/".
func withPath(target string) string {
	u, err := url.Parse(target)
	if err != nil || u.Host == "" || u.Path != "" || u.Scheme != "http" && u.Scheme != "https" {
		return target
	}
	u.Path = "/"
	return u.String()
}

// queryEscape is url.QueryEscape with the two characters JavaScript's URLSearchParams treats differently.
func queryEscape(text string) string {
	return strings.NewReplacer("%2A", "*", "~", "%7E").Replace(url.QueryEscape(text))
}
