package core

import (
	"context"
	"encoding/json"
)

// AccountInfoOutput is what a provider says about one of the caller's accounts.
type AccountInfoOutput struct {
	User    *ProviderProfile `json:"user"`
	Data    any              `json:"data"`
	Account AccountKey       `json:"account"`
}

// AccountKey names an account: its row, and the provider's name of it.
type AccountKey struct {
	ID         string `json:"id"`
	ProviderID string `json:"providerId"`
	AccountID  string `json:"accountId"`
}

// MarshalJSON implements json.Marshaler. What the provider did not tell is left out.
func (p *ProviderProfile) MarshalJSON() ([]byte, error) {
	text, err := encodeJSON(struct {
		Name          string  `json:"name,omitempty"`
		Email         string  `json:"email,omitempty"`
		Image         *string `json:"image,omitempty"`
		EmailVerified bool    `json:"emailVerified"`
	}{p.Name, p.Email, p.Image, p.EmailVerified})
	if err != nil || len(p.Fields) == 0 {
		return text, err
	}
	members := map[string]json.RawMessage{}
	for name, value := range p.Fields {
		members[name] = value
	}
	if err := json.Unmarshal(text, &members); err != nil {
		return nil, err
	}
	return encodeJSON(members)
}

// AccountInfo asks a provider who one of the caller's accounts belongs to.
func (a *Auth) AccountInfo(ctx context.Context, call *Call, in AccountSelection) (*AccountInfoOutput, error) {
	account, err := a.selectAccount(ctx, call, in)
	if err != nil {
		return nil, err
	}
	provider := a.Provider(account.ProviderID)
	if provider == nil {
		return nil, ErrProviderNotConfigured
	}
	valid, err := a.validAccessToken(ctx, call, provider, account)
	if err != nil {
		return nil, err
	}
	if valid.AccessToken == "" {
		return nil, ErrAccessTokenNotFound
	}
	tokens := &OAuthTokens{AccessToken: valid.AccessToken, IDToken: deref(valid.IDToken), Scopes: valid.Scopes}
	if valid.AccessTokenExpiresAt != nil {
		tokens.AccessTokenExpiresAt = &valid.AccessTokenExpiresAt.Time
	}
	profile, err := provider.UserInfo(ctx, tokens, nil)
	if err != nil || profile == nil {
		a.log.ErrorContext(ctx, "reading a profile", "provider", provider.ID(), "error", err)
		return nil, ErrProviderUserInfo
	}
	return &AccountInfoOutput{
		User: profile, Data: profile.Data,
		Account: AccountKey{ID: account.ID, ProviderID: account.ProviderID, AccountID: account.AccountID},
	}, nil
}
