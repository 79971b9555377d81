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
	name := p.normalize(in.Username)
	user, err := p.auth.CheckCredential(ctx, call, name, in.Password, func(f core.Failures) (*model.User, *model.Account, error) {
		return p.store.CredentialByUsername(ctx, name, f.Address, f.Now, f.Max)
	})
	if err != nil {
		return nil, err
	}
	if user == nil {
		return nil, ErrInvalidUsernameOrPassword
	}
	out, err := p.auth.SignIn(ctx, call, &core.SignIn{
		User: user, Method: "username", CallbackURL: in.CallbackURL,
		DontRemember: in.RememberMe != nil && !*in.RememberMe,
	})
	if errors.Is(err, core.ErrCanceled) {
		return nil, core.ErrCreateSession
	}
	return out, err
}
