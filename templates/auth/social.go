package auth

import "github.com/betterauth-gen/betterauth-gen/templates/auth/social"

// socialFuncs are this application's part in the sign-in with a social provider, by the provider's id.
// social.Funcs lists them all. For example:
//
//	switch id {
//	case "google":
//		return social.Funcs{
//			// MapProfileToUser changes what becomes of a profile.
//			MapProfileToUser: func(ctx context.Context, profile *core.ProviderProfile) error {
//				profile.Name = strings.TrimSuffix(profile.Name, " (Shop)")
//				return nil
//			},
//		}
//	}
func socialFuncs(id string) social.Funcs {
	return social.Funcs{}
}
