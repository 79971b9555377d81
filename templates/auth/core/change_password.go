package core

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// ChangePasswordInput is the body of POST /change-password.
type ChangePasswordInput struct {
	NewPassword         string `json:"newPassword"`
	CurrentPassword     string `json:"currentPassword"`
	RevokeOtherSessions *bool  `json:"revokeOtherSessions"`
}

// ChangePasswordOutput is the answer to a change. Token is the new session's when all were revoked.
type ChangePasswordOutput struct {
	Token *string     `json:"token"`
	User  *model.User `json:"user"`
}

// ChangePassword replaces the password of the signed-in user, who must know the current one.
func (a *Auth) ChangePassword(ctx context.Context, call *Call, in ChangePasswordInput) (*ChangePasswordOutput, error) {
	current, err := a.RequireSession(ctx, call)
	if err != nil {
		return nil, err
	}
	if err := a.checkPasswordLength(in.NewPassword); err != nil {
		return nil, err
	}
	account, err := a.confirmPassword(ctx, current.User.ID, in.CurrentPassword)
	if err != nil {
		a.Audit(ctx, EventPasswordRefused, current.User.ID)
		return nil, err
	}
	hash, err := a.HashNewPassword(ctx, "/change-password", in.NewPassword)
	if err != nil {
		return nil, err
	}
	revoke := in.RevokeOtherSessions != nil && *in.RevokeOtherSessions
	if err := a.changePassword(ctx, account, hash, revoke); err != nil {
		return nil, err
	}
	a.Audit(ctx, EventPasswordChanged, current.User.ID)
	out := &ChangePasswordOutput{User: current.User}
	if !revoke {
		return out, nil
	}
	session, err := a.OpenSession(ctx, call, current.User, a.dontRemember(call))
	if err != nil {
		return nil, canceledAs(ErrGetSession, err)
	}
	out.Token = &session.Session.Token
	return out, nil
}

// changePassword stores a hash in account and, if wanted, ends every session of its user: both or neither.
func (a *Auth) changePassword(ctx context.Context, account *model.Account, hash string, revoke bool) error {
	if !revoke {
		return a.setPassword(ctx, account, hash)
	}
	return a.InTx(ctx, func(ctx context.Context) error {
		if err := a.setPassword(ctx, account, hash); err != nil {
			return err
		}
		return a.endSessions(ctx, account.UserID)
	})
}

// SetPasswordInput is the input of SetPassword.
type SetPasswordInput struct {
	NewPassword string `json:"newPassword"`
}

// SetPassword gives a signed-in user without a password one. It has no route: call it from your server.
func (a *Auth) SetPassword(ctx context.Context, call *Call, in SetPasswordInput) (*StatusOutput, error) {
	current, err := a.RequireSession(ctx, call)
	if err != nil {
		return nil, err
	}
	if err := a.checkPasswordLength(in.NewPassword); err != nil {
		return nil, err
	}
	account, err := a.CredentialAccount(ctx, current.User.ID)
	if err != nil {
		return nil, err
	}
	if account != nil && account.Password != nil {
		return nil, ErrPasswordAlreadySet
	}
	hash, err := a.HashNewPassword(ctx, "/set-password", in.NewPassword)
	if err != nil {
		return nil, err
	}
	if err := a.storePassword(ctx, current.User.ID, account, hash); err != nil {
		return nil, err
	}
	a.Audit(ctx, EventPasswordChanged, current.User.ID)
	return &StatusOutput{Status: true}, nil
}

// storePassword stores a hash in account, or in a new account when there is none.
func (a *Auth) storePassword(ctx context.Context, userID string, account *model.Account, hash string) error {
	if account == nil {
		return a.createCredential(ctx, userID, hash)
	}
	return a.setPassword(ctx, account, hash)
}

// VerifyPasswordInput is the body of POST /verify-password.
type VerifyPasswordInput struct {
	Password string `json:"password"`
}

// VerifyPassword checks the password of the signed-in user, before something that needs it.
func (a *Auth) VerifyPassword(ctx context.Context, call *Call, in VerifyPasswordInput) (*StatusOutput, error) {
	current, err := a.RequireSession(ctx, call)
	if err != nil {
		return nil, err
	}
	if err := a.ConfirmPassword(ctx, current.User.ID, in.Password); err != nil {
		return nil, err
	}
	return &StatusOutput{Status: true}, nil
}
