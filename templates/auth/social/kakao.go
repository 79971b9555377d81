package social

import (
	"cmp"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const kakaoID = "kakao"

// KakaoOptions are the settings of sign-in with Kakao.
type KakaoOptions struct{ Options }

// Kakao is sign-in with Kakao.
func Kakao(o KakaoOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: kakaoID,
		Authorization: Authorization{
			URL:    "https://kauth.kakao.com/oauth/authorize",
			Scopes: []string{"account_email", "profile_image", "profile_nickname"},
		},
		Token:    Token{URL: "https://kauth.kakao.com/oauth/token"},
		UserInfo: Fetched[kakaoProfile](Request{URL: "https://kapi.kakao.com/v2/user/me"}),
	}, o.Options, f)
}

type kakaoProfile struct {
	ID      Text `json:"id"`
	Account struct {
		Name            string `json:"name"`
		Email           string `json:"email"`
		IsEmailValid    Flag   `json:"is_email_valid"`
		IsEmailVerified Flag   `json:"is_email_verified"`
		Profile         struct {
			Nickname          string `json:"nickname"`
			ProfileImageURL   string `json:"profile_image_url"`
			ThumbnailImageURL string `json:"thumbnail_image_url"`
		} `json:"profile"`
	} `json:"kakao_account"`
}

func (p kakaoProfile) User() (*core.ProviderProfile, error) {
	profile := p.Account.Profile
	return &core.ProviderProfile{
		AccountID:     string(p.ID),
		Name:          cmp.Or(profile.Nickname, p.Account.Name),
		Email:         p.Account.Email,
		EmailVerified: bool(p.Account.IsEmailValid && p.Account.IsEmailVerified),
		Image:         Image(cmp.Or(profile.ProfileImageURL, profile.ThumbnailImageURL)),
	}, nil
}
