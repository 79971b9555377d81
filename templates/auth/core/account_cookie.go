package core

import (
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// accountDataCookie is the logical name of the cookie with the account last signed in with.
const accountDataCookie = "account_data"

// accountCookieSalt separates the keys of account cookies from those of other encrypted cookies.
const accountCookieSalt = "better-auth-account"

// accountClaims is an account with its tokens, as the account cookie holds it: encrypted.
type accountClaims struct {
	AccountID             string      `json:"accountId"`
	ProviderID            string      `json:"providerId"`
	UserID                string      `json:"userId"`
	AccessToken           *string     `json:"accessToken"`
	RefreshToken          *string     `json:"refreshToken"`
	IDToken               *string     `json:"idToken"`
	AccessTokenExpiresAt  *model.Time `json:"accessTokenExpiresAt"`
	RefreshTokenExpiresAt *model.Time `json:"refreshTokenExpiresAt"`
	Scope                 *string     `json:"scope"`
	CreatedAt             model.Time  `json:"createdAt"`
	UpdatedAt             model.Time  `json:"updatedAt"`
	ID                    string      `json:"id"`
}

func claimsOf(account *model.Account) accountClaims {
	return accountClaims{
		AccountID: account.AccountID, ProviderID: account.ProviderID, UserID: account.UserID,
		AccessToken: account.AccessToken, RefreshToken: account.RefreshToken, IDToken: account.IDToken,
		AccessTokenExpiresAt: account.AccessTokenExpiresAt, RefreshTokenExpiresAt: account.RefreshTokenExpiresAt,
		Scope: account.Scope, CreatedAt: account.CreatedAt, UpdatedAt: account.UpdatedAt, ID: account.ID,
	}
}

func (c accountClaims) account() *model.Account {
	return &model.Account{
		AccountID: c.AccountID, ProviderID: c.ProviderID, UserID: c.UserID,
		AccessToken: c.AccessToken, RefreshToken: c.RefreshToken, IDToken: c.IDToken,
		AccessTokenExpiresAt: c.AccessTokenExpiresAt, RefreshTokenExpiresAt: c.RefreshTokenExpiresAt,
		Scope: c.Scope, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt, ID: c.ID,
	}
}

// setAccountCookie sends an account to the client, if the options ask for it.
func (a *Auth) setAccountCookie(call *Call, account *model.Account) {
	if a.opts.Account.StoreAccountCookie {
		call.accountSent = true
		a.sendAccountCookie(call, account)
	}
}

// sendAccountCookie puts an account into its cookie. Nothing depends on it, so a failure is only logged.
func (a *Auth) sendAccountCookie(call *Call, account *model.Account) {
	cookie := a.cookie(call, accountDataCookie, a.opts.Session.CookieCache.MaxAge)
	sealed, err := secure.SealJWE(a.keys.Signing(), accountCookieSalt, claimsOf(account), seconds(cookie.MaxAge), a.now())
	if err != nil {
		a.log.Error("account was not put into a cookie", "error", err)
		return
	}
	cookie.Value = sealed
	if !web.SetChunkedCookie(call.header, call.cookies(), cookie) {
		a.log.Warn("account is too large for a cookie", "provider", account.ProviderID, "user", account.UserID)
	}
}

// accountInCookie returns the account in the account cookie, which must be the user's.
func (a *Auth) accountInCookie(call *Call, userID string) (*model.Account, error) {
	if !a.opts.Account.StoreAccountCookie {
		return nil, ErrAccountNotFound
	}
	claims, ok := a.readAccountCookie(call)
	if !ok || claims.UserID != userID {
		return nil, ErrAccountNotFound
	}
	return claims.account(), nil
}

func (a *Auth) readAccountCookie(call *Call) (claims accountClaims, ok bool) {
	sealed, _ := call.cookies().Chunked(a.cookie(call, accountDataCookie, 0).Name)
	err := secure.OpenJWE(a.keys.Secrets(), accountCookieSalt, sealed, a.now(), &claims)
	return claims, err == nil
}

// renewAccountCookie lets the account cookie live as long as the copy of the session that is being sent, and
// takes it back when it is another user's. What the call says about accounts itself stands.
func (a *Auth) renewAccountCookie(call *Call, userID string) {
	if !a.opts.Account.StoreAccountCookie || call.accountSent {
		return
	}
	switch claims, ok := a.readAccountCookie(call); {
	case ok && claims.UserID == userID:
		a.sendAccountCookie(call, claims.account())
	case ok:
		a.expireAccountCookie(call)
	}
}

// expireOAuthCookies makes the client forget what it holds of accounts and of sign-ins under way.
func (a *Auth) expireOAuthCookies(call *Call) {
	if a.opts.Account.StoreAccountCookie {
		call.accountSent = true
		a.expireAccountCookie(call)
	}
	if a.statesInCookies() {
		a.ExpireCookie(call, oauthStateCookie)
	}
}

func (a *Auth) expireAccountCookie(call *Call) {
	cookie := a.cookie(call, accountDataCookie, 0)
	a.ExpireCookie(call, accountDataCookie)
	web.ExpireSentChunks(call.header, call.cookies(), cookie.Name, cookie.Attributes)
}
