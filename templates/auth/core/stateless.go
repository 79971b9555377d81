package core

import (
	"context"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// stateless reports that there is neither a database nor secondary storage. Then the copy of a session in its
// cookie is the session: it counts where another server would ask the store, and until it ends nothing can
// revoke it.
func (a *Auth) stateless() bool { return a.opts.NoDatabase && a.secondary == nil }

// configureCache settles what options of the cookie cache are when they are not set.
func (a *Auth) configureCache() {
	cache := &a.opts.Session.CookieCache
	if a.opts.NoDatabase && cache.MaxAge == 0 {
		cache.MaxAge = a.opts.Session.ExpiresIn
	}
	if cache.RefreshCache.Enabled && !a.stateless() {
		a.log.Warn("session.cookieCache.refreshCache is ignored: there is a store, which renews the cache")
		cache.RefreshCache.Enabled = false
	}
}

// refreshCache sends a copy that expires soon again, and the cookie of its token. The session does not live longer
// for that: its own expiry is in the copy.
func (a *Auth) refreshCache(call *Call, current *SessionAndUser, expires time.Time) {
	if !a.opts.Session.CookieCache.RefreshCache.Enabled || expires.Sub(a.now()) >= a.cacheUpdateAge() {
		return
	}
	a.setSessionCache(call, current, false)
	a.setTokenCookie(call, current.Session.Token, a.dontRemember(call))
}

// cacheUpdateAge is how long before its end a copy is renewed.
func (a *Auth) cacheUpdateAge() time.Duration {
	cache := a.opts.Session.CookieCache
	age := cache.MaxAge / 5 // Better Auth 1.7.5
	override(&age, cache.RefreshCache.UpdateAge)
	return seconds(age)
}

// storedVersion returns a session as the store has it, with the fields that are not in cookies; or current, where
// a stateless server's memory does not know it.
func (a *Auth) storedVersion(ctx context.Context, current *SessionAndUser) (*SessionAndUser, error) {
	if !a.stateless() {
		return current, nil
	}
	stored, err := a.findSession(ctx, current.Session.Token)
	if err != nil || stored == nil {
		return current, err
	}
	return stored, nil
}

// latestAccount returns the row of account. Without a database the account may come from a cookie and be newer than
// what the memory of this process has of it, or unknown there.
func (a *Auth) latestAccount(ctx context.Context, account *model.Account) (*model.Account, error) {
	row, err := a.store.AccountByID(ctx, account.ID)
	if !a.opts.NoDatabase {
		return row, err
	}
	if row, err = found(row, err); err != nil {
		return nil, err
	}
	if row == nil || row.UpdatedAt.Before(account.UpdatedAt.Time) {
		latest := *account
		return &latest, nil
	}
	return row, nil
}
