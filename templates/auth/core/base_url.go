package core

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// A baseURL is where clients find the server.
type baseURL struct {
	origin string // https://shop.example
	host   string // shop.example, without port
	url    string // https://shop.example/api/auth
}

// configureURL settles the base URL, or from which hosts requests may take it. Unlike upstream it is never
// taken from any request: a Host header must not decide where the links in mails lead.
func (a *Auth) configureURL(getenv func(string) string) error {
	a.basePath = pathOf(a.opts.BasePath)
	if a.opts.DynamicBaseURL.enabled() {
		return a.configureHosts()
	}
	base := firstOf(a.opts.BaseURL, getenv("BETTER_AUTH_URL"), "http://localhost:"+firstOf(getenv("PORT"), "3000"))
	u, err := parseBase(base)
	if err != nil {
		return fmt.Errorf("base URL %w", err)
	}
	a.basePath = firstOf(strings.TrimRight(u.Path, "/"), a.basePath)
	a.configured = a.baseAt(u)
	return nil
}

// parseBase reads a base URL.
func parseBase(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("%q is not an http or https URL", text)
	}
	return u, nil
}

// pathOf is a base path without a slash at its end.
func pathOf(text string) string {
	if path := strings.Trim(text, "/"); path != "" {
		return "/" + path
	}
	return ""
}

// baseAt is the base URL at the origin of u. Links keep the spelling of the host; the origin has that of browsers.
func (a *Auth) baseAt(u *url.URL) baseURL {
	origin := u.Scheme + "://" + u.Host
	base := baseURL{origin: origin, host: u.Hostname(), url: origin + a.basePath}
	if spelled, ok := web.Origin(u.Scheme, u.Host); ok {
		base.origin = spelled
	}
	return base
}

// base returns the base URL of a call. It fails only where requests decide it, see DynamicBaseURLOptions; the
// HTTP layer has refused those for which it fails.
func (a *Auth) base(call *Call) (baseURL, error) {
	if a.allowedHosts == nil {
		return a.configured, nil
	}
	if call.base == nil {
		base, err := a.requestedBase(call.request)
		if err != nil {
			return baseURL{}, err
		}
		call.base = &base
	}
	return *call.base, nil
}

// urlOf returns the URL of something below the base path. path may have a query.
func (a *Auth) urlOf(call *Call, path string) (string, error) {
	base, err := a.base(call)
	return base.url + path, err
}

// pageOf is urlOf for the browser that makes the call. Where the base URL is not known the path alone will do.
func (a *Auth) pageOf(call *Call, path string) string {
	base, err := a.base(call)
	if err != nil {
		return a.basePath + path
	}
	return base.url + path
}

// BaseURL returns the URL all endpoints are below, such as https://shop.example/api/auth. Where requests decide
// it that is the one of the fallback, or else only a path: links are made with BaseURLOf.
func (a *Auth) BaseURL() string { return firstOf(a.configured.url, a.basePath) }

// BaseURLOf returns the URL all endpoints are below for whoever makes the call. It fails when the options let
// requests decide it, and this one has no host that is allowed, or call stands for no request.
func (a *Auth) BaseURLOf(call *Call) (string, error) { return a.urlOf(call, "") }

// BasePath returns the path all endpoints are below, such as /api/auth; "" when that is the whole host.
func (a *Auth) BasePath() string { return a.basePath }
