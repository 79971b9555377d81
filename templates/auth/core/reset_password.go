package core

import (
	"context"
	"net/url"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// RequestPasswordResetInput is the body of POST /request-password-reset.
type RequestPasswordResetInput struct {
	Email      string  `json:"email" check:"email"`
	RedirectTo *string `json:"redirectTo"` // the page that asks for the new password
}

// RequestPasswordResetOutput is the same whether the address is known or not.
type RequestPasswordResetOutput struct {
	Status  bool   `json:"status"`
	Message string `json:"message"`
}

func resetIdentifier(token string) string { return "reset-password:" + token }

// RequestPasswordReset mails a link for choosing a new password. The answer, and the statements run
// for it, are alike for known and unknown addresses.
func (a *Auth) RequestPasswordReset(ctx context.Context, call *Call, in RequestPasswordResetInput) (*RequestPasswordResetOutput, error) {
	if a.mails.ResetPassword == nil {
		return nil, ErrResetPasswordDisabled
	}
	out := &RequestPasswordResetOutput{
		Status:  true,
		Message: "If this email exists in our system, check your email for the reset link",
	}
	user, err := found(a.store.UserByEmail(ctx, strings.ToLower(in.Email)))
	if err != nil {
		return nil, err
	}
	token := secure.Text(24, secure.Alphanumeric)
	link, err := a.urlOf(call, "/reset-password/"+token+"?callbackURL="+web.EncodeURIComponent(deref(in.RedirectTo)))
	if err != nil {
		return nil, err
	}
	lifetime := seconds(a.opts.EmailAndPassword.ResetPasswordTokenExpiresIn)
	if user == nil {
		// A row that belongs to nobody costs what the real one costs.
		return out, a.CreateVerification(ctx, resetIdentifier(token), "", 0)
	}
	if err := a.CreateVerification(ctx, resetIdentifier(token), user.ID, lifetime); err != nil {
		return nil, err
	}
	a.Audit(ctx, EventPasswordResetRequested, user.ID)
	a.send(ctx, "reset-password", a.mails.ResetPassword, Mail{User: user, To: user.Email, URL: link, Token: token})
	return out, nil
}

// ResetPasswordLinkInput is the path and query of GET /reset-password/:token.
type ResetPasswordLinkInput struct {
	Token       string `json:"token"`
	CallbackURL string `json:"callbackURL"`
}

// ResetPasswordLink is where the link in the mail leads: it redirects to the page that asks for the
// new password, with the token, or with an error when the token is no good.
func (a *Auth) ResetPasswordLink(ctx context.Context, call *Call, in ResetPasswordLinkInput) (*NoInput, error) {
	if in.CallbackURL == "" {
		call.Redirect(a.pageOf(call, "/error?error=INVALID_TOKEN"))
		return nil, nil
	}
	row, err := a.FindVerification(ctx, resetIdentifier(in.Token))
	if err != nil {
		return nil, err
	}
	key, value := "token", in.Token
	if row == nil || row.Value == "" || !row.ExpiresAt.After(a.now()) {
		a.Audit(ctx, EventPasswordResetRefused, "")
		key, value = "error", ErrInvalidToken.Code
	}
	target, err := a.absoluteURL(call, in.CallbackURL)
	if err != nil {
		return nil, err
	}
	target.RawQuery = setParameter(target.RawQuery, key, value)
	call.Redirect(target.String())
	return nil, nil
}

// setParameter puts a parameter at the end of a query, in place of any of that name.
func setParameter(query, key, value string) string {
	var kept []string
	for _, pair := range strings.Split(query, "&") {
		if name, _, _ := strings.Cut(pair, "="); pair != "" && name != key {
			kept = append(kept, pair)
		}
	}
	return strings.Join(append(kept, key+"="+url.QueryEscape(value)), "&")
}

// absoluteURL resolves a checked redirect target against the base URL.
func (a *Auth) absoluteURL(call *Call, text string) (*url.URL, error) {
	at, err := a.BaseURLOf(call)
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(at)
	if err != nil {
		return nil, err
	}
	target, err := base.Parse(text)
	if err != nil {
		return nil, ErrInvalidCallbackURL
	}
	return target, nil
}

// ResetPasswordInput is the body of POST /reset-password.
type ResetPasswordInput struct {
	NewPassword string `json:"newPassword"`
	// Token is the one from the link. Over HTTP it may stand in the query instead.
	Token *string `json:"token"`
}

// ResetPassword stores the new password of the user a link was mailed to. The token is used up even
// if something fails later. No session is opened: a second factor is still asked for at sign-in.
func (a *Auth) ResetPassword(ctx context.Context, call *Call, in ResetPasswordInput) (*StatusOutput, error) {
	token := firstOf(deref(in.Token), call.request.URL.Query().Get("token"))
	if token == "" {
		return nil, ErrInvalidToken
	}
	if err := a.checkPasswordLength(in.NewPassword); err != nil {
		return nil, err
	}
	row, err := a.ConsumeVerification(ctx, resetIdentifier(token))
	if err != nil {
		return nil, err
	}
	if row == nil || row.Value == "" {
		a.Audit(ctx, EventPasswordResetRefused, "")
		return nil, ErrInvalidToken
	}
	user, err := found(a.store.UserByID(ctx, row.Value))
	if err != nil {
		return nil, err
	}
	if user == nil {
		return nil, ErrUserNotFound
	}
	hash, err := a.HashNewPassword(ctx, "/reset-password", in.NewPassword)
	if err != nil {
		return nil, err
	}
	if err := a.resetPassword(ctx, user, hash); err != nil {
		return nil, err
	}
	a.Audit(ctx, EventPasswordReset, user.ID)
	return &StatusOutput{Status: true}, nil
}

func (a *Auth) resetPassword(ctx context.Context, user *model.User, hash string) error {
	err := a.InTx(ctx, func(ctx context.Context) error {
		account, err := a.CredentialAccount(ctx, user.ID)
		if err != nil {
			return err
		}
		if err := a.storePassword(ctx, user.ID, account, hash); err != nil {
			return err
		}
		if err := a.unlockPassword(ctx, user.ID); err != nil {
			return err
		}
		if !a.opts.EmailAndPassword.RevokeSessionsOnPasswordReset {
			return nil
		}
		return a.endSessions(ctx, user.ID)
	})
	if err != nil {
		return err
	}
	for i := range a.hooks {
		if hook := a.hooks[i].OnPasswordReset; hook != nil {
			if err := hook(ctx, user); err != nil {
				return err
			}
		}
	}
	return nil
}
