package core

import (
	"context"
	"errors"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// ChangeEmailInput is the body of POST /change-email.
type ChangeEmailInput struct {
	NewEmail    string  `json:"newEmail" check:"email"`
	CallbackURL *string `json:"callbackURL"`
}

// ChangeEmail starts the change of the signed-in user's address:
//
//   - an unverified address may be replaced at once, where the options allow it;
//   - a verified one is first approved at the old address, when that mail is configured;
//   - else the new address is proven by the link mailed to it.
//
// An address that is taken gets the same answer, and no mail.
func (a *Auth) ChangeEmail(ctx context.Context, call *Call, in ChangeEmailInput) (*StatusOutput, error) {
	current, err := a.RequireSession(ctx, call)
	if err != nil {
		return nil, err
	}
	if !a.opts.User.ChangeEmail.Enabled {
		return nil, ErrChangeEmailDisabled
	}
	if !web.ValidEmail(in.NewEmail) { // over HTTP it has been validated; Go code may pass anything
		return nil, ErrInvalidEmail
	}
	address, user := strings.ToLower(in.NewEmail), current.User
	if address == user.Email {
		return nil, ErrSameEmail
	}
	atOnce := !user.EmailVerified && a.opts.User.ChangeEmail.UpdateEmailWithoutVerification
	confirm := user.EmailVerified && a.mails.ConfirmEmailChange != nil
	if !atOnce && !confirm && a.mails.VerifyEmail == nil {
		return nil, ErrChangeEmailMailNotConfigured
	}
	done := &StatusOutput{Status: true}
	taken, err := found(a.store.UserByEmail(ctx, address))
	if err != nil {
		return nil, err
	}
	callbackURL := deref(in.CallbackURL)
	switch {
	case taken != nil:
		_, err = a.emailToken(user.Email, address, changeVerification) // the time of a signature
		return done, err
	case atOnce:
		return done, a.replaceUnverified(ctx, call, current, address, callbackURL)
	}
	a.Audit(ctx, EventEmailChangeRequested, user.ID)
	if confirm {
		return done, a.mailConfirmation(ctx, call, user, address, callbackURL)
	}
	return done, a.mailNewAddress(ctx, call, user, address, callbackURL)
}

// replaceUnverified switches an address that was never proven, and mails the new one.
func (a *Auth) replaceUnverified(ctx context.Context, call *Call, current *SessionAndUser, address, callbackURL string) error {
	user, err := a.ChangeUser(ctx, current.User.ID, func(user *model.User) error {
		user.Email = address
		return nil
	})
	if errors.Is(err, model.ErrConflict) {
		return nil // taken meanwhile: answered like any taken address
	}
	if err != nil {
		return err
	}
	a.Audit(ctx, EventEmailChanged, user.ID)
	current.User = user
	a.setSessionCookie(call, current, a.dontRemember(call))
	if a.mails.VerifyEmail == nil {
		return nil
	}
	return a.mailVerification(ctx, call, user, callbackURL)
}

// mailConfirmation asks at the current address for approval.
func (a *Auth) mailConfirmation(ctx context.Context, call *Call, user *model.User, address, callbackURL string) error {
	token, err := a.emailToken(user.Email, address, changeConfirmation)
	if err != nil {
		return err
	}
	link, err := a.verifyLink(call, token, callbackURL)
	if err != nil {
		return err
	}
	a.send(ctx, "confirm-email-change", a.mails.ConfirmEmailChange, Mail{
		User: user, To: user.Email, NewEmail: address, URL: link, Token: token,
	})
	return nil
}

// mailNewAddress sends the link that proves the new address.
func (a *Auth) mailNewAddress(ctx context.Context, call *Call, user *model.User, address, callbackURL string) error {
	if a.mails.VerifyEmail == nil {
		return ErrChangeEmailMailNotConfigured
	}
	token, err := a.emailToken(user.Email, address, changeVerification)
	if err != nil {
		return err
	}
	link, err := a.verifyLink(call, token, callbackURL)
	if err != nil {
		return err
	}
	a.send(ctx, "verify-new-email", a.mails.VerifyEmail, Mail{
		User: user, To: address, URL: link, Token: token,
	})
	return nil
}
