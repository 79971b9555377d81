package auth

import twofactor "github.com/betterauth-gen/betterauth-gen/plugins/twofactor/source"

// twoFactorFuncs are the parts of the second factor that only this application can know.
// twofactor.Funcs lists them all.
func twoFactorFuncs() twofactor.Funcs {
	return twofactor.Funcs{
		// SendOTP delivers a code. Without it there are only authenticator apps and backup codes.
		//
		// SendOTP: func(ctx context.Context, call *core.Call, user *model.User, otp string) error {
		// 	return mailer.Send(ctx, user.Email, "Your code", otp+" is your code to sign in.\n")
		// },
	}
}
