// Package genericoauth is the plugin "generic-oauth": social providers that are not built in.
package genericoauth

import (
	"embed"

	"github.com/betterauth-gen/betterauth-gen/plugins"
	genericoauth "github.com/betterauth-gen/betterauth-gen/plugins/genericoauth/source"
)

//go:embed source app
var files embed.FS

// Plugin returns the plugin.
func Plugin() *plugins.Plugin {
	return &plugins.Plugin{
		ID:      "generic-oauth",
		Package: "genericoauth",
		Summary: "Any OAuth 2 or OpenID Connect provider, with presets for Auth0, Keycloak, Okta, Entra ID and others",
		Options: func() any {
			options := genericoauth.DefaultOptions()
			return &options
		},
		Source:    files,
		App:       files,
		Validate:  validate,
		Providers: providers,
		Functions: map[string]string{
			"*.getToken":         "genericoauth.ProviderFuncs.GetToken",
			"*.getUserInfo":      "genericoauth.ProviderFuncs.GetUserInfo",
			"*.mapProfileToUser": "genericoauth.ProviderFuncs.MapProfileToUser",
			"*.accountSubject":   "genericoauth.ProviderFuncs.AccountSubject",

			"*.tokenEndpointAuth.getClientAssertion": "genericoauth.ProviderFuncs.ClientAssertion",
			"*.tokenEndpointAuth.customizeRequest":   "genericoauth.ProviderFuncs.Transport",
		},
	}
}

// providers returns the ids of the providers that are configured.
func providers(options any) []string {
	var ids []string
	for _, o := range options.(*genericoauth.Options).Config {
		ids = append(ids, o.ID())
	}
	return ids
}
