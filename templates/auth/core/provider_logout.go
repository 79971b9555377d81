package core

import (
	"context"
	"net/url"
	"slices"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// providerLogout returns the page that ends the session a user has at a provider; "" when there is none.
// The account used last comes first. The sign-out here is done by then, so a failure is only logged.
func (a *Auth) providerLogout(ctx context.Context, userID string, in SignOutInput) string {
	if !a.social.logout() {
		return ""
	}
	accounts, err := a.store.AccountsByUser(ctx, userID)
	if err != nil {
		a.log.ErrorContext(ctx, "signing out at a provider", "user", userID, "error", err)
		return ""
	}
	slices.SortStableFunc(accounts, func(x, y model.Account) int { return y.UpdatedAt.Compare(x.UpdatedAt.Time) })
	seen := map[string]bool{}
	for _, account := range accounts {
		p, ok := a.Provider(account.ProviderID).(LogoutProvider)
		if !ok || seen[p.ID()] {
			continue
		}
		seen[p.ID()] = true
		page, err := a.logoutPage(ctx, p, deref(account.IDToken), in)
		if err != nil {
			a.log.ErrorContext(ctx, "signing out at a provider", "provider", p.ID(), "user", userID, "error", err)
		}
		if page != "" && err == nil {
			return page
		}
	}
	return ""
}

func (a *Auth) logoutPage(ctx context.Context, p LogoutProvider, idToken string, in SignOutInput) (string, error) {
	returning, ok := p.(ReturningProvider)
	if callback := deref(in.CallbackURL); ok && callback != "" {
		target, err := a.absolute(callback)
		if err != nil {
			return "", err
		}
		return returning.ReturningLogoutURL(ctx, idToken, deref(in.State), target)
	}
	return p.LogoutURL(ctx, idToken, deref(in.State))
}

// absolute returns the URL a browser makes of a link on a page of this server.
func (a *Auth) absolute(link string) (string, error) {
	base, err := url.Parse(a.baseURL)
	if err != nil {
		return "", err
	}
	target, err := base.Parse(link)
	if err != nil {
		return "", err
	}
	return target.String(), nil
}

// logout reports that there may be a provider with a sign-out of its own. Those of plugins may not be known yet.
func (s socialProviders) logout() bool {
	return len(s.added) > 0 || slices.ContainsFunc(s.configured, func(p Provider) bool {
		_, ok := p.(LogoutProvider)
		return ok
	})
}
