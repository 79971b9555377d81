package haveibeenpwned_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
)

// The service learns five digits of a hash, and is asked for padding.
//
// security: 5, 18
func TestRequest(t *testing.T) {
	server, service := start(t, nil)
	signUp(server.Client(), "ada@example.com", "pässwörter 🔑")
	r := service.requests[0]
	if got, want := r.URL.String(), "https://api.pwnedpasswords.com/range/"+digits("pässwörter 🔑")[:5]; got != want {
		t.Errorf("asked %s, want %s", got, want)
	}
	if r.Method != http.MethodGet || r.Body != nil || r.Header.Get("Add-Padding") != "true" || r.Header.Get("User-Agent") == "" || len(r.Header) != 2 {
		t.Errorf("%s with %v", r.Method, r.Header)
	}
}

// Whatever the service answers but a list that lacks the hash, no password is taken.
//
// security: 5, 50
func TestAnswers(t *testing.T) {
	suffix := digits("a new password")[5:]
	for name, test := range map[string]struct {
		answer func(*http.Request) (*http.Response, error)
		status int
		want   string // message or code
	}{
		"only padding":      {says(200, padding+"\r\n"), 200, `"token"`},
		"padding of itself": {says(200, suffix+":0"), 200, `"token"`},
		"seen":              {says(200, padding+"\n"+suffix+":3\n"), 400, "PASSWORD_COMPROMISED"},
		"lower case":        {says(200, strings.ToLower(suffix)+":3"), 400, "PASSWORD_COMPROMISED"},
		"no number":         {says(200, suffix+":many"), 500, unavailable},
		"no count":          {says(200, suffix), 500, unavailable},
		"negative":          {says(200, suffix+":-1"), 500, unavailable},
		"fraction":          {says(200, suffix+":1.5"), 500, unavailable},
		"leading zero":      {says(200, suffix+":03"), 500, unavailable},
		"too large":         {says(200, suffix+":99999999999999999999"), 500, unavailable},
		"a login page":      {says(200, "<html>Welcome to our network</html>"), 500, unavailable},
		"nothing":           {says(200, ""), 500, unavailable},
		"error":             {says(503, "busy"), 500, "Failed to check password. Status: 503"},
		"limited":           {says(429, ""), 500, "Failed to check password. Status: 429"},
		"redirect":          {redirects, 500, unavailable},
		"unreachable":       {fails, 500, unavailable},
		"endless":           {endless, 500, unavailable},
	} {
		t.Run(name, func(t *testing.T) {
			server, service := start(t, nil)
			service.answer = test.answer
			ada := server.Client()
			answer := signUp(ada, "ada@example.com", "a new password").Want(test.status)
			if !strings.Contains(string(answer.Body), test.want) || ada.SignedIn() != (test.status == 200) {
				t.Errorf("answer %s, signed in: %v", answer.Body, ada.SignedIn())
			}
		})
	}
}

const unavailable = "Failed to check password. Please try again later."

func fails(*http.Request) (*http.Response, error) { return nil, errors.New("connection refused") }

func redirects(r *http.Request) (*http.Response, error) {
	answer, err := says(302, "")(r)
	answer.Header.Set("Location", "https://elsewhere.example.com/")
	return answer, err
}

func endless(r *http.Request) (*http.Response, error) {
	answer, err := says(200, "")(r)
	answer.Body = io.NopCloser(zeros{})
	return answer, err
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return copy(p, bytes.Repeat([]byte("0"), len(p))), nil }

// Why the question failed is logged, without a part of the hash.
//
// security: 18, 49
func TestFailureIsLogged(t *testing.T) {
	var log bytes.Buffer
	server, service := start(t, nil, authtest.WithLogger(slog.New(slog.NewTextHandler(&log, nil))))
	service.answer = fails
	signUp(server.Client(), "ada@example.com", leaked).Want(500)
	if text := log.String(); !strings.Contains(text, "connection refused") || strings.Contains(text, digits(leaked)[:5]) {
		t.Errorf("log: %s", text)
	}
}
