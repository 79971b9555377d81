package social

import "github.com/betterauth-gen/betterauth-gen/templates/auth/core"

const spotifyID = "spotify"

// SpotifyOptions are the settings of sign-in with Spotify.
type SpotifyOptions struct{ Options }

// Spotify is sign-in with Spotify.
func Spotify(o SpotifyOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: spotifyID,
		Authorization: Authorization{
			URL:    "https://accounts.spotify.com/authorize",
			Scopes: []string{"user-read-email"},
			PKCE:   true,
		},
		Token:    Token{URL: "https://accounts.spotify.com/api/token"},
		UserInfo: Fetched[spotifyProfile](Request{URL: "https://api.spotify.com/v1/me"}),
	}, o.Options, f)
}

type spotifyProfile struct {
	ID          Text   `json:"id"`
	DisplayName string `json:"display_name"`
	Email       string `json:"email"`
	Images      []struct {
		URL string `json:"url"`
	} `json:"images"`
}

func (p spotifyProfile) User() (*core.ProviderProfile, error) {
	u := &core.ProviderProfile{AccountID: string(p.ID), Name: p.DisplayName, Email: p.Email}
	if len(p.Images) > 0 {
		u.Image = Image(p.Images[0].URL)
	}
	return u, nil
}
