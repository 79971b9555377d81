package fiberauth

import (
	"bytes"
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v3"
)

// newRequest returns what c holds as a net/http request without a body.
//
// Fiber's own adaptor is not used. Its requests point into buffers that fasthttp reuses once the handler
// has returned, and their context is of that kind too, while the auth server sends mails after the
// answer and keeps paths in its rate limiter: everything is copied here. The adaptor also drops all but
// the last of headers that come more than once, such as X-Forwarded-For.
func newRequest(c fiber.Ctx) (*http.Request, error) {
	in := c.RequestCtx()
	uri := string(in.RequestURI())
	target, err := url.ParseRequestURI(uri)
	if err != nil {
		return nil, err
	}
	r := &http.Request{
		Method:     string(in.Method()),
		URL:        target,
		RequestURI: uri,
		Proto:      "HTTP/1.1",
		ProtoMajor: 1,
		ProtoMinor: 1,
		Header:     http.Header{},
		Body:       http.NoBody,
		Host:       string(in.Host()),
		RemoteAddr: in.RemoteAddr().String(),
		TLS:        in.TLSConnectionState(),
	}
	for name, value := range in.Request.Header.All() {
		r.Header.Add(string(name), string(value))
	}
	r.Header.Del("Host") // net/http keeps it in r.Host only
	return r.WithContext(c.Context()), nil
}

// A response collects what a net/http handler answers. The answers of the auth server are short.
type response struct {
	header http.Header
	status int
	body   bytes.Buffer
}

var _ http.ResponseWriter = (*response)(nil)

func newResponse() *response { return &response{header: http.Header{}} }

// Header implements http.ResponseWriter.
func (w *response) Header() http.Header { return w.header }

// WriteHeader implements http.ResponseWriter: the first status counts.
func (w *response) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
}

// Write implements http.ResponseWriter.
func (w *response) Write(text []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(text)
}

// send makes w the answer to c.
func (w *response) send(c fiber.Ctx) {
	w.sendHeader(c)
	w.WriteHeader(http.StatusOK)
	c.Status(w.status)
	c.Response().SetBody(w.body.Bytes())
}

// sendHeader adds the headers of w to those c already has. Each Set-Cookie stays a line of its own.
func (w *response) sendHeader(c fiber.Ctx) {
	for name, values := range w.header {
		for _, value := range values {
			c.Response().Header.Add(name, value)
		}
	}
}
