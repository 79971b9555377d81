package core

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// A socialSignIn is someone a provider has told us about.
type socialSignIn struct {
	provider    Provider
	profile     *ProviderProfile
	tokens      *OAuthTokens
	scope       *string // granted; nil when the provider did not say
	callbackURL string
	signUp      bool // the client asked for a sign-up
	overrides   bool // the profile is copied to a user who is there already

	registered bool // a new user was made
}

// A linkRefusal says why a profile opens no session, in Better Auth's words.
type linkRefusal string

const (
	refusedLink    linkRefusal = "account not linked"
	refusedSignUp  linkRefusal = "signup disabled"
	failedLink     linkRefusal = "unable to link account"
	failedUpdate   linkRefusal = "unable to update account"
	failedUser     linkRefusal = "unable to create user"
	failedSession  linkRefusal = "unable to create session"
	unverifiedMail linkRefusal = "email_not_verified"
)

// Error implements error.
func (r linkRefusal) Error() string { return string(r) }

// code is the refusal as a parameter of the error URL.
func (r linkRefusal) code() string { return strings.ReplaceAll(string(r), " ", "_") }

// errAccountTwice reports a database in which two rows claim to be one account of a provider.
var errAccountTwice = errors.New("two accounts have one provider and account id")

// openSocialSession finds or makes the user of a profile and opens a session, unless a hook wants another factor
// first. Who someone is, is decided by the account the provider knows; the address only matters where there
// is no such account yet.
func (a *Auth) openSocialSession(ctx context.Context, call *Call, in *socialSignIn) (*SessionAndUser, Challenge, error) {
	user, err := a.socialUser(ctx, call, in)
	if err == nil {
		err = a.checkSocialAddress(ctx, call, in, user)
	}
	if err != nil {
		a.Audit(ctx, EventSignInRefused, "", slog.String("method", "social"), slog.String("provider", in.provider.ID()))
		return nil, nil, err
	}
	session, challenge, err := a.StartSession(ctx, call, &SignIn{
		User: user, Method: "social", Provider: in.provider.ID(),
		DontRemember: a.dontRemember(call), CallbackURL: &in.callbackURL,
	})
	if errors.Is(err, ErrCanceled) {
		return nil, nil, failedSession
	}
	if err == nil && challenge == nil {
		a.Audit(ctx, EventSignIn, user.ID, slog.String("method", "social"), slog.String("provider", in.provider.ID()))
	}
	return session, challenge, err
}

// socialUser returns the user of a profile.
func (a *Auth) socialUser(ctx context.Context, call *Call, in *socialSignIn) (*model.User, error) {
	account, user, err := a.store.AccountOwner(ctx, in.provider.ID(), in.profile.AccountID)
	if account, err = found(account, err); err != nil {
		return nil, err
	}
	if account != nil {
		return a.knownUser(ctx, call, in, account, user)
	}
	if existing, err := a.accountByKey(ctx, in.provider, in.profile); err != nil || existing != nil {
		return nil, firstError(err, failedLink) // its user is gone
	}
	user, err = found(a.store.UserByEmail(ctx, strings.ToLower(in.profile.Email)))
	switch {
	case err != nil:
		return nil, err
	case user != nil:
		return a.linkImplicitly(ctx, call, in, user)
	}
	return a.signUpSocial(ctx, call, in)
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// accountByKey returns the account of a profile; nil when there is none.
func (a *Auth) accountByKey(ctx context.Context, p Provider, profile *ProviderProfile) (*model.Account, error) {
	accounts, err := a.store.AccountsByKey(ctx, p.ID(), profile.AccountID)
	switch {
	case err != nil || len(accounts) == 0:
		return nil, err
	case len(accounts) > 1:
		return nil, errAccountTwice
	}
	return &accounts[0], nil
}

// knownUser brings what is stored of a known account up to date. Its scope is left alone: what a sign-in
// asks for may be less than what the user has granted through /link-social.
func (a *Auth) knownUser(ctx context.Context, call *Call, in *socialSignIn, account *model.Account, user *model.User) (*model.User, error) {
	if account.AccountID != in.profile.AccountID { // a database that compares loosely
		return nil, failedLink
	}
	if a.opts.Account.UpdateAccountOnSignIn {
		if err := a.putTokens(account, in.tokens); err != nil {
			return nil, err
		}
		if stored, err := a.updateAccount(ctx, account); err != nil || !stored {
			return nil, firstError(err, failedUpdate)
		}
	}
	a.setAccountCookie(call, account)
	if !user.EmailVerified && in.profile.vouchesFor(user) {
		var err error
		if user, err = a.verifyAddress(ctx, user); err != nil {
			return nil, err
		}
	}
	if in.overrides {
		return a.copyOnSignIn(ctx, user, in.profile)
	}
	return user, nil
}

// verifyAddress marks the address of a user as proven.
func (a *Auth) verifyAddress(ctx context.Context, user *model.User) (*model.User, error) {
	return a.ChangeUser(ctx, user.ID, func(user *model.User) error {
		user.EmailVerified = true
		return nil
	})
}

// refusedWrite keeps the reason of a hook and replaces any other by refusal, after it has been logged.
func (a *Auth) refusedWrite(ctx context.Context, err error, refusal linkRefusal) error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	a.log.ErrorContext(ctx, "storing a social sign-in", "outcome", string(refusal), "error", err)
	return refusal
}

// checkSocialAddress mails a link to an address the provider did not vouch for and, where the provider's
// options ask for it, refuses a session until it has been opened.
func (a *Auth) checkSocialAddress(ctx context.Context, call *Call, in *socialSignIn, user *model.User) error {
	if user.EmailVerified {
		return nil
	}
	required := in.provider.Rules().RequireEmailVerification
	mail := required && a.opts.EmailVerification.SendOnSignIn
	if in.registered {
		mail = required
		override(&mail, a.opts.EmailVerification.SendOnSignUp)
	}
	if mail && a.mails.VerifyEmail != nil {
		if err := a.mailVerification(ctx, call, user, in.callbackURL); err != nil {
			return err
		}
	}
	if required {
		return unverifiedMail
	}
	return nil
}
