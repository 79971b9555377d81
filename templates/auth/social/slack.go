package social

import (
	"cmp"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const slackID = "slack"

// SlackOptions are the settings of sign-in with Slack.
type SlackOptions struct{ Options }

// Slack is sign-in with Slack.
func Slack(o SlackOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: slackID,
		Authorization: Authorization{
			URL:            "https://slack.com/openid/connect/authorize",
			Scopes:         []string{"openid", "profile", "email"},
			RequestedFirst: true,
		},
		Token:    Token{URL: "https://slack.com/api/openid.connect.token"},
		UserInfo: Fetched[slackProfile](Request{URL: "https://slack.com/api/openid.connect.userInfo"}),
	}, o.Options, f)
}

type slackProfile struct {
	UserID        Text   `json:"https://slack.com/user_id"`
	Name          string `json:"name"`
	Email         string `json:"email"`
	EmailVerified Flag   `json:"email_verified"`
	Picture       string `json:"picture"`
	Image512      string `json:"https://slack.com/user_image_512"`
}

func (p slackProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID:     string(p.UserID),
		Name:          p.Name,
		Email:         p.Email,
		EmailVerified: bool(p.EmailVerified),
		Image:         Image(cmp.Or(p.Picture, p.Image512)),
	}, nil
}
