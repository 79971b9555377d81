package social

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	// timeout bounds a call to a provider, which a user waits for.
	timeout = 10 * time.Second
	// maxAnswer bounds what is read of an answer, in bytes.
	maxAnswer = 1 << 20
)

// Client calls providers. It follows no redirects, waits ten seconds at most and reads a megabyte at most.
type Client struct{ http *http.Client }

var errRedirect = errors.New("the answer is a redirect, which is not followed")

// NewClient returns a client; a nil transport stands for http.DefaultTransport.
func NewClient(transport http.RoundTripper) *Client {
	if transport == nil {
		transport = http.DefaultTransport
	}
	return &Client{&http.Client{
		Transport:     limited{transport},
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return errRedirect },
	}}
}

// limited ends answers that are too long with an error.
type limited struct{ next http.RoundTripper }

func (l limited) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := l.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	answer.Body = http.MaxBytesReader(nil, answer.Body, maxAnswer)
	return answer, nil
}

// Request is a call to a provider.
type Request struct {
	// Method is GET when it is empty, or POST if there is something to post.
	Method string
	URL    string
	// Query is added to the URL.
	Query Query
	// Form is posted as a form, JSON as a JSON document.
	Form Query
	JSON string
	// Header is sent besides Authorization.
	Header map[string]string
	// Bearer is the access token to call with; "" for none.
	Bearer string
	// Within is where in the answer the wanted object is, such as "data.viewer". Empty: it is the answer.
	Within string
}

// Fetch sends a request and decodes the JSON it is answered with. It returns that JSON, too, as it was sent.
func (c *Client) Fetch(ctx context.Context, r Request, into any) (json.RawMessage, error) {
	body, err := c.Bytes(ctx, r)
	if err != nil {
		return nil, err
	}
	object, err := within(body, r.Within)
	if err == nil {
		err = json.Unmarshal(object, into)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: the answer is not as expected: %w", address(r.URL), err)
	}
	return object, nil
}

// Bytes sends a request and returns the answer. A status other than 2xx is an error.
func (c *Client) Bytes(ctx context.Context, r Request) ([]byte, error) {
	request, err := r.build(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", address(r.URL), err)
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", address(r.URL), withoutURL(err))
	}
	defer answer.Body.Close()
	if answer.StatusCode/100 != 2 {
		return nil, fmt.Errorf("%s: answered with status %d", address(r.URL), answer.StatusCode)
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", address(r.URL), err)
	}
	return body, nil
}

func (r Request) build(ctx context.Context) (*http.Request, error) {
	target := r.URL
	if len(r.Query) > 0 {
		target += "?" + r.Query.encode()
	}
	method, content, kind := r.Method, "", ""
	switch {
	case len(r.Form) > 0:
		method, content, kind = http.MethodPost, r.Form.encode(), "application/x-www-form-urlencoded"
	case r.JSON != "":
		method, content, kind = http.MethodPost, r.JSON, "application/json"
	}
	var body io.Reader
	if content != "" {
		body = strings.NewReader(content)
	}
	request, err := http.NewRequestWithContext(ctx, method, target, body)
	if err != nil {
		return nil, withoutURL(err)
	}
	request.Header.Set("Accept", "application/json")
	if kind != "" {
		request.Header.Set("Content-Type", kind)
	}
	if r.Bearer != "" {
		request.Header.Set("Authorization", "Bearer "+r.Bearer)
	}
	for name, value := range r.Header {
		request.Header.Set(name, value)
	}
	return request, nil
}

// within returns the member of an answer at a path of names. Where it meets a list, it takes the first entry.
func within(answer json.RawMessage, path string) (json.RawMessage, error) {
	if path == "" {
		return answer, nil
	}
	for name := range strings.SplitSeq(path, ".") {
		var members map[string]json.RawMessage
		if err := json.Unmarshal(answer, &members); err != nil {
			return nil, err
		}
		answer = members[name]
		var list []json.RawMessage
		if json.Unmarshal(answer, &list) == nil && len(list) > 0 {
			answer = list[0]
		}
		if len(answer) == 0 || string(answer) == "null" {
			return nil, fmt.Errorf("no %s", path)
		}
	}
	return answer, nil
}

// address is a URL as errors may show it: queries can hold secrets.
func address(u string) string {
	u, _, _ = strings.Cut(u, "?")
	return u
}

// withoutURL takes the URL out of an error of net/http, for the same reason.
func withoutURL(err error) error {
	if of, ok := errors.AsType[*url.Error](err); ok {
		return of.Err
	}
	return err
}
