package core

import (
	"context"
	"errors"
)

// SignOutOutput is the answer to a sign-out.
type SignOutOutput struct {
	Success bool `json:"success"`
	// URL is the page that ends the session at the provider; "" when there is none. Redirect, then not nil,
	// asks the client to open it.
	URL      string `json:"url,omitempty"`
	Redirect *bool  `json:"redirect,omitempty"`
}

// SignOutInput is the body of POST /sign-out. Its members matter to providers with a sign-out of their own.
type SignOutInput struct {
	CallbackURL     *string `json:"callbackURL"`
	DisableRedirect *bool   `json:"disableRedirect"`
	State           *string `json:"state"`
}

// SignOut ends the caller's session. It succeeds without one, too, and where a hook keeps the session: then only
// the browser forgets it.
func (a *Auth) SignOut(ctx context.Context, call *Call, in SignOutInput) (*SignOutOutput, error) {
	out := &SignOutOutput{Success: true}
	if token, ok := a.sessionToken(call); ok {
		current, err := a.findSession(ctx, token)
		if err != nil {
			return nil, err
		}
		if current != nil {
			if err := a.deleteSession(ctx, current.Session); err != nil && !errors.Is(err, ErrCanceled) {
				return nil, err
			}
			a.Audit(ctx, EventSignOut, current.User.ID)
			out.URL = a.providerLogout(ctx, call, current.User.ID, in)
		}
	}
	call.setSession(nil)
	a.ExpireSessionCookies(call, false)
	if out.URL != "" {
		redirect := call.sendTo(out.URL, in.DisableRedirect).Redirect
		out.Redirect = &redirect
	}
	return out, nil
}
