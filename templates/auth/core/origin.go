package core

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// checkOrigin refuses requests a foreign site made a browser send. It looks at what changes state and
// carries cookies, and at every redirect target in the body.
func (a *Auth) checkOrigin(call *Call, body *requestBody) error {
	r := call.request
	if r.Method == http.MethodGet {
		return nil
	}
	adv := a.opts.Advanced
	if !adv.DisableCSRFCheck && !adv.DisableOriginCheck && hasCookies(r) {
		if err := a.requireOrigin(call); err != nil {
			return err
		}
	}
	if adv.DisableOriginCheck {
		return nil
	}
	return a.checkTargets(r, body)
}

// hasCookies reports a request with cookies; an empty Cookie header counts.
func hasCookies(r *http.Request) bool {
	_, ok := r.Header["Cookie"]
	return ok
}

// requireOrigin refuses a request without a trusted Origin (or Referer).
func (a *Auth) requireOrigin(call *Call) error {
	r := call.request
	origin := r.Header.Get("Origin")
	if origin == "null" && r.Header.Get("Sec-Fetch-Site") == "same-origin" {
		base, err := a.base(call)
		if err != nil {
			return err
		}
		origin = base.origin
	}
	if origin == "" {
		origin = r.Header.Get("Referer")
	}
	if origin == "" || origin == "null" {
		return ErrMissingOrNullOrigin
	}
	if !a.trusts(r).URL(origin, false) {
		a.Audit(r.Context(), EventUntrustedOrigin, "", slog.String("origin", originOf(origin)))
		return ErrInvalidOrigin
	}
	return nil
}

// originOf cuts a URL to its origin, so that no query reaches the log.
func originOf(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return "(malformed)"
	}
	return u.Scheme + "://" + u.Host
}

// redirectTargets are the members that say where a flow leads.
var redirectTargets = []struct {
	member, label string
	err           *Error
}{
	{"callbackURL", "callbackURL", ErrInvalidCallbackURL},
	{"redirectTo", "redirectURL", ErrInvalidRedirectURL},
	{"errorCallbackURL", "errorCallbackURL", ErrInvalidErrorURL},
	{"newUserCallbackURL", "newUserCallbackURL", ErrInvalidNewUserURL},
}

// checkTargets refuses redirect targets outside the trusted origins.
func (a *Auth) checkTargets(r *http.Request, body *requestBody) error {
	for _, target := range redirectTargets {
		value, isText, present := body.text(target.member)
		if target.member == "callbackURL" && (!present || isText && value == "") {
			value, isText = r.URL.Query().Get("callbackURL"), true
		}
		switch {
		case !isText && present && string(body.members[target.member]) != "null":
			return NewError(http.StatusBadRequest, "", "Invalid "+target.label+": expected a string")
		case isText && value != "" && !a.trusts(r).URL(value, true):
			return target.err
		}
	}
	return nil
}

// checkCallbackQuery is checkTargets for endpoints that are opened from a mail.
func (a *Auth) checkCallbackQuery(r *http.Request) error {
	if a.opts.Advanced.DisableOriginCheck {
		return nil
	}
	for _, value := range r.URL.Query()["callbackURL"] {
		if value != "" && !a.trusts(r).URL(value, true) {
			return ErrInvalidCallbackURL
		}
	}
	return nil
}

// checkForm guards sign-in and sign-up when there is no cookie to protect: a foreign page must not
// sign a visitor in to an account of its choice. Clients that are no browsers send none of the headers.
func (a *Auth) checkForm(call *Call) error {
	r := call.request
	adv := a.opts.Advanced
	if adv.DisableCSRFCheck || adv.DisableOriginCheck || hasCookies(r) {
		return nil
	}
	if r.Header.Get("Sec-Fetch-Site") == "cross-site" && r.Header.Get("Sec-Fetch-Mode") == "navigate" {
		a.Audit(r.Context(), EventCrossSiteForm, "")
		return ErrCrossSiteLogin
	}
	for _, name := range []string{"Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest", "Origin", "Referer"} {
		if strings.TrimSpace(r.Header.Get(name)) != "" {
			return a.requireOrigin(call)
		}
	}
	return nil
}

// trusts returns the origins trusted for r.
func (a *Auth) trusts(r *http.Request) web.Trusted {
	trusted := a.trusted
	for i := range a.hooks {
		if more := a.hooks[i].TrustedOrigins; more != nil {
			trusted = trusted.With(more(r)...)
		}
	}
	return trusted
}
