package social

import (
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const redditID = "reddit"

// RedditOptions are the settings of sign-in with Reddit.
type RedditOptions struct {
	Options
	// Duration is permanent to get a refresh token.
	Duration string `enum:"temporary,permanent"`
}

// Reddit is sign-in with Reddit. It does not tell addresses: people get a placeholder, unless
// Funcs.MapProfileToUser knows better.
func Reddit(o RedditOptions, f Funcs) core.Provider {
	o.ClientKey = "" // only the client id counts
	return New(Spec{
		ID: redditID,
		Authorization: Authorization{
			URL:    "https://www.reddit.com/api/v1/authorize",
			Scopes: []string{"identity"},
			Params: Query{{"duration", o.Duration}},
		},
		Token: Token{
			URL:    "https://www.reddit.com/api/v1/access_token",
			Auth:   AuthBasic,
			Header: map[string]string{"Accept": "text/plain", "User-Agent": "better-auth"},
		},
		UserInfo: Fetched[redditProfile](Request{
			URL:    "https://oauth.reddit.com/api/v1/me",
			Header: map[string]string{"User-Agent": "better-auth"}, // Reddit slows down the usual ones
		}),
	}, o.Options, f)
}

type redditProfile struct {
	ID      Text   `json:"id"`
	Name    string `json:"name"`
	IconImg string `json:"icon_img"`
}

func (p redditProfile) User() (*core.ProviderProfile, error) {
	email, err := PlaceholderEmail(string(p.ID), redditID)
	if err != nil {
		return nil, err
	}
	image, _, _ := strings.Cut(p.IconImg, "?")
	return &core.ProviderProfile{
		AccountID: string(p.ID),
		Name:      p.Name,
		Email:     email,
		Image:     Image(image),
	}, nil
}
