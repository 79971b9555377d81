package core

import (
	"context"
	"log/slog"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// SignInEmailInput is the body of POST /sign-in/email.
type SignInEmailInput struct {
	Email       string  `json:"email"`
	Password    string  `json:"password"`
	CallbackURL *string `json:"callbackURL"`
	RememberMe  *bool   `json:"rememberMe"`
}

// SignInOutput is the answer to a sign-in: a session, or a Challenge instead of all other members.
type SignInOutput struct {
	Redirect  bool
	Token     string
	URL       *string // where the client goes next
	User      *model.User
	Challenge Challenge
}

// MarshalJSON implements json.Marshaler.
func (out *SignInOutput) MarshalJSON() ([]byte, error) {
	if out.Challenge != nil {
		return encodeJSON(out.Challenge)
	}
	return encodeJSON(struct {
		Redirect bool        `json:"redirect"`
		Token    string      `json:"token"`
		URL      *string     `json:"url,omitempty"`
		User     *model.User `json:"user"`
	}{out.Redirect, out.Token, out.URL, out.User})
}

// SignInEmail opens a session for a user who knows the password. An unknown address, a user without
// a password and a wrong password cost the same time and get the same answer.
func (a *Auth) SignInEmail(ctx context.Context, call *Call, in SignInEmailInput) (*SignInOutput, error) {
	if !a.opts.EmailAndPassword.Enabled {
		return nil, ErrEmailPasswordDisabled
	}
	if !web.ValidEmail(in.Email) {
		return nil, ErrInvalidEmail
	}
	email := strings.ToLower(in.Email)
	user, err := a.CheckCredential(ctx, call, email, in.Password, func(f Failures) (*model.User, *model.Account, error) {
		return a.store.CredentialByEmail(ctx, email, f.Address, f.Now, f.Max)
	})
	if err != nil {
		return nil, err
	}
	if user == nil {
		return nil, ErrInvalidEmailOrPassword
	}
	out, err := a.SignIn(ctx, call, &SignIn{
		User: user, Method: "email", CallbackURL: in.CallbackURL,
		DontRemember: in.RememberMe != nil && !*in.RememberMe,
	})
	return out, canceledAs(ErrSignInSession, err)
}

// SignIn ends a sign-in with a password that has been checked: it refuses unverified addresses where
// the options ask for it, and opens a session unless another factor is needed first.
func (a *Auth) SignIn(ctx context.Context, call *Call, in *SignIn) (*SignInOutput, error) {
	if a.opts.EmailAndPassword.RequireEmailVerification && !in.User.EmailVerified {
		if a.opts.EmailVerification.SendOnSignIn && a.mails.VerifyEmail != nil {
			if err := a.mailVerification(ctx, call, in.User, deref(in.CallbackURL)); err != nil {
				return nil, err
			}
		}
		return nil, ErrEmailNotVerified
	}
	session, challenge, err := a.StartSession(ctx, call, in)
	if err != nil {
		return nil, err
	}
	if challenge != nil {
		return &SignInOutput{Challenge: challenge}, nil
	}
	a.Audit(ctx, EventSignIn, in.User.ID, slog.String("method", in.Method))
	out := &SignInOutput{Token: session.Session.Token, URL: in.CallbackURL, User: session.User}
	if target := deref(in.CallbackURL); target != "" {
		out.Redirect = true
		call.header.Set("Location", target)
	}
	return out, nil
}
