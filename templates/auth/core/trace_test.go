package core_test

import (
	"context"
	"net/http"
	"slices"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	store "github.com/betterauth-gen/betterauth-gen/templates/stores/sqlite"
)

// tracePlugin has nothing but a Trace hook.
type tracePlugin struct{ hook core.TraceHook }

func (tracePlugin) ID() string { return "trace" }

func (p tracePlugin) Register(*core.Auth) core.Hooks { return core.Hooks{Trace: p.hook} }

type traceKey struct{}

// The plugins' Trace hooks surround the application's, as theirs surround the endpoint, which gets their context.
func TestTraceHooksNest(t *testing.T) {
	var steps []string
	hook := func(name string) core.TraceHook {
		return func(r *http.Request, path string) (context.Context, func(core.Outcome)) {
			outer, _ := r.Context().Value(traceKey{}).(string)
			steps = append(steps, name+" begins "+path)
			return context.WithValue(r.Context(), traceKey{}, outer+name+" "), func(o core.Outcome) {
				steps = append(steps, name+" ends "+http.StatusText(o.Status)+" "+o.UserID)
			}
		}
	}
	server := authtest.New(t,
		authtest.WithPlugin(func(*store.Store) core.Plugin { return tracePlugin{hook("plugin")} }),
		authtest.WithHooks(core.Hooks{Trace: hook("own"), Before: []core.EndpointHook{{
			Run: func(ctx context.Context, x *core.Exchange) error {
				steps = append(steps, "endpoint in "+ctx.Value(traceKey{}).(string))
				return nil
			},
		}}}))
	id := server.Client().SignUp("ada@example.com").Text("user.id")
	want := []string{
		"plugin begins /sign-up/email", "own begins /sign-up/email", "endpoint in plugin own ",
		"own ends OK " + id, "plugin ends OK " + id,
	}
	if !slices.Equal(steps, want) {
		t.Errorf("got %q, want %q", steps, want)
	}
}
