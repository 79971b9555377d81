package core

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// DeleteUserInput is the body of POST /delete-user.
type DeleteUserInput struct {
	Password    *string `json:"password"`
	Token       *string `json:"token"` // from the mail
	CallbackURL *string `json:"callbackURL"`
}

// DeleteUserOutput says what happened.
type DeleteUserOutput struct {
	Success bool   `json:"success"`
	Message string `json:"message"`
}

func deletionIdentifier(token string) string { return "delete-account-" + token }

// DeleteUser deletes the signed-in user, who proves to be present by password, by a mailed token or,
// where no mail is configured, by a fresh session. With the mail configured it is sent first.
func (a *Auth) DeleteUser(ctx context.Context, call *Call, in DeleteUserInput) (*DeleteUserOutput, error) {
	current, err := a.RequireSession(ctx, call)
	if err != nil {
		return nil, err
	}
	if !a.opts.User.DeleteUser.Enabled {
		return nil, ErrNotFound
	}
	if in.Password != nil && *in.Password != "" {
		if err := a.confirmCredential(ctx, current.User.ID, *in.Password); err != nil {
			return nil, err
		}
	}
	switch {
	case deref(in.Token) != "":
		return a.DeleteUserCallback(ctx, call, DeleteUserCallbackInput{Token: *in.Token})
	case a.mails.ConfirmDeletion != nil:
		return a.mailDeletion(ctx, call, current.User, deref(in.CallbackURL))
	case deref(in.Password) == "" && !a.fresh(current.Session):
		return nil, ErrSessionExpired
	}
	return a.deleteCaller(ctx, call, current.User)
}

func (a *Auth) mailDeletion(ctx context.Context, call *Call, user *model.User, callbackURL string) (*DeleteUserOutput, error) {
	token := secure.Text(32, secure.LowerAlphanumeric)
	link, err := a.urlOf(call, "/delete-user/callback?token="+token+"&callbackURL="+web.EncodeURIComponent(firstOf(callbackURL, "/")))
	if err != nil {
		return nil, err
	}
	lifetime := seconds(a.opts.User.DeleteUser.DeleteTokenExpiresIn)
	if err := a.CreateVerification(ctx, deletionIdentifier(token), user.ID, lifetime); err != nil {
		return nil, err
	}
	a.Audit(ctx, EventDeletionRequested, user.ID)
	a.send(ctx, "delete-account", a.mails.ConfirmDeletion, Mail{User: user, To: user.Email, URL: link, Token: token})
	return &DeleteUserOutput{Success: true, Message: "Verification email sent"}, nil
}

// DeleteUserCallbackInput is the query of GET /delete-user/callback.
type DeleteUserCallbackInput struct {
	Token       string  `json:"token"`
	CallbackURL *string `json:"callbackURL"`
}

// DeleteUserCallback is where the deletion link leads. It takes the token and a session of the same user.
func (a *Auth) DeleteUserCallback(ctx context.Context, call *Call, in DeleteUserCallbackInput) (*DeleteUserOutput, error) {
	if !a.opts.User.DeleteUser.Enabled {
		return nil, ErrDeleteNotFound
	}
	current, err := a.OptionalSession(ctx, call)
	if err != nil {
		return nil, err
	}
	if current == nil {
		return nil, ErrDeleteUserInfo
	}
	// Looked at before it is consumed, so that somebody else cannot use it up.
	row, err := a.FindVerification(ctx, deletionIdentifier(in.Token))
	if err != nil {
		return nil, err
	}
	if row != nil && row.Value == current.User.ID {
		row, err = a.ConsumeVerification(ctx, deletionIdentifier(in.Token))
	}
	if err != nil {
		return nil, err
	}
	if row == nil || row.Value != current.User.ID {
		a.Audit(ctx, EventDeletionRefused, current.User.ID)
		return nil, ErrDeleteInvalidToken
	}
	out, err := a.deleteCaller(ctx, call, current.User)
	if err == nil && deref(in.CallbackURL) != "" {
		call.Redirect(*in.CallbackURL)
	}
	return out, err
}

// deleteCaller deletes the caller and signs it out.
func (a *Auth) deleteCaller(ctx context.Context, call *Call, user *model.User) (*DeleteUserOutput, error) {
	if err := a.runUserHooks(ctx, user, func(h *Hooks) userHook { return h.BeforeDeleteUser }); err != nil {
		return nil, err
	}
	if err := a.removeUser(ctx, user); err != nil {
		return nil, err
	}
	call.setSession(nil)
	a.ExpireSessionCookies(call, false)
	a.Audit(ctx, EventUserDeleted, user.ID)
	if err := a.runUserHooks(ctx, user, func(h *Hooks) userHook { return h.AfterDeleteUser }); err != nil {
		return nil, err
	}
	return &DeleteUserOutput{Success: true, Message: "User deleted"}, nil
}
