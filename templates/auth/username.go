package auth

import username "github.com/betterauth-gen/betterauth-gen/plugins/username/source"

// usernameFuncs are the parts of sign-in by name that only this application can know.
// username.Funcs lists them all.
func usernameFuncs() username.Funcs {
	return username.Funcs{
		// ValidateUsername decides which names are allowed, in place of letters, digits, "_" and ".".
		//
		// ValidateUsername: func(ctx context.Context, username string) bool {
		// 	return username != "admin"
		// },
	}
}
