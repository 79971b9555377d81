package social

import "github.com/betterauth-gen/betterauth-gen/templates/auth/core"

const zoomID = "zoom"

// ZoomOptions are the settings of sign-in with Zoom.
type ZoomOptions struct {
	Options
	// PKCE sends the challenge of a code verifier.
	PKCE bool
}

// DefaultZoomOptions returns Better Auth's defaults.
func DefaultZoomOptions() ZoomOptions { return ZoomOptions{PKCE: true} }

// Zoom is sign-in with Zoom. What may be read is set up at Zoom, so that no scopes are sent.
func Zoom(o ZoomOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: zoomID,
		Authorization: Authorization{
			URL:      "https://zoom.us/oauth/authorize",
			NoScopes: true,
			PKCE:     o.PKCE,
		},
		Token:    Token{URL: "https://zoom.us/oauth/token", PostVerifier: true},
		UserInfo: Fetched[zoomProfile](Request{URL: "https://api.zoom.us/v2/users/me"}),
	}, o.Options, f)
}

type zoomProfile struct {
	ID          Text   `json:"id"`
	DisplayName string `json:"display_name"`
	Email       string `json:"email"`
	PicURL      string `json:"pic_url"`
	Verified    Flag   `json:"verified"`
}

func (p zoomProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID:     string(p.ID),
		Name:          p.DisplayName,
		Email:         p.Email,
		EmailVerified: bool(p.Verified),
		Image:         Image(p.PicURL),
	}, nil
}
