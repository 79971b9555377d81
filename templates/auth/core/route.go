package core

import (
	"context"
	"slices"
	"strings"
)

// A route is one endpoint on the HTTP side.
type route struct {
	methods  []string
	path     []string // segments; a leading colon marks a parameter
	pattern  string
	form     bool     // also takes an HTML form
	formCSRF bool     // checked against cross-site form posts even without cookies
	callback bool     // GET whose callbackURL is checked
	noStore  bool     // the answer must not be cached
	optional bool     // the body may be missing
	query    bool     // the input is in the query whatever the method
	kinds    []string // what the body is called when it is no object
	serve    func(ctx context.Context, call *Call, params map[string]string, body *requestBody) (any, error)
}

// A RouteOption changes how an endpoint is reached.
type RouteOption func(*route)

// AcceptForm lets the endpoint take application/x-www-form-urlencoded too.
func AcceptForm(r *route) { r.form = true }

// CheckForm guards a sign-in endpoint against posts from forms of other sites, which browsers send
// without asking and, for someone who is not signed in, without cookies that could be checked.
func CheckForm(r *route) { r.formCSRF = true }

// CheckCallback validates the callbackURL of a GET endpoint.
func CheckCallback(r *route) { r.callback = true }

// NoStore marks answers that must not be kept even by caches that only know HTTP/1.0.
func NoStore(r *route) { r.noStore = true }

// OptionalBody lets the body be missing.
func OptionalBody(r *route) { r.optional = true }

// QueryInput takes the input from the query, even of a POST.
func QueryInput(r *route) { r.query = true }

// BodyKinds changes what a body that is no object is told it should be.
func BodyKinds(kinds ...string) RouteOption {
	return func(r *route) { r.kinds = kinds }
}

// Handle declares an endpoint: pattern is "METHOD /path" or "METHOD|METHOD /path/:param". The body of a
// POST, or the query of a GET, is decoded into In; what endpoint returns is encoded as JSON.
func Handle[In, Out any](a *Auth, pattern string, endpoint func(context.Context, *Call, In) (Out, error), options ...RouteOption) {
	methods, path, _ := strings.Cut(pattern, " ")
	r := &route{methods: strings.Split(methods, "|"), pattern: path, path: strings.Split(path, "/")[1:], kinds: []string{"object"}}
	for _, option := range options {
		option(r)
	}
	r.serve = func(ctx context.Context, call *Call, params map[string]string, body *requestBody) (any, error) {
		var in In
		if err := decodeInput(call, params, body, r, &in); err != nil {
			return nil, err
		}
		if err := a.guard(call, r); err != nil {
			return nil, err
		}
		return endpoint(ctx, call, in)
	}
	a.mux = append(a.mux, r)
}

// NoInput is the input of an endpoint that takes none; whatever is sent is ignored.
type NoInput struct{}

// Routes lists the endpoints, those of plugins included, as "METHOD /path".
func (a *Auth) Routes() []string {
	var routes []string
	for _, r := range a.mux {
		for _, method := range r.methods {
			routes = append(routes, method+" "+r.pattern)
		}
	}
	return routes
}

// routeTable finds routes. Paths are compared byte by byte: upstream's router is case-sensitive and
// does not tidy paths, and a path that could be spelled twice could dodge a limit or a disabled route.
type routeTable []*route

// match returns the route for a path below the base path, and its parameters; nil when there is none.
func (t routeTable) match(method, path string) (*route, map[string]string) {
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for _, r := range t {
		if params, ok := r.match(method, segments); ok {
			return r, params
		}
	}
	return nil, nil
}

func (r *route) match(method string, segments []string) (map[string]string, bool) {
	if len(segments) != len(r.path) || !slices.Contains(r.methods, method) {
		return nil, false
	}
	var params map[string]string
	for i, want := range r.path {
		name, isParam := strings.CutPrefix(want, ":")
		switch {
		case isParam && segments[i] != "":
			if params == nil {
				params = map[string]string{}
			}
			params[name] = segments[i]
		case isParam || segments[i] != want:
			return nil, false
		}
	}
	return params, true
}
