package auth

import genericoauth "github.com/betterauth-gen/betterauth-gen/plugins/genericoauth/source"

// genericOauthFuncs are the parts of the providers of plugin generic-oauth that only this application can
// know, by providerId. genericoauth.ProviderFuncs lists them all. For example:
//
//	"acme": {
//		// MapProfileToUser is one of the functions every social provider has.
//		Funcs: social.Funcs{MapProfileToUser: func(ctx context.Context, profile *core.ProviderProfile) error {
//			profile.Name = strings.ToUpper(profile.Name)
//			return nil
//		}},
//		// AccountSubject names a person for good, if sub and id do not.
//		AccountSubject: func(ctx context.Context, tokens *core.OAuthTokens, profile *core.ProviderProfile) (string, error) {
//			return tokens.Raw["employee_number"].(string), nil
//		},
//	},
func genericOauthFuncs() genericoauth.Funcs {
	return genericoauth.Funcs{}
}
