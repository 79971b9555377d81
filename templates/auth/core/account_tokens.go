package core

import (
	"slices"
	"strings"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// newAccount returns an account of a user with a provider that is not stored yet.
func (a *Auth) newAccount(userID string, p Provider, profile *ProviderProfile, tokens *OAuthTokens, scope *string) (*model.Account, error) {
	now := a.Now()
	account := &model.Account{
		ID: a.NewID("account"), AccountID: profile.AccountID, ProviderID: p.ID(), UserID: userID,
		Scope: scope, CreatedAt: now, UpdatedAt: now,
	}
	account.SetDefaults()
	return account, a.putTokens(account, tokens)
}

// putTokens copies the tokens a provider handed out to an account. What it left out stays as it is.
func (a *Auth) putTokens(account *model.Account, tokens *OAuthTokens) error {
	for _, token := range []struct {
		plain  string
		column **string
	}{{tokens.AccessToken, &account.AccessToken}, {tokens.RefreshToken, &account.RefreshToken}} {
		if token.plain == "" {
			continue
		}
		sealed, err := a.sealToken(token.plain)
		if err != nil {
			return err
		}
		*token.column = &sealed
	}
	if tokens.IDToken != "" {
		account.IDToken = &tokens.IDToken
	}
	putTime(&account.AccessTokenExpiresAt, tokens.AccessTokenExpiresAt)
	putTime(&account.RefreshTokenExpiresAt, tokens.RefreshTokenExpiresAt)
	return nil
}

func putTime(column **model.Time, t *time.Time) {
	if t != nil {
		stored := model.NewTime(*t)
		*column = &stored
	}
}

// sealToken returns a token in the form the options want it stored in. ID tokens are not sealed: they
// prove who someone is to this application only.
func (a *Auth) sealToken(token string) (string, error) {
	if !a.opts.Account.EncryptOAuthTokens {
		return token, nil
	}
	return a.Encrypt(token)
}

// openToken returns a stored token; "" when there is none. Those stored before encryption was turned on
// are plain.
func (a *Auth) openToken(stored *string) (string, error) {
	token := deref(stored)
	if !a.opts.Account.EncryptOAuthTokens || !secure.Encrypted(token) {
		return token, nil
	}
	return a.Decrypt(token)
}

// joinScopes returns scopes in the form they are stored in.
func joinScopes(scopes []string) *string {
	joined := strings.Join(scopes, ",")
	return &joined
}

// splitScopes returns stored scopes one by one; an empty list for none.
func splitScopes(stored *string) []string {
	scopes := []string{}
	for scope := range strings.SplitSeq(deref(stored), ",") {
		if scope = strings.TrimSpace(scope); scope != "" {
			scopes = append(scopes, scope)
		}
	}
	return scopes
}

// mergeScopes adds scopes to stored ones, each once; nil when there are none at all.
func mergeScopes(stored *string, more []string) *string {
	all := splitScopes(stored)
	for _, scope := range more {
		if scope = strings.TrimSpace(scope); scope != "" && !slices.Contains(all, scope) {
			all = append(all, scope)
		}
	}
	if len(all) == 0 {
		return stored
	}
	return joinScopes(all)
}
