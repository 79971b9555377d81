package schema_test

import (
	"testing"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

func TestGoName(t *testing.T) {
	for key, want := range map[string]string{
		"id":                      "ID",
		"userId":                  "UserID",
		"userIds":                 "UserIDs",
		"ipAddress":               "IPAddress",
		"emailVerified":           "EmailVerified",
		"twoFactorEnabled":        "TwoFactorEnabled",
		"two-factor":              "TwoFactor",
		"snake_case_url":          "SnakeCaseURL",
		"idToken":                 "IDToken",
		"accessTokenExpiresAt":    "AccessTokenExpiresAt",
		"credentialID":            "CredentialID",
		"aaguid":                  "AAGUID",
		"oauthState":              "OAuthState",
		"oauth-proxy":             "OAuthProxy",
		"apikey":                  "APIKey",
		"jwks":                    "JWKS",
		"failedVerificationCount": "FailedVerificationCount",
		"URLPath":                 "URLPath",
		"idle":                    "Idle",
		"2fa":                     "X2fa",
		"":                        "",
	} {
		if got := schema.GoName(key); got != want {
			t.Errorf("GoName(%q) = %q, want %q", key, got, want)
		}
	}
}
