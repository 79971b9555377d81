package core

import (
	"context"
	"slices"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// providerLogout returns the page that ends the session a user has at a provider; "" when there is none.
// The account used last comes first. The sign-out here is done by then, so a failure is only logged.
func (a *Auth) providerLogout(ctx context.Context, call *Call, userID string, in SignOutInput) string {
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
		page, err := a.logoutPage(ctx, call, p, deref(account.IDToken), in)
		if err != nil {
			a.log.ErrorContext(ctx, "signing out at a provider", "provider", p.ID(), "user", userID, "error", err)
		}
		if page != "" && err == nil {
			return page
		}
	}
	return ""
}

func (a *Auth) logoutPage(ctx context.Context, call *Call, p LogoutProvider, idToken string, in SignOutInput) (string, error) {
	returning, ok := p.(ReturningProvider)
	if callback := deref(in.CallbackURL); ok && callback != "" {
		target, err := a.absoluteURL(call, callback)
		if err != nil {
			return "", err
		}
		return returning.ReturningLogoutURL(ctx, call, idToken, deref(in.State), target.String())
	}
	return p.LogoutURL(ctx, call, idToken, deref(in.State))
}

// logout reports that there may be a provider with a sign-out of its own. Those of plugins may not be known yet.
func (s socialProviders) logout() bool {
	return len(s.added) > 0 || slices.ContainsFunc(s.configured, func(p Provider) bool {
		_, ok := p.(LogoutProvider)
		return ok
	})
}
