package core

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// An EndpointHook runs before or after endpoints that are called over HTTP.
type EndpointHook struct {
	// Path is that of an endpoint as it is declared, such as /reset-password/:token, or a pattern in
	// which * stands for a segment or a part of one and ** for any number of segments. Empty: every one.
	Path string
	// Run may look at the exchange and change it. An error becomes the answer: an Error as it is, any
	// other as an empty 500.
	Run func(ctx context.Context, x *Exchange) error
}

// An Exchange is one request for an endpoint, and later its answer.
type Exchange struct {
	Auth *Auth
	// Call holds the request, and the headers of the answer.
	Call *Call
	// Path is the endpoint's as it is declared.
	Path string
	// Output and Err are what the endpoint returned, once it has run.
	Output any
	Err    error

	body     *requestBody
	answered bool
}

// Body returns the members of the body as they came; nil when it is no object. Change them with Set.
func (x *Exchange) Body() map[string]json.RawMessage { return x.body.members }

// Text returns a member of the body; "" when it is not there or no text.
func (x *Exchange) Text(name string) string {
	value, _, _ := x.body.text(name)
	return value
}

// Set changes a member of the body before the endpoint validates it.
func (x *Exchange) Set(name string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("member %s: %w", name, err)
	}
	if x.body.members == nil {
		x.body.members = map[string]json.RawMessage{}
	}
	x.body.members[name] = text
	return nil
}

// Answer makes body, as JSON, the answer. Before the endpoint it keeps it from running, and the hooks
// after it, too; after it, it takes the place of what the endpoint said.
func (x *Exchange) Answer(body any) {
	x.Output, x.Err, x.answered = body, nil, true
	x.Call.page, x.Call.location = nil, ""
}

// endpointHook is a hook whose pattern is ready to match.
type endpointHook struct {
	path web.PathPattern
	run  func(ctx context.Context, x *Exchange) error
}

// configureHooks puts the application's hooks before the plugins', as Better Auth 1.7.5 does for these.
func (a *Auth) configureHooks() {
	last := len(a.hooks) - 1
	for i := range a.hooks {
		hooks := &a.hooks[(i+last)%len(a.hooks)]
		a.beforeEndpoint = append(a.beforeEndpoint, compileHooks(hooks.Before)...)
		a.afterEndpoint = append(a.afterEndpoint, compileHooks(hooks.After)...)
	}
}

func compileHooks(hooks []EndpointHook) []endpointHook {
	compiled := make([]endpointHook, len(hooks))
	for i, hook := range hooks {
		pattern := hook.Path
		if pattern == "" {
			pattern = "**"
		}
		compiled[i] = endpointHook{path: web.NewPathPattern(pattern), run: hook.Run}
	}
	return compiled
}

// exchange runs an endpoint between its hooks. Those after it also see its errors, may replace them, and
// have the last word.
func (a *Auth) exchange(ctx context.Context, x *Exchange, endpoint func() (any, error)) (any, error) {
	for _, hook := range a.beforeEndpoint {
		if !hook.path.Match(x.Path) {
			continue
		}
		if err := hook.run(ctx, x); err != nil || x.answered {
			return x.Output, err
		}
	}
	x.Output, x.Err = endpoint()
	for _, hook := range a.afterEndpoint {
		if !hook.path.Match(x.Path) {
			continue
		}
		if err := hook.run(ctx, x); err != nil {
			x.Err = err
		}
	}
	return x.Output, x.Err
}
