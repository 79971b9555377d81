package social

import (
	"cmp"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const salesforceID = "salesforce"

// SalesforceOptions are the settings of sign-in with Salesforce.
type SalesforceOptions struct {
	Options
	// Environment is sandbox for the accounts of test organizations.
	Environment string `enum:"sandbox,production"`
	// LoginURL is the host of an organization's own login page, such as acme.my.salesforce.com. It goes
	// before Environment.
	LoginURL string `name:"loginUrl"`
}

// DefaultSalesforceOptions returns Better Auth's defaults.
func DefaultSalesforceOptions() SalesforceOptions {
	return SalesforceOptions{Environment: "production"}
}

// Salesforce is sign-in with Salesforce.
func Salesforce(o SalesforceOptions, f Funcs) core.Provider {
	host := "login.salesforce.com"
	if o.Environment == "sandbox" {
		host = "test.salesforce.com"
	}
	services := "https://" + cmp.Or(o.LoginURL, host) + "/services/oauth2"
	return New(Spec{
		ID: salesforceID,
		Authorization: Authorization{
			URL:    services + "/authorize",
			Scopes: []string{"openid", "email", "profile"},
			PKCE:   true,
		},
		Token:    Token{URL: services + "/token", NeedsSecret: true},
		UserInfo: Fetched[salesforceProfile](Request{URL: services + "/userinfo"}),
	}, o.Options, f)
}

type salesforceProfile struct {
	UserID        Text   `json:"user_id"`
	Name          string `json:"name"`
	Email         string `json:"email"`
	EmailVerified Flag   `json:"email_verified"`
	Photos        struct {
		Picture   string `json:"picture"`
		Thumbnail string `json:"thumbnail"`
	} `json:"photos"`
}

func (p salesforceProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID:     string(p.UserID),
		Name:          p.Name,
		Email:         p.Email,
		EmailVerified: bool(p.EmailVerified),
		Image:         Image(cmp.Or(p.Photos.Picture, p.Photos.Thumbnail)),
	}, nil
}
