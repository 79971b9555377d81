package authtest

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// A Response is the answer to a request.
type Response struct {
	Status int
	Header http.Header
	Body   []byte

	t    testing.TB
	what string
}

// Want fails the test unless the answer has the status.
func (r *Response) Want(status int) *Response {
	r.t.Helper()
	if r.Status != status {
		r.t.Fatalf("%s: status %d, want %d: %s", r.what, r.Status, status, r.Body)
	}
	return r
}

// WantError fails the test unless the answer is the error.
func (r *Response) WantError(status int, code string) *Response {
	r.t.Helper()
	if r.Status != status || r.Text("code") != code {
		r.t.Fatalf("%s: %d %s, want %d %s", r.what, r.Status, r.Body, status, code)
	}
	return r
}

// Value returns a member of the JSON answer, such as "user.email"; nil when it is not there.
func (r *Response) Value(path string) any {
	r.t.Helper()
	if len(r.Body) == 0 {
		return nil
	}
	var value any
	if err := json.Unmarshal(r.Body, &value); err != nil {
		r.t.Fatalf("%s: %v: %s", r.what, err, r.Body)
	}
	for name := range strings.SplitSeq(path, ".") {
		object, _ := value.(M)
		value = object[name]
	}
	return value
}

// Text returns a member that is a string; "" otherwise.
func (r *Response) Text(path string) string {
	r.t.Helper()
	text, _ := r.Value(path).(string)
	return text
}

// Cookies returns the Set-Cookie lines up to their value: "session_token=…". Names are logical.
func (r *Response) Cookies() []string {
	var cookies []string
	for _, line := range r.Header.Values("Set-Cookie") {
		cookie, _, _ := strings.Cut(line, ";")
		cookies = append(cookies, strings.TrimPrefix(cookie, "better-auth."))
	}
	return cookies
}

// SetCookie returns the Set-Cookie line of a cookie; "" when it is not set.
func (r *Response) SetCookie(logical string) string {
	for _, line := range r.Header.Values("Set-Cookie") {
		if strings.HasPrefix(strings.TrimPrefix(line, "__Secure-"), "better-auth."+logical+"=") {
			return line
		}
	}
	return ""
}
