package auth

import "github.com/betterauth-gen/betterauth-gen/templates/auth/core"

// hooks are this application's part in the flows: what happens around sign-up, sign-in and every write.
// core.Hooks lists them all. For example:
//
//	BeforeSignUp: func(ctx context.Context, call *core.Call, in *core.SignUpEmailInput) error {
//		if strings.HasSuffix(in.Email, "@competitor.example") {
//			return core.NewError(http.StatusForbidden, "DOMAIN_BLOCKED", "This domain cannot sign up")
//		}
//		return nil
//	},
func hooks() core.Hooks {
	return core.Hooks{}
}
