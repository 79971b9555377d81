package social

import (
	"cmp"
	"errors"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const gitlabID = "gitlab"

// GitLabOptions are the settings of sign-in with GitLab.
type GitLabOptions struct {
	Options
	// Issuer is the URL of the GitLab server.
	Issuer string
}

// DefaultGitLabOptions returns Better Auth's defaults.
func DefaultGitLabOptions() GitLabOptions { return GitLabOptions{Issuer: "https://gitlab.com"} }

// GitLab is sign-in with GitLab.
func GitLab(o GitLabOptions, f Funcs) core.Provider {
	server := strings.TrimRight(cmp.Or(o.Issuer, DefaultGitLabOptions().Issuer), "/")
	return New(Spec{
		ID: gitlabID,
		Authorization: Authorization{
			URL:       server + "/oauth/authorize",
			Scopes:    []string{"read_user"},
			PKCE:      true,
			LoginHint: true,
		},
		Token:    Token{URL: server + "/oauth/token"},
		UserInfo: Fetched[gitlabProfile](Request{URL: server + "/api/v4/user"}),
	}, o.Options, f)
}

type gitlabProfile struct {
	ID            Text   `json:"id"`
	Username      string `json:"username"`
	Name          string `json:"name"`
	Email         string `json:"email"`
	EmailVerified Flag   `json:"email_verified"`
	AvatarURL     string `json:"avatar_url"`
	State         string `json:"state"`
	Locked        Flag   `json:"locked"`
}

func (p gitlabProfile) User() (*core.ProviderProfile, error) {
	if p.State != "active" || bool(p.Locked) {
		return nil, errors.New("the user is blocked or locked")
	}
	return &core.ProviderProfile{
		AccountID:     string(p.ID),
		Name:          cmp.Or(p.Name, p.Username),
		Email:         p.Email,
		EmailVerified: bool(p.EmailVerified),
		Image:         Image(p.AvatarURL),
	}, nil
}
