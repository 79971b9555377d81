package otelauth_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/otelauth"
	store "github.com/betterauth-gen/betterauth-gen/templates/stores/sqlite"
)

// newServer returns a server whose spans end up in the recorder.
func newServer(t *testing.T, options ...authtest.Option) (*authtest.Server, *tracetest.SpanRecorder) {
	t.Helper()
	recorder := tracetest.NewSpanRecorder()
	otel.SetTracerProvider(sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(recorder)))
	otel.SetTextMapPropagator(propagation.TraceContext{})
	plugin := authtest.WithPlugin(func(*store.Store) core.Plugin { return otelauth.New() })
	return authtest.New(t, append(options, plugin)...), recorder
}

// last returns the span that ended last.
func last(t *testing.T, recorder *tracetest.SpanRecorder) sdktrace.ReadOnlySpan {
	t.Helper()
	spans := recorder.Ended()
	if len(spans) == 0 {
		t.Fatal("no span has ended")
	}
	return spans[len(spans)-1]
}

// attributes spells the attributes of a span in their order.
func attributes(span sdktrace.ReadOnlySpan) string {
	var texts []string
	for _, attribute := range span.Attributes() {
		texts = append(texts, fmt.Sprintf("%s=%v", attribute.Key, attribute.Value.AsInterface()))
	}
	return strings.Join(texts, " ")
}

func TestSpans(t *testing.T) {
	server, recorder := newServer(t)
	ada := server.Client()
	id := ada.SignUp("ada@example.com").Text("user.id")
	for _, test := range []struct {
		do         func()
		name, want string
	}{
		{
			func() { ada.SignIn("ada@example.com") }, "POST /sign-in/email",
			"http.request.method=POST http.route=/sign-in/email http.response.status_code=200 user.id=" + id,
		},
		{
			func() { ada.Get("/get-session?disableCookieCache=true").Want(200) }, "GET /get-session",
			"http.request.method=GET http.route=/get-session http.response.status_code=200 user.id=" + id,
		},
		{
			func() { server.Client().Get("/list-sessions").Want(401) }, "GET /list-sessions",
			"http.request.method=GET http.route=/list-sessions http.response.status_code=401",
		},
		{
			func() { server.Client().Get("/reset-password/some-token?callbackURL=/reset").Want(302) }, "GET /reset-password/:token",
			"http.request.method=GET http.route=/reset-password/:token http.response.status_code=302",
		},
	} {
		before := len(recorder.Ended())
		test.do()
		span := last(t, recorder)
		if n := len(recorder.Ended()) - before; n != 1 {
			t.Errorf("%s: %d spans", test.name, n)
		}
		if span.Name() != test.name || attributes(span) != test.want || span.SpanKind() != trace.SpanKindServer {
			t.Errorf("span %s (%s) with %s\nwant %s with %s", span.Name(), span.SpanKind(), attributes(span), test.name, test.want)
		}
		if status := span.Status().Code; status != codes.Unset {
			t.Errorf("%s has status %s", test.name, status)
		}
	}
}

// Requests that are refused before their endpoint runs have a span, those for none have not.
func TestRefusals(t *testing.T) {
	server, recorder := newServer(t, authtest.Configure(func(o *core.Options) {
		o.RateLimit.Enabled = new(true)
		o.DisabledPaths = []string{"/ok"}
	}))
	client := server.Client()
	client.Get("/no-such-endpoint").Want(404)
	client.Get("/ok").Want(404)
	if n := len(recorder.Ended()); n != 0 {
		t.Errorf("%d spans of nothing", n)
	}
	var answer *authtest.Response
	for range 10 {
		answer = client.Post("/sign-in/email", authtest.M{"email": "ada@example.com", "password": "wrong password"})
	}
	answer.Want(429)
	want := "http.request.method=POST http.route=/sign-in/email http.response.status_code=429"
	if span := last(t, recorder); attributes(span) != want {
		t.Errorf("span %s with %s, want %s", span.Name(), attributes(span), want)
	}
}

// The span is a child of the one in the request's context, or of the one its headers name, and the parent of
// what the endpoint does.
func TestParents(t *testing.T) {
	var inside trace.SpanContext
	server, recorder := newServer(t, authtest.WithHooks(core.Hooks{
		Before: []core.EndpointHook{{Run: func(ctx context.Context, _ *core.Exchange) error {
			inside = trace.SpanContextFromContext(ctx)
			return nil
		}}},
	}))
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, authtest.Origin+"/api/auth/ok", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
	server.Client().Do(request.Clone(t.Context())).Want(200)
	remote := last(t, recorder)
	if got := remote.Parent(); got.TraceID().String() != "4bf92f3577b34da6a3ce929d0e0e4736" || got.SpanID().String() != "00f067aa0ba902b7" {
		t.Errorf("the parent is %s of %s", got.SpanID(), got.TraceID())
	}
	if !inside.Equal(remote.SpanContext()) {
		t.Errorf("the endpoint runs in span %s, want %s", inside.SpanID(), remote.SpanContext().SpanID())
	}

	ctx, outer := otel.Tracer("test").Start(t.Context(), "outer")
	server.Client().Do(request.Clone(ctx)).Want(200)
	local := last(t, recorder)
	if !local.Parent().Equal(outer.SpanContext()) || local.SpanKind() != trace.SpanKindInternal {
		t.Errorf("the parent is %s (%s), want %s", local.Parent().SpanID(), local.SpanKind(), outer.SpanContext().SpanID())
	}
}

// security: 50
func TestFailuresKeepSecrets(t *testing.T) {
	for name, fail := range map[string]func() error{
		"error": func() error { return errors.New("no user ada@example.com") },
		"panic": func() error { panic("no user ada@example.com") },
	} {
		server, recorder := newServer(t, authtest.WithHooks(core.Hooks{Before: []core.EndpointHook{{
			Run: func(context.Context, *core.Exchange) error { return fail() },
		}}}))
		server.Client().Post("/sign-in/email", authtest.M{"email": "ada@example.com", "password": authtest.Password}).Want(500)
		span := last(t, recorder)
		want := "http.request.method=POST http.route=/sign-in/email http.response.status_code=500 error.type=500"
		if attributes(span) != want || span.Status() != (sdktrace.Status{Code: codes.Error}) || len(span.Events()) != 0 {
			t.Errorf("%s: span with %s, %v and %v", name, attributes(span), span.Status(), span.Events())
		}
	}
}
