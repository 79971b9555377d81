package social

import (
	"cmp"
	"errors"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const naverID = "naver"

// NaverOptions are the settings of sign-in with Naver.
type NaverOptions struct{ Options }

// Naver is sign-in with Naver.
func Naver(o NaverOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: naverID,
		Authorization: Authorization{
			URL:    "https://nid.naver.com/oauth2.0/authorize",
			Scopes: []string{"profile", "email"},
		},
		Token:    Token{URL: "https://nid.naver.com/oauth2.0/token"},
		UserInfo: Fetched[naverProfile](Request{URL: "https://openapi.naver.com/v1/nid/me"}),
	}, o.Options, f)
}

type naverProfile struct {
	ResultCode string `json:"resultcode"`
	Response   struct {
		ID           Text   `json:"id"`
		Name         string `json:"name"`
		Nickname     string `json:"nickname"`
		Email        string `json:"email"`
		ProfileImage string `json:"profile_image"`
	} `json:"response"`
}

func (p naverProfile) User() (*core.ProviderProfile, error) {
	if p.ResultCode != "00" {
		return nil, errors.New("the answer reports an error")
	}
	return &core.ProviderProfile{
		AccountID: string(p.Response.ID),
		Name:      cmp.Or(p.Response.Name, p.Response.Nickname),
		Email:     p.Response.Email,
		Image:     Image(p.Response.ProfileImage),
	}, nil
}
