package core

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// A Call is one use of an endpoint: the request headers it came with and the response headers it
// leaves. The HTTP layer makes one for each request. To call an endpoint from Go on behalf of a
// request, make one with NewCall and copy Header to your response, so that cookies reach the client:
//
//	call := core.NewCall(r)
//	session, err := a.GetSession(r.Context(), call, core.GetSessionInput{})
//	call.CopyTo(w)
type Call struct {
	request  *http.Request
	base     *baseURL // taken from the request, once it was needed
	header   http.Header
	location string
	page     []byte // an HTML answer instead of JSON
	status   int    // of a redirect

	sessionRead   bool
	sessionCached bool            // session comes from the cookie cache
	session       *SessionAndUser // the caller's, once read
	newSession    *SessionAndUser // opened or rotated by this call
	oauthState    *OAuthState     // of the callback of a provider
	accountSent   bool            // the call itself set or removed the account cookie

	cookieLines []string // the header that sent was parsed from
	sent        web.Cookies
}

// NewCall returns a Call with the cookies and headers of r. A nil r stands for a caller without any,
// such as a job of your own.
func NewCall(r *http.Request) *Call {
	if r == nil {
		r = &http.Request{Method: http.MethodPost, Header: http.Header{}, URL: &url.URL{}}
	}
	return &Call{request: r, header: http.Header{}}
}

// Request returns the request behind the call; never nil.
func (c *Call) Request() *http.Request { return c.request }

// userAgent is what the client calls itself; "" when it does not say.
func (c *Call) userAgent() string { return web.HeaderText(c.request.Header, "User-Agent") }

// Header returns the response headers.
func (c *Call) Header() http.Header { return c.header }

// cookies returns the cookies of the request. They are parsed again only when a hook has changed them.
func (c *Call) cookies() web.Cookies {
	if lines := c.request.Header["Cookie"]; !slices.Equal(lines, c.cookieLines) {
		c.cookieLines, c.sent = slices.Clone(lines), web.ReadCookies(c.request.Header)
	}
	return c.sent
}

// CopyTo adds the response headers to w.
func (c *Call) CopyTo(w http.ResponseWriter) {
	for name, values := range c.header {
		w.Header()[name] = append(w.Header()[name], values...)
	}
}

// setSession remembers the caller's session, nil for none.
func (c *Call) setSession(session *SessionAndUser) {
	c.session, c.sessionRead, c.sessionCached = session, true, false
}

// NewSession returns the session this call opened, or nil.
func (c *Call) NewSession() *SessionAndUser { return c.newSession }

// OAuthState returns what the sign-in through a provider that this call ends, or begins, remembers; nil
// for other calls. Its Data is the client's additionalData.
func (c *Call) OAuthState() *OAuthState { return c.oauthState }

// Redirect makes the answer a redirect to target.
func (c *Call) Redirect(target string) {
	c.location, c.status = target, http.StatusFound
}

// Location returns where the answer redirects to, or "".
func (c *Call) Location() string { return c.location }

// overHTTP reports that a request, not Go code, made the call.
func (c *Call) overHTTP() bool { return c.request.RequestURI != "" }
