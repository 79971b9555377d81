package core

import (
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// Logical names of the core cookies.
const (
	sessionTokenCookie = "session_token"
	sessionDataCookie  = "session_data"
	// DontRememberCookie marks a client whose session ends with its browser.
	DontRememberCookie = "dont_remember"
)

// cookie returns a cookie without a value. maxAge is in seconds; 0: the cookie ends with the browser.
func (a *Auth) cookie(call *Call, logical string, maxAge int) web.Cookie {
	adv := a.opts.Advanced
	base, err := a.base(call)
	secure := a.secureCookies(base, err == nil)
	attrs := web.Attributes{MaxAge: maxAge, Path: "/", HTTPOnly: true, Secure: secure, SameSite: "lax"}
	if cross := adv.CrossSubDomainCookies; cross.Enabled {
		attrs.Domain = firstOf(cross.Domain, base.host)
	}
	adv.DefaultCookieAttributes.apply(&attrs)
	attrs.MaxAge = maxAge
	adv.Cookies[logical].Attributes.apply(&attrs)
	return web.Cookie{
		Name:       web.CookieName(secure, adv.CookiePrefix, logical, adv.Cookies[logical].Name),
		Attributes: attrs,
	}
}

// secureCookies reports that cookies get the attribute Secure and the prefix that promises it. Where requests
// decide the base URL, only cookies shared between subdomains follow it (Better Auth 1.7.5).
func (a *Auth) secureCookies(base baseURL, known bool) bool {
	secure := strings.HasPrefix(base.origin, "https://")
	if a.allowedHosts != nil && !(a.opts.Advanced.CrossSubDomainCookies.Enabled && known) {
		protocol := a.opts.DynamicBaseURL.Protocol
		secure = protocol == "https" || protocol != "http" && a.production
	}
	override(&secure, a.opts.Advanced.UseSecureCookies)
	return secure
}

func (attrs CookieAttributes) apply(c *web.Attributes) {
	c.Domain = firstOf(attrs.Domain, c.Domain)
	c.Path = firstOf(attrs.Path, c.Path)
	c.SameSite = firstOf(attrs.SameSite, c.SameSite)
	override(&c.HTTPOnly, attrs.HTTPOnly)
	override(&c.Secure, attrs.Secure)
	override(&c.Partitioned, attrs.Partitioned)
	override(&c.MaxAge, attrs.MaxAge)
}

func override[T any](value *T, with *T) {
	if with != nil {
		*value = *with
	}
}

// SetCookie puts a signed cookie on the answer. maxAge is in seconds; 0: it ends with the browser.
func (a *Auth) SetCookie(call *Call, logical, value string, maxAge int) {
	cookie := a.cookie(call, logical, maxAge)
	cookie.Value = a.SignToken(value)
	web.SetCookie(call.header, cookie)
}

// MoveCookieLast puts a cookie that this call has set behind those it has set since.
func (a *Auth) MoveCookieLast(call *Call, logical string) {
	prefix := a.cookie(call, logical, 0).Name + "="
	lines := call.header["Set-Cookie"]
	at := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, prefix) })
	if at >= 0 {
		call.header["Set-Cookie"] = append(slices.Delete(slices.Clone(lines), at, at+1), lines[at])
	}
}

// Cookie returns the value of a signed cookie of the request; false when it is missing or forged.
func (a *Auth) Cookie(call *Call, logical string) (string, bool) {
	return call.cookies().Signed(a.keys.Signing(), a.cookie(call, logical, 0).Name)
}

// ExpireCookie removes a cookie from the client, and from the answer where this call has already set it.
func (a *Auth) ExpireCookie(call *Call, logical string) {
	cookie := a.cookie(call, logical, 0)
	web.ExpireCookie(call.header, cookie.Name, cookie.Attributes)
}

// setSessionCookie sends the session token to the client, and the session for its cache.
func (a *Auth) setSessionCookie(call *Call, current *SessionAndUser, dontRemember bool) {
	a.setTokenCookie(call, current.Session.Token, dontRemember)
	if dontRemember {
		a.SetCookie(call, DontRememberCookie, "true", 0)
	}
	a.setSessionCache(call, current, dontRemember)
}

// setTokenCookie sends the session token to the client.
func (a *Auth) setTokenCookie(call *Call, token string, dontRemember bool) {
	maxAge := a.opts.Session.ExpiresIn
	if dontRemember {
		maxAge = 0
	}
	a.SetCookie(call, sessionTokenCookie, token, maxAge)
	signed := a.SignToken(token)
	for i := range a.hooks {
		if hook := a.hooks[i].OnSessionCookie; hook != nil {
			hook(call, signed)
		}
	}
}

// ExpireSessionCookies signs the client out. The choice not to be remembered outlives a challenge, so
// that it still holds for the session opened after it: then keepDontRemember is true.
func (a *Auth) ExpireSessionCookies(call *Call, keepDontRemember bool) {
	a.ExpireCookie(call, sessionTokenCookie)
	a.ExpireCookie(call, sessionDataCookie)
	a.expireOAuthCookies(call)
	cookie := a.cookie(call, sessionDataCookie, 0)
	web.ExpireSentChunks(call.header, call.cookies(), cookie.Name, cookie.Attributes)
	if !keepDontRemember {
		a.ExpireCookie(call, DontRememberCookie)
	}
}

// dontRemember reports that the client holds a session that ends with its browser.
func (a *Auth) dontRemember(call *Call) bool {
	_, ok := a.Cookie(call, DontRememberCookie)
	return ok
}

// SignToken returns token with its signature, as it stands in the session cookie before escaping.
func (a *Auth) SignToken(token string) string { return web.SignedValue(a.keys.Signing(), token) }

// VerifyToken returns the token inside a signed one; false when the signature is wrong.
func (a *Auth) VerifyToken(signed string) (string, bool) {
	return web.ReadSigned(a.keys.Signing(), signed)
}
