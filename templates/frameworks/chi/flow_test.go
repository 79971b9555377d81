package chiauth

import (
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
)

func TestSignUpToSignOut(t *testing.T) {
	ada := visit(t, serve(t, authtest.New(t).Auth))
	ada.get("/loaded").want(http.StatusOK, "nobody")
	ada.get("/required").want(http.StatusUnauthorized, `{"message":"Unauthorized","code":"UNAUTHORIZED"}`)

	signedUp := ada.post("/api/auth/sign-up/email", authtest.SignUpBody(authtest.M{"rememberMe": false}))
	if signedUp.status != http.StatusOK {
		t.Fatalf("sign-up: %d %s", signedUp.status, signedUp.body)
	}
	if cookies := signedUp.header["Set-Cookie"]; len(cookies) != 2 {
		t.Errorf("sign-up sets %q, want the session and the choice not to be remembered", cookies)
	}
	if session := ada.get("/api/auth/get-session"); !strings.Contains(session.body, `"email":"ada@example.com"`) {
		t.Errorf("session: %s", session.body)
	}
	ada.get("/loaded").want(http.StatusOK, "Ada")
	ada.get("/required").want(http.StatusOK, "Ada")
	visit(t, ada.origin).get("/required").want(http.StatusUnauthorized, `{"message":"Unauthorized","code":"UNAUTHORIZED"}`)

	ada.post("/api/auth/sign-out", "{}").want(http.StatusOK, `{"success":true}`)
	ada.get("/loaded").want(http.StatusOK, "nobody")
	ada.get("/required").want(http.StatusUnauthorized, `{"message":"Unauthorized","code":"UNAUTHORIZED"}`)
}

// A session that is extended on the way to a route of the application gets a new cookie there.
func TestExtendedSessionReachesTheClient(t *testing.T) {
	for _, path := range []string{"/loaded", "/required"} {
		server := authtest.New(t)
		ada := visit(t, serve(t, server.Auth))
		ada.post("/api/auth/sign-up/email", authtest.SignUpBody(nil))
		if cookies := ada.get(path).want(http.StatusOK, "Ada").header["Set-Cookie"]; cookies != nil {
			t.Errorf("%s: a session that is not due sets %q", path, cookies)
		}
		server.Clock.Advance(48 * time.Hour)
		cookies := ada.get(path).want(http.StatusOK, "Ada").header["Set-Cookie"]
		if len(cookies) != 1 || !strings.HasPrefix(cookies[0], "better-auth.session_token=") {
			t.Errorf("%s: an extended session sets %q", path, cookies)
		}
	}
}

// What the auth server answers arrives as it is: status, headers and body.
func TestAnswersAreUnchanged(t *testing.T) {
	server := authtest.New(t).Auth
	ada := visit(t, serve(t, server))
	forged := http.Header{"Cookie": {"better-auth.session_token=forged"}}
	untrusted := http.Header{"Origin": {"https://evil.example"}, "Cookie": {"a=b"}}
	requests := []struct {
		method, path, body string
		header             http.Header
	}{
		{"GET", "/ok", "", nil},
		{"HEAD", "/ok", "", nil},
		{"GET", "/no/such/endpoint", "", nil},
		{"GET", "/", "", nil},
		{"PATCH", "/sign-in/email", "{}", nil},
		{"DELETE", "/sign-in/email", "", nil},
		{"GET", "/error?error=OOPS", "", nil},
		{"GET", "/reset-password/abc?callbackURL=%2Fdone", "", nil}, // a redirect
		{"GET", "/reset-password/a%2Fb%3F?callbackURL=/", "", nil},
		{"GET", "/get-session", "", forged},
		{"POST", "/sign-in/email", "", nil},
		{"POST", "/sign-in/email", `{"email":`, nil},
		{"POST", "/sign-in/email", `{"email":"ada@example.com","password":"wrong <&> \u00e9"}`, nil},
		{"POST", "/sign-in/email", `{}`, untrusted},
		{"POST", "/sign-in/email", `{}`, http.Header{"Content-Type": {"text/plain"}}},
		{"POST", "/sign-in/email", strings.Repeat(" ", 1<<20+1), nil}, // more than the server takes
	}
	for _, r := range requests {
		path := "/api/auth" + r.path
		got := ada.send(r.method, path, r.body, r.header)
		recorder := httptest.NewRecorder()
		server.ServeHTTP(recorder, newHTTPRequest(r.method, path, r.body, r.header))
		want := &answer{t, "", recorder.Code, recorder.Header(), recorder.Body.String()}
		if got.status != want.status || got.body != want.body {
			t.Errorf("%s %s: %d %q, want %d %q", r.method, path, got.status, got.body, want.status, want.body)
		}
		if !maps.EqualFunc(got.protocolHeader(), want.protocolHeader(), slices.Equal) {
			t.Errorf("%s %s: header %q, want %q", r.method, path, got.protocolHeader(), want.protocolHeader())
		}
	}
}

// A visitor is a browser: it keeps cookies, but does not follow redirects.
type visitor struct {
	t      *testing.T
	client *http.Client
	origin string
}

func visit(t *testing.T, origin string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &visitor{t, &http.Client{Jar: jar, CheckRedirect: stay}, origin}
}

func (v *visitor) get(path string) *answer {
	v.t.Helper()
	return v.send(http.MethodGet, path, "", nil)
}

func (v *visitor) post(path, body string) *answer {
	v.t.Helper()
	return v.send(http.MethodPost, path, body, nil)
}

func (v *visitor) send(method, path, body string, header http.Header) *answer {
	v.t.Helper()
	r := newHTTPRequest(method, v.origin+path, body, header)
	r.RequestURI = "" // it is a client's now
	response, err := v.client.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	_ = response.Body.Close()
	return &answer{v.t, method + " " + path, response.StatusCode, response.Header, string(text)}
}

// newHTTPRequest returns a request as a page of the server's own origin sends it.
func newHTTPRequest(method, target, body string, header http.Header) *http.Request {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header.Set("Origin", authtest.Origin)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	maps.Copy(r.Header, header)
	return r
}

// An answer is a response that has been read.
type answer struct {
	t      *testing.T
	what   string
	status int
	header http.Header
	body   string
}

func (a *answer) want(status int, body string) *answer {
	a.t.Helper()
	if a.status != status || a.body != body {
		a.t.Fatalf("%s: %d %q, want %d %q", a.what, a.status, a.body, status, body)
	}
	return a
}

// protocolHeader leaves out what belongs to the connection.
func (a *answer) protocolHeader() http.Header {
	header := a.header.Clone()
	for _, name := range []string{"Date", "Content-Length", "Connection"} {
		header.Del(name)
	}
	return header
}
