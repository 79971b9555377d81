package username

import (
	"context"
	"errors"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// SignInInput is the body of POST /sign-in/username.
type SignInInput struct {
	Username    string  `json:"username"`
	Password    string  `json:"password"`
	RememberMe  *bool   `json:"rememberMe"`
	CallbackURL *string `json:"callbackURL"`
}

// SignIn opens a session for a user who knows the password. An unknown name, a user without a password
// and a wrong password cost the same time and get the same answer.
func (p *Plugin) SignIn(ctx context.Context, call *core.Call, in SignInInput) (*core.SignInOutput, error) {
	if in.Username == "" || in.Password == "" {
		return nil, ErrInvalidUsernameOrPassword
	}
	if err := p.checkLookup(ctx, in.Username); err != nil {
		return nil, err
	}
	user, account, err := p.store.CredentialByUsername(ctx, p.normalize(in.Username))
	if err != nil && !errors.Is(err, model.ErrNotFound) {
		return nil, err
	}
	ok, err := p.auth.CheckPassword(ctx, account, in.Password)
	if err != nil {
		return nil, err
	}
	if !ok {
		p.auth.Log().WarnContext(ctx, "sign-in refused", "method", "username", "known", account != nil)
		return nil, ErrInvalidUsernameOrPassword
	}
	return p.auth.SignIn(ctx, call, &core.SignIn{
		User: user, Method: "username", CallbackURL: in.CallbackURL,
		DontRemember: in.RememberMe != nil && !*in.RememberMe,
	})
}
