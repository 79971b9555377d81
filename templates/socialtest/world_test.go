package socialtest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
)

// call is a request a provider received.
type call struct {
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Query   map[string]string `json:"query"`
	Body    map[string]any    `json:"body"`
	Headers map[string]string `json:"headers"`
}

// world is a local server that stands in for the hosts of all providers.
type world struct {
	server *httptest.Server
	// answers are bodies by URL without query; others are not found.
	answers map[string]json.RawMessage
	mu      sync.Mutex
	calls   []call
}

func newWorld(t testing.TB, answers map[string]json.RawMessage) *world {
	w := &world{answers: answers}
	w.server = httptest.NewServer(w)
	t.Cleanup(w.server.Close)
	return w
}

const meant = "X-Meant-For"

// RoundTrip leads every request to the local server.
func (w *world) RoundTrip(r *http.Request) (*http.Response, error) {
	there, err := url.Parse(w.server.URL)
	if err != nil {
		return nil, err
	}
	r = r.Clone(r.Context())
	r.Header.Set(meant, r.URL.Scheme+"://"+r.URL.Host)
	r.URL.Scheme, r.URL.Host, r.Host = there.Scheme, there.Host, ""
	return w.server.Client().Transport.RoundTrip(r)
}

func (w *world) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	c := call{Method: r.Method, URL: r.Header.Get(meant) + r.URL.EscapedPath(), Headers: map[string]string{}}
	c.Query = flat(r.URL.Query())
	body, _ := io.ReadAll(r.Body)
	if strings.HasPrefix(string(body), "{") {
		_ = json.Unmarshal(body, &c.Body)
	} else if form, err := url.ParseQuery(string(body)); err == nil && len(body) > 0 {
		c.Body = map[string]any{}
		for name, value := range flat(form) {
			c.Body[name] = value
		}
	}
	for _, name := range []string{"authorization", "accept", "user-agent", "notion-version", "content-type"} {
		if value := r.Header.Get(name); value != "" {
			c.Headers[name] = value
		}
	}
	w.mu.Lock()
	w.calls = append(w.calls, c)
	w.mu.Unlock()
	answer, ok := w.answers[c.URL]
	if !ok {
		http.NotFound(out, r)
		return
	}
	var text string
	if json.Unmarshal(answer, &text) == nil {
		_, _ = io.WriteString(out, text)
		return
	}
	out.Header().Set("Content-Type", "application/json")
	_, _ = out.Write(answer)
}

// received returns the requests so far.
func (w *world) received() []call {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.calls)
}

// flat is a query in which every name has one value; a second one shows.
func flat(q url.Values) map[string]string {
	if len(q) == 0 {
		return nil
	}
	out := map[string]string{}
	for name, values := range q {
		out[name] = strings.Join(values, " AND ")
	}
	return out
}
