package social

import (
	"net/http"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const dropboxID = "dropbox"

// DropboxOptions are the settings of sign-in with Dropbox.
type DropboxOptions struct {
	Options
	// AccessType is offline to get a refresh token.
	AccessType string `enum:"offline,online,legacy"`
}

// Dropbox is sign-in with Dropbox.
func Dropbox(o DropboxOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: dropboxID,
		Authorization: Authorization{
			URL:    "https://www.dropbox.com/oauth2/authorize",
			Scopes: []string{"account_info.read"},
			PKCE:   true,
			Params: Query{{"token_access_type", o.AccessType}},
		},
		Token: Token{URL: "https://api.dropboxapi.com/oauth2/token"},
		UserInfo: Fetched[dropboxProfile](Request{
			Method: http.MethodPost, // without a body
			URL:    "https://api.dropboxapi.com/2/users/get_current_account",
		}),
	}, o.Options, f)
}

type dropboxProfile struct {
	AccountID Text `json:"account_id"`
	Name      struct {
		DisplayName string `json:"display_name"`
	} `json:"name"`
	Email           string `json:"email"`
	EmailVerified   Flag   `json:"email_verified"`
	ProfilePhotoURL string `json:"profile_photo_url"`
}

func (p dropboxProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID:     string(p.AccountID),
		Name:          p.Name.DisplayName,
		Email:         p.Email,
		EmailVerified: bool(p.EmailVerified),
		Image:         Image(p.ProfilePhotoURL),
	}, nil
}
