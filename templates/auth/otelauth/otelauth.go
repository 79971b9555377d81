// Package otelauth makes an OpenTelemetry span of each request for an endpoint. Spans go to the global
// TracerProvider: set one with otel.SetTracerProvider where your program starts, or nothing is recorded.
package otelauth

import (
	"context"
	"net/http"
	"strconv"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// scope is the name of the tracer, as in Better Auth 1.7.5.
const scope = "better-auth"

// Plugin is the part of the auth server that makes spans.
type Plugin struct {
	tracer trace.Tracer
}

var _ core.Plugin = Plugin{}

// New returns the plugin. A TracerProvider set later counts, too.
func New() Plugin { return Plugin{otel.Tracer(scope)} }

// ID implements core.Plugin.
func (Plugin) ID() string { return "opentelemetry" }

// Register implements core.Plugin.
func (p Plugin) Register(*core.Auth) core.Hooks { return core.Hooks{Trace: p.start} }

// start begins the span of a request. Like Better Auth 1.7.5 it is called by method and path as declared, such
// as "GET /reset-password/:token". It holds nothing else of the request: URL, headers and body have secrets.
func (p Plugin) start(r *http.Request, path string) (context.Context, func(core.Outcome)) {
	ctx, kind := parent(r)
	ctx, span := p.tracer.Start(ctx, r.Method+" "+path, trace.WithSpanKind(kind),
		trace.WithAttributes(semconv.HTTPRequestMethodKey.String(r.Method), semconv.HTTPRoute(path)))
	return ctx, func(o core.Outcome) { finish(span, o) }
}

// parent returns the context the span begins in: that of the handler around this one if it made a span, else
// what the headers say by the global propagator.
func parent(r *http.Request) (context.Context, trace.SpanKind) {
	ctx := r.Context()
	if trace.SpanContextFromContext(ctx).IsValid() {
		return ctx, trace.SpanKindInternal
	}
	return otel.GetTextMapPropagator().Extract(ctx, propagation.HeaderCarrier(r.Header)), trace.SpanKindServer
}

// finish ends a span. A refusal is no error of the server, as OpenTelemetry's conventions for HTTP have it.
func finish(span trace.Span, o core.Outcome) {
	span.SetAttributes(semconv.HTTPResponseStatusCode(o.Status))
	if o.UserID != "" {
		span.SetAttributes(semconv.UserID(o.UserID))
	}
	if o.Status >= http.StatusInternalServerError {
		span.SetStatus(codes.Error, "")
		span.SetAttributes(semconv.ErrorTypeKey.String(strconv.Itoa(o.Status)))
	}
	span.End()
}
