package core

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// emailClaims are the claims of the token in a verification link, in Better Auth's order.
type emailClaims struct {
	Email       string `json:"email"`
	UpdateTo    string `json:"updateTo,omitempty"`
	RequestType string `json:"requestType,omitempty"`
	IssuedAt    int64  `json:"iat"`
	ExpiresAt   int64  `json:"exp"`
}

// The steps of a change of address.
const (
	changeConfirmation = "change-email-confirmation" // approved at the current address
	changeVerification = "change-email-verification" // proven at the new address
)

// emailToken returns the token of a verification link. It is not stored: until it expires it can be
// used again, which only repeats what it did.
func (a *Auth) emailToken(email, updateTo, requestType string) (string, error) {
	now := a.now().Unix()
	return secure.SignJWT(a.keys.Signing(), emailClaims{
		Email: strings.ToLower(email), UpdateTo: updateTo, RequestType: requestType,
		IssuedAt: now, ExpiresAt: now + int64(a.opts.EmailVerification.ExpiresIn),
	})
}

// verifyLink returns the link that carries token.
func (a *Auth) verifyLink(call *Call, token, callbackURL string) (string, error) {
	return a.urlOf(call, "/verify-email?token="+token+"&callbackURL="+web.EncodeURIComponent(firstOf(callbackURL, "/")))
}

// mailVerification sends the link that proves the address of user.
func (a *Auth) mailVerification(ctx context.Context, call *Call, user *model.User, callbackURL string) error {
	token, err := a.emailToken(user.Email, "", "")
	if err != nil {
		return err
	}
	link, err := a.verifyLink(call, token, callbackURL)
	if err != nil {
		return err
	}
	a.Audit(ctx, EventVerificationRequested, user.ID)
	a.send(ctx, "verify-email", a.mails.VerifyEmail, Mail{User: user, To: user.Email, URL: link, Token: token})
	return nil
}

// SendVerificationEmailInput is the body of POST /send-verification-email.
type SendVerificationEmailInput struct {
	Email       string  `json:"email" check:"email"`
	CallbackURL *string `json:"callbackURL"`
}

// SendVerificationEmail mails a verification link. Someone who is not signed in does not learn
// whether the address is known or already verified.
func (a *Auth) SendVerificationEmail(ctx context.Context, call *Call, in SendVerificationEmailInput) (*StatusOutput, error) {
	if a.mails.VerifyEmail == nil {
		return nil, ErrVerificationEmailNotEnabled
	}
	current, err := a.OptionalSession(ctx, call)
	if err != nil {
		return nil, err
	}
	done := &StatusOutput{Status: true}
	if current == nil {
		user, err := found(a.store.UserByEmail(ctx, strings.ToLower(in.Email)))
		if err == nil && user != nil && !user.EmailVerified {
			err = a.mailVerification(ctx, call, user, deref(in.CallbackURL))
		}
		return done, err
	}
	if !strings.EqualFold(current.User.Email, in.Email) {
		return nil, ErrEmailMismatch
	}
	if current.User.EmailVerified {
		return nil, ErrEmailAlreadyVerified
	}
	return done, a.mailVerification(ctx, call, current.User, deref(in.CallbackURL))
}

// VerifyEmailInput is the query of GET /verify-email.
type VerifyEmailInput struct {
	Token       string  `json:"token"`
	CallbackURL *string `json:"callbackURL"`
}

// VerifyEmailOutput is the answer when there is no callback URL to redirect to.
type VerifyEmailOutput struct {
	Status bool
	User   *model.User
	// Bare leaves User out of the JSON: the link was only the first step of a change of address.
	Bare bool
}

// MarshalJSON implements json.Marshaler.
func (out *VerifyEmailOutput) MarshalJSON() ([]byte, error) {
	if out.Bare {
		return encodeJSON(StatusOutput{Status: out.Status})
	}
	return encodeJSON(struct {
		Status bool        `json:"status"`
		User   *model.User `json:"user"`
	}{out.Status, out.User})
}

// VerifyEmail is where a verification link leads. Failures are reported to the callback URL, if any.
func (a *Auth) VerifyEmail(ctx context.Context, call *Call, in VerifyEmailInput) (*VerifyEmailOutput, error) {
	out, err := a.verifyEmail(ctx, call, in)
	callback := deref(in.CallbackURL)
	var refused *Error
	if errors.As(err, &refused) {
		a.Audit(ctx, EventVerificationRefused, "", slog.String("reason", refused.Code))
	}
	switch {
	case refused != nil && callback != "" && refused.Status == ErrVerifyInvalidToken.Status:
		call.Redirect(withQuery(callback, "error="+refused.Code))
		return nil, nil
	case err == nil && callback != "":
		call.Redirect(callback)
	}
	return out, err
}

func (a *Auth) verifyEmail(ctx context.Context, call *Call, in VerifyEmailInput) (*VerifyEmailOutput, error) {
	var claims emailClaims
	switch err := secure.VerifyJWT(a.keys.Signing(), in.Token, a.now(), &claims); {
	case errors.Is(err, secure.ErrTokenExpired):
		return nil, ErrVerifyTokenExpired
	case err != nil || claims.Email == "":
		return nil, ErrVerifyInvalidToken
	}
	user, err := found(a.store.UserByEmail(ctx, claims.Email))
	if err != nil {
		return nil, err
	}
	if user == nil {
		return nil, ErrVerifyUserNotFound
	}
	if claims.UpdateTo != "" {
		return a.verifyChange(ctx, call, user, claims, deref(in.CallbackURL))
	}
	if user.EmailVerified {
		return &VerifyEmailOutput{Status: true}, nil
	}
	return a.markVerified(ctx, call, user)
}

// markVerified marks the address of user as its own.
func (a *Auth) markVerified(ctx context.Context, call *Call, user *model.User) (*VerifyEmailOutput, error) {
	if err := a.runUserHooks(ctx, user, func(h *Hooks) userHook { return h.BeforeEmailVerification }); err != nil {
		return nil, err
	}
	user, err := a.ChangeUser(ctx, user.ID, func(user *model.User) error {
		user.EmailVerified = true
		return nil
	})
	if err != nil {
		return nil, err
	}
	a.Audit(ctx, EventEmailVerified, user.ID)
	if err := a.runUserHooks(ctx, user, func(h *Hooks) userHook { return h.AfterEmailVerification }); err != nil {
		return nil, err
	}
	if a.opts.EmailVerification.AutoSignInAfterVerification {
		if err := a.signInVerified(ctx, call, user); err != nil {
			return nil, err
		}
	}
	return &VerifyEmailOutput{Status: true}, nil
}

// signInVerified opens a session for someone who has proven the address of user, unless the caller
// already has one as that user. A link is one factor: who has a second one is asked for it at sign-in.
func (a *Auth) signInVerified(ctx context.Context, call *Call, user *model.User) error {
	current, err := a.OptionalSession(ctx, call)
	if err != nil {
		return err
	}
	if current != nil && current.User.ID == user.ID {
		current.User = user
		a.setSessionCookie(call, current, a.dontRemember(call))
		return nil
	}
	_, _, err = a.StartSession(ctx, call, &SignIn{User: user, Method: "email-link"})
	return canceledAs(ErrCreateSession, err)
}

// verifyChange carries out one step of a change of address.
func (a *Auth) verifyChange(ctx context.Context, call *Call, user *model.User, claims emailClaims, callbackURL string) (*VerifyEmailOutput, error) {
	current, err := a.OptionalSession(ctx, call)
	if err != nil {
		return nil, err
	}
	if current != nil && current.User.Email != claims.Email {
		return nil, ErrVerifyInvalidUser
	}
	switch claims.RequestType {
	case changeConfirmation:
		return &VerifyEmailOutput{Status: true, Bare: true}, a.mailNewAddress(ctx, call, user, claims.UpdateTo, callbackURL)
	case changeVerification:
		return a.switchAddress(ctx, call, user, claims.UpdateTo)
	}
	return nil, ErrVerifyInvalidToken
}

// switchAddress gives user the address that has just been proven.
func (a *Auth) switchAddress(ctx context.Context, call *Call, user *model.User, address string) (*VerifyEmailOutput, error) {
	user, err := a.ChangeUser(ctx, user.ID, func(user *model.User) error {
		user.Email, user.EmailVerified = strings.ToLower(address), true
		return nil
	})
	if errors.Is(err, model.ErrConflict) { // somebody else took the address since the mail was sent
		return nil, ErrVerifyInvalidUser
	}
	if err != nil {
		return nil, err
	}
	a.Audit(ctx, EventEmailChanged, user.ID)
	if err := a.runUserHooks(ctx, user, func(h *Hooks) userHook { return h.AfterEmailVerification }); err != nil {
		return nil, err
	}
	return &VerifyEmailOutput{Status: true, User: user}, a.signInVerified(ctx, call, user)
}

type userHook = func(ctx context.Context, user *model.User) error

// runUserHooks runs the hooks chosen by pick.
func (a *Auth) runUserHooks(ctx context.Context, user *model.User, pick func(*Hooks) userHook) error {
	for i := range a.hooks {
		if hook := pick(&a.hooks[i]); hook != nil {
			if err := hook(ctx, user); err != nil {
				return err
			}
		}
	}
	return nil
}

// withQuery adds a parameter to a URL, before its fragment.
func withQuery(target, parameter string) string {
	target, fragment, hasFragment := strings.Cut(target, "#")
	separator := "?"
	if strings.HasSuffix(target, "?") || strings.HasSuffix(target, "&") {
		separator = ""
	} else if strings.Contains(target, "?") {
		separator = "&"
	}
	target += separator + parameter
	if hasFragment {
		target += "#" + fragment
	}
	return target
}
