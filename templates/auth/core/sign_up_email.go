package core

import (
	"context"
	"fmt"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// SignUpEmailInput is the body of POST /sign-up/email.
type SignUpEmailInput struct {
	Name        string  `json:"name"`
	Email       string  `json:"email" check:"email"`
	Password    string  `json:"password" check:"min=1"`
	Image       *string `json:"image"`
	CallbackURL *string `json:"callbackURL"` // where the link in the verification mail leads
	RememberMe  *bool   `json:"rememberMe"`
	NewUserInput
}

// NewUserInput takes the configured fields of a user that is being created.
type NewUserInput struct{ model.UserInput }

func (NewUserInput) creates() {}

// SignUpEmailOutput is the answer to a sign-up. Token is null when no session was opened.
type SignUpEmailOutput struct {
	Token *string     `json:"token"`
	User  *model.User `json:"user"`
}

// SignUpEmail registers a user with a password and, unless the options say otherwise, signs it in.
//
// Where sign-up opens no session the answer must not tell whether the address is known: a known one
// is answered with a made-up user, after the same work.
func (a *Auth) SignUpEmail(ctx context.Context, call *Call, in SignUpEmailInput) (*SignUpEmailOutput, error) {
	opts := a.opts.EmailAndPassword
	if !opts.Enabled || opts.DisableSignUp {
		return nil, ErrEmailPasswordSignUpDisabled
	}
	if !web.ValidEmail(in.Email) {
		return nil, ErrInvalidEmail
	}
	if err := a.checkPasswordLength(in.Password); err != nil {
		return nil, err
	}
	if _, err := a.base(call); err != nil { // before anything is stored that a mail is to be sent for
		return nil, err
	}
	for i := range a.hooks {
		if hook := a.hooks[i].BeforeSignUp; hook != nil {
			if err := hook(ctx, call, &in); err != nil {
				return nil, err
			}
		}
	}
	user, err := a.newUser(in)
	if err != nil {
		return nil, err
	}
	existing, err := found(a.store.UserByEmail(ctx, user.Email))
	if err != nil {
		return nil, err
	}
	if existing != nil {
		a.Audit(ctx, EventSignUpRefused, existing.ID)
		if !a.hidesKnownAddresses() {
			return nil, ErrUserExists
		}
	}
	hash, err := a.HashNewPassword(ctx, "/sign-up/email", in.Password)
	if err != nil {
		return nil, err
	}
	if existing != nil {
		return a.hiddenDuplicate(ctx, user, existing), nil
	}
	return a.signUp(ctx, call, in, user, hash)
}

// hidesKnownAddresses reports that sign-up opens no session, and so need not reveal a known address.
func (a *Auth) hidesKnownAddresses() bool {
	opts := a.opts.EmailAndPassword
	return opts.RequireEmailVerification || !opts.AutoSignIn
}

// newUser returns the row in describes.
func (a *Auth) newUser(in SignUpEmailInput) (*model.User, error) {
	if missing := in.Missing(); missing != "" {
		return nil, ErrMissingField.With(missing + " is required")
	}
	if err := checkFields(in); err != nil {
		return nil, err
	}
	now := a.Now()
	user := &model.User{
		ID: a.NewID("user"), Name: in.Name, Email: strings.ToLower(in.Email), Image: in.Image,
		CreatedAt: now, UpdatedAt: now,
	}
	user.SetDefaults()
	in.Apply(user)
	return user, nil
}

// signUp stores the user, its password and its session in one transaction.
func (a *Auth) signUp(ctx context.Context, call *Call, in SignUpEmailInput, user *model.User, hash string) (*SignUpEmailOutput, error) {
	var opened *SessionAndUser
	dontRemember := in.RememberMe != nil && !*in.RememberMe
	err := a.InTx(ctx, func(ctx context.Context) error {
		if err := a.CreateUser(ctx, user, nil); err != nil {
			return fmt.Errorf("%w: %w", errNotStored, err)
		}
		if err := a.createCredential(ctx, user.ID, hash); err != nil || a.hidesKnownAddresses() {
			return err
		}
		opened = &SessionAndUser{Session: a.newSession(call, user.ID, dontRemember), User: user}
		return canceledAs(ErrSignUpSession, a.insertSession(ctx, opened))
	})
	if err != nil {
		return a.refusedSignUp(ctx, user, err)
	}
	a.Audit(ctx, EventSignUp, user.ID)
	if err := a.mailAfterSignUp(ctx, call, in, user); err != nil {
		return nil, err
	}
	if opened == nil {
		return &SignUpEmailOutput{User: withoutCountedID(user)}, nil
	}
	_, err = a.adopt(ctx, call, opened, dontRemember)
	return &SignUpEmailOutput{Token: &opened.Session.Token, User: user}, err
}

func (a *Auth) mailAfterSignUp(ctx context.Context, call *Call, in SignUpEmailInput, user *model.User) error {
	wanted := a.opts.EmailAndPassword.RequireEmailVerification
	override(&wanted, a.opts.EmailVerification.SendOnSignUp)
	if !wanted || a.mails.VerifyEmail == nil {
		return nil
	}
	return a.mailVerification(ctx, call, user, deref(in.CallbackURL))
}

func deref(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}
