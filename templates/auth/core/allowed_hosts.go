package core

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// errNoHost is the error of Go code that needs a base URL and has no request to take it from.
var errNoHost = errors.New("there is no base URL: make the call with NewCall and the request, or set baseURL.fallback")

func (o DynamicBaseURLOptions) enabled() bool {
	return len(o.AllowedHosts) > 0 || o.Fallback != "" || o.Protocol != ""
}

// Validate reports what is wrong with the options of a server whose endpoints are below basePath.
func (o DynamicBaseURLOptions) Validate(basePath string) error {
	if len(o.AllowedHosts) == 0 {
		return errors.New("baseURL.allowedHosts is empty: list the hosts the server is reached at")
	}
	for _, host := range o.AllowedHosts {
		if web.NewHostPattern(host).MatchesAny() {
			return fmt.Errorf("baseURL.allowedHosts: %q allows any host, and whoever sends a request would choose where links lead", host)
		}
	}
	if o.Protocol != "" && !slices.Contains([]string{"http", "https", "auto"}, o.Protocol) {
		return fmt.Errorf("baseURL.protocol is %q, want http, https or auto", o.Protocol)
	}
	if o.Fallback == "" {
		return nil
	}
	u, err := parseBase(o.Fallback)
	if err != nil {
		return fmt.Errorf("baseURL.fallback: %w", err)
	}
	if path := pathOf(u.Path); path != "" && path != pathOf(basePath) {
		return fmt.Errorf("baseURL.fallback: the path is %s, but endpoints are below basePath, %s", path, firstOf(pathOf(basePath), "/"))
	}
	return nil
}

// configureHosts settles from which hosts requests may take the base URL.
func (a *Auth) configureHosts() error {
	o := a.opts.DynamicBaseURL
	if err := o.Validate(a.basePath); err != nil {
		return err
	}
	for _, host := range o.AllowedHosts {
		a.allowedHosts = append(a.allowedHosts, web.NewHostPattern(host))
	}
	if o.Fallback == "" {
		return nil
	}
	u, err := parseBase(o.Fallback)
	if err != nil {
		return err
	}
	a.configured = a.baseAt(u)
	return nil
}

// requestedBase returns the base URL a request takes from its host. Whatever a header says, it is the one of
// an allowed host or of the fallback.
func (a *Auth) requestedBase(r *http.Request) (baseURL, error) {
	host := a.requestedHost(r)
	origin, ok := web.Origin(a.requestedProtocol(r), host)
	if ok && slices.ContainsFunc(a.allowedHosts, func(p web.HostPattern) bool { return p.Match(host) }) {
		u, err := parseBase(origin)
		if err != nil {
			return baseURL{}, err
		}
		return a.baseAt(u), nil
	}
	switch {
	case a.configured.origin != "":
		return a.configured, nil
	case host == "":
		return baseURL{}, errNoHost
	}
	return baseURL{}, ErrHostNotAllowed
}

// admits refuses a request from which no base URL can be taken.
func (a *Auth) admits(w http.ResponseWriter, call *Call) bool {
	_, err := a.base(call)
	if err == nil {
		return true
	}
	a.Audit(call.request.Context(), EventUntrustedHost, "", slog.String("host", a.requestedHost(call.request)))
	a.respondError(w, call, ErrHostNotAllowed)
	return false
}

// requestedHost is the host a request was sent to, with its port.
func (a *Auth) requestedHost(r *http.Request) string {
	host := a.forwarded(r, "X-Forwarded-Host")
	if _, ok := web.Origin("http", host); ok {
		return host
	}
	return r.Host
}

// requestedProtocol is http or https.
func (a *Auth) requestedProtocol(r *http.Request) string {
	protocol := a.opts.DynamicBaseURL.Protocol
	if protocol == "http" || protocol == "https" {
		return protocol
	}
	if protocol = a.forwarded(r, "X-Forwarded-Proto"); protocol == "http" || protocol == "https" {
		return protocol
	}
	if r.TLS != nil {
		return "https"
	}
	return "http"
}

// forwarded returns what a proxy says in a header; "" where none is trusted. A header that came twice is
// nobody's word: a proxy may have added its own to one the client wrote.
func (a *Auth) forwarded(r *http.Request, name string) string {
	values := r.Header.Values(name)
	if !a.opts.Advanced.TrustedProxyHeaders || len(values) != 1 || !a.clientIP.FromProxy(r.RemoteAddr) {
		return ""
	}
	return values[0]
}

// origins are the trusted origins that allowed hosts stand for (Better Auth 1.7.5): https, and http where the
// protocol may be that or the host is this machine.
func (o DynamicBaseURLOptions) origins() []string {
	var origins []string
	for _, host := range o.AllowedHosts {
		if strings.Contains(host, "://") {
			origins = append(origins, host)
			continue
		}
		if o.Protocol != "http" {
			origins = append(origins, "https://"+host)
		}
		if o.Protocol == "http" || o.Protocol == "auto" || web.IsLoopbackHost(host) {
			origins = append(origins, "http://"+host)
		}
	}
	return origins
}

// usesHTTPS reports that the server is, or may be, reached with https.
func (o DynamicBaseURLOptions) usesHTTPS() bool {
	if o.Protocol == "http" || o.Protocol == "https" {
		return o.Protocol == "https"
	}
	elsewhere := slices.ContainsFunc(o.AllowedHosts, func(host string) bool { return !web.IsLoopbackHost(host) })
	return elsewhere || strings.HasPrefix(o.Fallback, "https://")
}
