package genericoauth

import (
	"cmp"
	"net/url"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

// preset is what is known about a provider: options that are used where none are set, and how its
// profiles are read if it has a way of its own.
type preset struct {
	defaults ProviderOptions
	userInfo social.UserInfo
}

// presetOf returns the preset o names, with the endpoints of its tenant. URLs and scopes are those of
// Better Auth 1.7.5.
func (o ProviderOptions) presetOf() preset {
	openID := []string{"openid", "profile", "email"}
	switch o.Preset {
	case "auth0":
		return preset{defaults: ProviderOptions{ProviderID: "auth0", Scopes: openID, DiscoveryURL: "https://" + hostOf(o.Domain) + wellKnown}}
	case "keycloak", "okta":
		return preset{defaults: ProviderOptions{ProviderID: o.Preset, Scopes: openID, DiscoveryURL: strings.TrimSuffix(o.Issuer, "/") + wellKnown}}
	case "microsoftEntraId":
		return o.entra(openID)
	case "slack":
		const api = "https://slack.com/api/openid.connect."
		return preset{ProviderOptions{
			ProviderID: "slack", Scopes: openID, AuthorizationURL: "https://slack.com/openid/connect/authorize",
			TokenURL: api + "token", UserInfoURL: api + "userInfo",
		}, social.Fetched[slackProfile](social.Request{URL: api + "userInfo"})}
	case "line":
		const api = "https://api.line.me/oauth2/v2.1/"
		return preset{ProviderOptions{
			ProviderID: "line", Scopes: openID, AuthorizationURL: "https://access.line.me/oauth2/v2.1/authorize",
			TokenURL: api + "token", UserInfoURL: api + "userinfo",
		}, social.ClaimedOrFetched[lineProfile](social.Request{URL: api + "userinfo"})}
	case "gumroad":
		return preset{ProviderOptions{
			ProviderID: "gumroad", Scopes: []string{"view_profile"}, AuthorizationURL: "https://gumroad.com/oauth/authorize",
			TokenURL: "https://api.gumroad.com/oauth/token",
		}, social.Fetched[gumroadProfile](social.Request{URL: "https://api.gumroad.com/v2/user"})}
	case "hubspot":
		return preset{ProviderOptions{
			ProviderID: "hubspot", Scopes: []string{"oauth"}, AuthorizationURL: "https://app.hubspot.com/oauth/authorize",
			TokenURL: "https://api.hubapi.com/oauth/v1/token", Authentication: "post",
		}, hubspotUser}
	case "patreon":
		return preset{ProviderOptions{
			ProviderID: "patreon", Scopes: []string{"identity[email]"}, AuthorizationURL: "https://www.patreon.com/oauth2/authorize",
			TokenURL: "https://www.patreon.com/api/oauth2/token",
		}, social.Fetched[patreonProfile](social.Request{
			URL: "https://www.patreon.com/api/oauth2/v2/identity?fields[user]=email,full_name,image_url,is_email_verified",
		})}
	case "yandex":
		return preset{ProviderOptions{
			ProviderID: "yandex", Scopes: []string{"login:info", "login:email", "login:avatar"},
			AuthorizationURL: "https://oauth.yandex.com/authorize", TokenURL: "https://oauth.yandex.com/token",
		}, yandexUser}
	}
	return preset{}
}

const wellKnown = "/.well-known/openid-configuration"

// entra returns the preset of Microsoft Entra ID. Its ID tokens must be verified: the claim that names
// people is in no other place.
func (o ProviderOptions) entra(scopes []string) preset {
	tenant := "https://login.microsoftonline.com/" + strings.ToLower(o.TenantID)
	return preset{ProviderOptions{
		ProviderID: "microsoft-entra-id", Scopes: scopes, DiscoveryURL: tenant + "/v2.0" + wellKnown,
		AuthorizationURL: tenant + "/oauth2/v2.0/authorize", TokenURL: tenant + "/oauth2/v2.0/token",
		UserInfoURL: "https://graph.microsoft.com/oidc/userinfo", RequireIDTokenVerification: true,
	}, entraUser}
}

// hostOf returns the host of a domain that may be written as a URL.
func hostOf(domain string) string {
	if u, err := url.Parse(domain); err == nil && u.Host != "" {
		return u.Host
	}
	host, _, _ := strings.Cut(domain, "/")
	return host
}

// withPreset fills in what is not set.
func (o ProviderOptions) withPreset() ProviderOptions {
	of := o.presetOf().defaults
	o.ProviderID = cmp.Or(o.ProviderID, of.ProviderID)
	o.DiscoveryURL = cmp.Or(o.DiscoveryURL, of.DiscoveryURL)
	o.AuthorizationURL = cmp.Or(o.AuthorizationURL, of.AuthorizationURL)
	o.TokenURL = cmp.Or(o.TokenURL, of.TokenURL)
	o.UserInfoURL = cmp.Or(o.UserInfoURL, of.UserInfoURL)
	if o.TokenEndpointAuth.Method == "" {
		o.Authentication = cmp.Or(o.Authentication, of.Authentication)
	}
	o.RequireIDTokenVerification = o.RequireIDTokenVerification || of.RequireIDTokenVerification
	if o.Scopes == nil {
		o.Scopes = of.Scopes
	}
	return o
}
