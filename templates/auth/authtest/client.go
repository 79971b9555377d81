package authtest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// Password is the one SignUp chooses.
const Password = "correct horse battery"

// M is a JSON object.
type M = map[string]any

// A Client sends requests and keeps the cookies it is given, like a browser on a page of the server's
// own origin.
type Client struct {
	// Header is sent with every request.
	Header http.Header

	server *Server
	page   *url.URL // all cookies are kept for it
	jar    *cookiejar.Jar
	t      testing.TB
}

// Client returns a client without cookies.
func (s *Server) Client() *Client { return s.ClientAt(Origin) }

// ClientAt returns a client on a page of another origin the server is reached at.
func (s *Server) ClientAt(origin string) *Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	page, err := url.Parse(origin + "/")
	if err != nil {
		s.t.Fatal(err)
	}
	return &Client{Header: http.Header{"Origin": {origin}, "User-Agent": {"authtest"}}, server: s, page: page, jar: jar, t: s.t}
}

// Clone returns another client with the same cookies.
func (c *Client) Clone() *Client {
	return c.To(c.server)
}

// To returns a client with the same cookies that talks to another server at the same address.
func (c *Client) To(server *Server) *Client {
	moved := server.ClientAt(c.origin())
	moved.Header = c.Header.Clone()
	moved.jar.SetCookies(c.page, c.jar.Cookies(c.page))
	return moved
}

// SignUp registers a user with the password Password, whose session the client has then.
func (c *Client) SignUp(email string) *Response {
	c.t.Helper()
	return c.Post("/sign-up/email", M{"email": email, "password": Password, "name": "Somebody"}).Want(http.StatusOK)
}

// SignIn signs in with the password Password.
func (c *Client) SignIn(email string) *Response {
	c.t.Helper()
	return c.Post("/sign-in/email", M{"email": email, "password": Password}).Want(http.StatusOK)
}

// SignedIn reports whether the client has a session.
func (c *Client) SignedIn() bool {
	c.t.Helper()
	return string(c.Get("/get-session").Want(http.StatusOK).Body) != "null"
}

// Get requests a path below the base path.
func (c *Client) Get(path string) *Response {
	c.t.Helper()
	return c.Do(c.request(http.MethodGet, path, nil))
}

// Open follows a link, such as one in a mail.
func (c *Client) Open(link string) *Response {
	c.t.Helper()
	return c.Get(strings.TrimPrefix(link, c.origin()+c.server.Auth.BasePath()))
}

// Post sends a value as JSON to a path below the base path. A sign-up also gets what Required returns.
func (c *Client) Post(path string, body any) *Response {
	c.t.Helper()
	return c.Do(c.Request(http.MethodPost, path, body))
}

// Request returns a request with a value as JSON, for Do, so that it can be changed first.
func (c *Client) Request(method, path string, body any) *http.Request {
	c.t.Helper()
	text, err := json.Marshal(withRequired(path, body))
	if err != nil {
		c.t.Fatal(err)
	}
	r := c.request(method, path, bytes.NewReader(text))
	r.Header.Set("Content-Type", "application/json")
	return r
}

// PostForm sends an HTML form.
func (c *Client) PostForm(path string, form url.Values) *Response {
	c.t.Helper()
	r := c.request(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.Do(r)
}

func (c *Client) request(method, path string, body io.Reader) *http.Request {
	r := httptest.NewRequest(method, c.origin()+c.server.Auth.BasePath()+path, body)
	for name, values := range c.Header {
		r.Header[name] = values
	}
	return r
}

// Do sends a request with the client's cookies.
func (c *Client) Do(r *http.Request) *Response {
	c.t.Helper()
	for _, cookie := range c.jar.Cookies(c.page) {
		r.AddCookie(cookie)
	}
	recorder := httptest.NewRecorder()
	c.server.Auth.Handler().ServeHTTP(recorder, r)
	result := recorder.Result()
	c.jar.SetCookies(c.page, result.Cookies())
	return &Response{
		Status: recorder.Code, Header: recorder.Header(), Body: recorder.Body.Bytes(),
		t: c.t, what: r.Method + " " + r.URL.Path,
	}
}

// Cookie returns the value of a cookie the client holds, by its logical name, such as "session_token".
func (c *Client) Cookie(logical string) string {
	for _, cookie := range c.jar.Cookies(c.page) {
		if strings.TrimPrefix(cookie.Name, "__Secure-") == "better-auth."+logical {
			return cookie.Value
		}
	}
	return ""
}

// SetCookie gives the client a cookie.
func (c *Client) SetCookie(logical, value string) {
	c.jar.SetCookies(c.page, []*http.Cookie{{Name: "better-auth." + logical, Value: value, Path: "/"}})
}

func (c *Client) origin() string { return c.page.Scheme + "://" + c.page.Host }
