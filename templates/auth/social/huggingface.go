package social

import (
	"cmp"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const huggingfaceID = "huggingface"

// HuggingFaceOptions are the settings of sign-in with Hugging Face.
type HuggingFaceOptions struct{ Options }

// HuggingFace is sign-in with Hugging Face.
func HuggingFace(o HuggingFaceOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: huggingfaceID,
		Authorization: Authorization{
			URL:    "https://huggingface.co/oauth/authorize",
			Scopes: []string{"openid", "profile", "email"},
			PKCE:   true,
		},
		Token:    Token{URL: "https://huggingface.co/oauth/token"},
		UserInfo: Fetched[huggingfaceProfile](Request{URL: "https://huggingface.co/oauth/userinfo"}),
	}, o.Options, f)
}

type huggingfaceProfile struct {
	Sub               Text   `json:"sub"`
	Name              string `json:"name"`
	PreferredUsername string `json:"preferred_username"`
	Email             string `json:"email"`
	EmailVerified     Flag   `json:"email_verified"`
	Picture           string `json:"picture"`
}

func (p huggingfaceProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID:     string(p.Sub),
		Name:          cmp.Or(p.Name, p.PreferredUsername),
		Email:         p.Email,
		EmailVerified: bool(p.EmailVerified),
		Image:         Image(p.Picture),
	}, nil
}
