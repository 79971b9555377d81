package config

import "strings"

// unsupportedPlugins are Better Auth's own plugins, by id, that are not implemented yet (Better Auth 1.7.5). A test
// compares them with those that are, and with docs/compatibility.md.
func unsupportedPlugins() []string {
	return strings.Fields(`admin anonymous api-key captcha custom-session device-authorization email-otp expo i18n jwt
last-login-method magic-link multi-session oauth-popup oauth-provider oauth-proxy one-tap one-time-token open-api
organization passkey phone-number scim siwe sso stripe`)
}
