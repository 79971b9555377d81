package social

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const lineID = "line"

// LineOptions are the settings of sign-in with LINE.
type LineOptions struct{ Options }

// Line is sign-in with LINE.
func Line(o LineOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: lineID,
		Authorization: Authorization{
			URL:       "https://access.line.me/oauth2/v2.1/authorize",
			Scopes:    []string{"openid", "profile", "email"},
			PKCE:      true,
			LoginHint: true,
		},
		Token:    Token{URL: "https://api.line.me/oauth2/v2.1/token"},
		UserInfo: ClaimedOrFetched[lineProfile](Request{URL: "https://api.line.me/oauth2/v2.1/userinfo"}),
		IDToken:  &IDToken{Verify: o.verify},
	}, o.Options, f)
}

// verify asks LINE about an ID token. LINE signs those of browsers with the client secret.
func (o LineOptions) verify(ctx context.Context, c *Client, token, nonce string) error {
	form := Query{{"id_token", token}, {"client_id", o.ClientID()}}
	form.Set(Param{"nonce", nonce})
	var claims struct {
		Audience string `json:"aud"`
		Nonce    string `json:"nonce"`
	}
	_, err := c.Fetch(ctx, Request{URL: "https://api.line.me/oauth2/v2.1/verify", Form: form}, &claims)
	switch {
	case err != nil:
		return err
	case claims.Audience == "" || claims.Audience != o.ClientID():
		return errAudience
	case claims.Nonce != "" && claims.Nonce != nonce:
		return errNonce
	}
	return nil
}

type lineProfile struct {
	Sub     Text   `json:"sub"`
	Name    string `json:"name"`
	Email   string `json:"email"`
	Picture string `json:"picture"`
}

func (p lineProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID: string(p.Sub),
		Name:      p.Name,
		Email:     p.Email,
		Image:     Image(p.Picture),
	}, nil
}
