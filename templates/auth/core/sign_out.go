package core

import "context"

// SignOutOutput is the answer to a sign-out.
type SignOutOutput struct {
	Success bool `json:"success"`
}

// SignOutInput is the body of POST /sign-out. Its members matter to providers with a sign-out of their own.
type SignOutInput struct {
	CallbackURL     *string `json:"callbackURL"`
	DisableRedirect *bool   `json:"disableRedirect"`
	State           *string `json:"state"`
}

// SignOut ends the caller's session. It succeeds without one, too.
func (a *Auth) SignOut(ctx context.Context, call *Call, _ SignOutInput) (*SignOutOutput, error) {
	if token, ok := a.sessionToken(call); ok {
		current, err := a.findSession(ctx, token)
		if err != nil {
			return nil, err
		}
		if current != nil {
			if err := a.deleteSession(ctx, current.Session); err != nil {
				return nil, err
			}
			a.Audit(ctx, EventSignOut, current.User.ID)
		}
	}
	call.setSession(nil)
	a.ExpireSessionCookies(call, false)
	return &SignOutOutput{Success: true}, nil
}
