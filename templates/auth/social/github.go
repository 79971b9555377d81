package social

import (
	"cmp"
	"context"
	"slices"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const githubID = "github"

// GitHubOptions are the settings of sign-in with GitHub.
type GitHubOptions struct{ Options }

// GitHub is sign-in with GitHub.
func GitHub(o GitHubOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: githubID,
		Authorization: Authorization{
			URL:       "https://github.com/login/oauth/authorize",
			Scopes:    []string{"read:user", "user:email"},
			PKCE:      true,
			LoginHint: true,
		},
		Token:    Token{URL: "https://github.com/login/oauth/access_token"},
		UserInfo: githubUser,
	}, o.Options, f)
}

type githubProfile struct {
	ID        Text   `json:"id"`
	Login     string `json:"login"`
	Name      string `json:"name"`
	Email     string `json:"email"`
	AvatarURL string `json:"avatar_url"`
}

type githubEmail struct {
	Email    string `json:"email"`
	Primary  bool   `json:"primary"`
	Verified bool   `json:"verified"`
}

// githubUser asks for the addresses separately: a profile has only one its owner made public, and does
// not say whether it is verified. A token without the scope user:email goes without.
func githubUser(ctx context.Context, g *Grant) (*core.ProviderProfile, error) {
	header := map[string]string{"User-Agent": "better-auth"} // GitHub demands one
	var p githubProfile
	data, err := g.Fetch(ctx, Request{URL: "https://api.github.com/user", Header: header}, &p)
	if err != nil {
		return nil, err
	}
	var emails []githubEmail
	if _, err := g.Fetch(ctx, Request{URL: "https://api.github.com/user/emails", Header: header}, &emails); err != nil {
		emails = nil
	}
	if p.Email == "" && len(emails) > 0 {
		primary := max(0, slices.IndexFunc(emails, func(e githubEmail) bool { return e.Primary }))
		p.Email = emails[primary].Email
		if data, err = With(data, "email", p.Email); err != nil {
			return nil, err
		}
	}
	return &core.ProviderProfile{
		AccountID: string(p.ID),
		Name:      cmp.Or(p.Name, p.Login),
		Email:     p.Email,
		EmailVerified: slices.ContainsFunc(emails, func(e githubEmail) bool {
			return e.Verified && e.Email == p.Email
		}),
		Image: Image(p.AvatarURL),
		Data:  data,
	}, nil
}
