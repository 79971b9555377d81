package core

import (
	"encoding/json"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// Lifetimes of the cache of a session that ends with its browser (Better Auth 1.7.5): its cookie has no
// Max-Age to take them from.
const (
	unrememberedCompact = time.Minute
	unrememberedToken   = 5 * time.Minute
)

// sessionCacheSalt separates the keys of encrypted caches from those of other encrypted cookies.
const sessionCacheSalt = "better-auth-session"

// cachedSession is what the session_data cookie holds: the session as clients may see it. The order of
// the members is part of the protocol, because signatures are made over the JSON text.
type cachedSession struct {
	Session   *model.Session `json:"session"`
	User      *model.User    `json:"user"`
	UpdatedAt int64          `json:"updatedAt"` // Unix milliseconds
	Version   string         `json:"version"`
}

// setSessionCache puts the session into a cookie, so that the next reads need no store.
func (a *Auth) setSessionCache(call *Call, current *SessionAndUser, dontRemember bool) {
	opts := a.opts.Session.CookieCache
	if !opts.Enabled {
		return
	}
	cookie := a.cookie(call, sessionDataCookie, opts.MaxAge)
	if dontRemember {
		cookie.MaxAge = 0
	}
	value, err := a.encodeCache(current, seconds(cookie.MaxAge))
	if err != nil {
		a.log.Error("session was not cached", "error", err)
		return
	}
	cookie.Value = value
	if !web.SetChunkedCookie(call.header, call.cookies(), cookie) {
		a.log.Warn("session is too large for a cookie and was not cached", "user", current.User.ID)
	}
	a.renewAccountCookie(call, current.User.ID)
}

// encodeCache returns the value of the cookie. A lifetime of 0 is that of a browser session.
func (a *Auth) encodeCache(current *SessionAndUser, lifetime time.Duration) (string, error) {
	now := a.now()
	cached := cachedSession{
		Session: current.Session, User: current.User,
		UpdatedAt: now.UnixMilli(), Version: a.cacheVersion(current),
	}
	strategy := a.opts.Session.CookieCache.Strategy
	switch {
	case lifetime > 0:
	case strategy == "compact":
		lifetime = unrememberedCompact
	default:
		lifetime = unrememberedToken
	}
	switch strategy {
	case "jwt":
		return secure.SignJWT(a.keys.Signing(), struct {
			cachedSession
			IssuedAt int64 `json:"iat"`
			Expires  int64 `json:"exp"`
		}{cached, now.Unix(), now.Add(lifetime).Unix()})
	case "jwe":
		return secure.SealJWE(a.keys.Signing(), sessionCacheSalt, cached, lifetime, now)
	}
	payload, err := secure.JSON(cached)
	if err != nil {
		return "", err
	}
	return secure.SignCompact(a.keys.Signing(), payload, now.Add(lifetime)), nil
}

// readCache returns the session in the caller's cookie, provided it is that of token and still good.
// A cookie that is not is taken back, and one that ends soon is renewed where the options say so.
func (a *Auth) readCache(call *Call, token string) *SessionAndUser {
	value, ok := call.cookies().Chunked(a.cookie(call, sessionDataCookie, 0).Name)
	if !ok || value == "" {
		return nil
	}
	cached, expires, err := a.decodeCache(value)
	if err != nil || expires.Before(a.now()) || !a.usable(cached, token) {
		a.ExpireCookie(call, sessionDataCookie)
		return nil
	}
	current := &SessionAndUser{Session: cached.Session, User: cached.User}
	a.refreshCache(call, current, expires)
	return current
}

// decodeCache checks the authenticity and age of a cookie's value and reads it, with the end of its lifetime.
func (a *Auth) decodeCache(value string) (*cachedSession, time.Time, error) {
	var token struct {
		cachedSession
		Expires float64 `json:"exp"` // Unix seconds
	}
	var err error
	switch a.opts.Session.CookieCache.Strategy {
	case "jwt":
		err = secure.VerifyJWT(a.keys.Signing(), value, a.now(), &token)
	case "jwe":
		err = secure.OpenJWE(a.keys.Secrets(), sessionCacheSalt, value, a.now(), &token)
	default:
		return a.decodeCompact(value)
	}
	return &token.cachedSession, time.UnixMilli(int64(token.Expires * 1000)), err
}

func (a *Auth) decodeCompact(value string) (*cachedSession, time.Time, error) {
	payload, expires, err := secure.VerifyCompact(a.keys.Signing(), value, a.now())
	if err != nil {
		return nil, expires, err
	}
	var cached cachedSession
	return &cached, expires, json.Unmarshal(payload, &cached)
}

// usable reports that a cache is that of the session token and has neither expired nor been outdated by
// a new version.
func (a *Auth) usable(cached *cachedSession, token string) bool {
	if cached.Session == nil || cached.User == nil || cached.Session.UserID != cached.User.ID {
		return false
	}
	current := &SessionAndUser{Session: cached.Session, User: cached.User}
	return secure.Equal(cached.Session.Token, token) &&
		firstOf(cached.Version, defaultCacheVersion) == a.cacheVersion(current) &&
		cached.Session.ExpiresAt.After(a.now())
}

// defaultCacheVersion is the version where none is configured.
const defaultCacheVersion = "1"

// cacheVersion returns the version a cache of the session must have to count.
func (a *Auth) cacheVersion(current *SessionAndUser) string {
	for i := range a.hooks {
		if version := a.hooks[i].CookieCacheVersion; version != nil {
			return version(current)
		}
	}
	return firstOf(a.opts.Session.CookieCache.Version, defaultCacheVersion)
}

// expireSessionCache removes the cookie and those of its chunks the caller has.
func (a *Auth) expireSessionCache(call *Call) {
	cookie := a.cookie(call, sessionDataCookie, 0)
	web.ExpireChunkedCookie(call.header, call.cookies(), cookie.Name, cookie.Attributes)
}
