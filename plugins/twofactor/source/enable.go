package twofactor

import (
	"context"
	"log/slog"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// EnableInput is the body of POST /two-factor/enable.
type EnableInput struct {
	Password *string `json:"password"`
	Method   *string `json:"method" check:"oneof=otp|totp"` // nil: "totp"
	Issuer   *string `json:"issuer"`                        // name of this application in the authenticator app
}

// EnableOutput is the answer to EnableInput: what to show to the user of an authenticator app.
type EnableOutput struct {
	Method      string   `json:"method"`
	TOTPURI     string   `json:"totpURI,omitempty"`
	BackupCodes []string `json:"backupCodes,omitempty"`
}

// Enable turns on codes that are sent, or prepares an authenticator app: that is turned on by the first
// code given to VerifyTOTP, so that nobody is locked out by a secret that was not stored.
func (p *Plugin) Enable(ctx context.Context, call *core.Call, in EnableInput) (*EnableOutput, error) {
	rule := p.passwordRule(in.Password, nil)
	current, err := p.session(ctx, call, rule)
	if err != nil {
		return nil, err
	}
	if err := p.confirm(ctx, current.User.ID, rule); err != nil {
		return nil, err
	}
	otp := in.Method != nil && *in.Method == "otp"
	switch {
	case otp && p.funcs.SendOTP == nil:
		return nil, ErrOTPNotAvailable
	case otp:
		return &EnableOutput{Method: "otp"}, p.turnOn(ctx, call, current)
	case p.options.TOTPOptions.Disable:
		return nil, ErrTOTPNotAvailable
	}
	return p.enableTOTP(ctx, call, current, in.Issuer)
}

func (p *Plugin) enableTOTP(ctx context.Context, call *core.Call, current *core.SessionAndUser, issuer *string) (*EnableOutput, error) {
	row, err := p.row(ctx, current.User.ID)
	if err != nil {
		return nil, err
	}
	if proven(row) {
		return nil, ErrTOTPEnabled
	}
	secret := newSecret()
	codes, stored, err := p.newBackupCodes(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.storeSecret(ctx, current.User.ID, row, secret, stored); err != nil {
		return nil, err
	}
	if p.options.SkipVerificationOnEnable {
		if err := p.turnOn(ctx, call, current); err != nil {
			return nil, err
		}
	}
	name := p.issuer(p.options.Issuer)
	if issuer != nil && *issuer != "" {
		name = *issuer
	}
	uri := p.options.TOTPOptions.uri(name, current.User.Email, secret)
	return &EnableOutput{Method: "totp", TOTPURI: uri, BackupCodes: codes}, nil
}

// issuer returns the name of this application in authenticator apps.
func (p *Plugin) issuer(option string) string {
	if option != "" {
		return option
	}
	return p.auth.Options().AppName
}

// storeSecret stores a new secret in row, or in a new one when it is nil.
func (p *Plugin) storeSecret(ctx context.Context, userID string, row *model.TwoFactor, secret, codes string) error {
	sealed, err := p.auth.Encrypt(secret)
	if err != nil {
		return err
	}
	isNew, verified := row == nil, p.options.SkipVerificationOnEnable
	if isNew {
		row = p.newRow(userID)
	}
	row.Secret, row.BackupCodes, row.Verified = sealed, codes, &verified
	if isNew {
		return p.store.InsertTwoFactor(ctx, row)
	}
	_, err = p.store.UpdateTwoFactor(ctx, row)
	return err
}

// turnOn makes the caller's sign-ins ask for a second factor.
func (p *Plugin) turnOn(ctx context.Context, call *core.Call, current *core.SessionAndUser) error {
	_, err := p.setEnabled(ctx, call, current, true)
	return err
}

// setEnabled stores whether the caller's sign-ins ask for a second factor, and replaces its session: one
// that was stolen before the change is worth nothing after it.
func (p *Plugin) setEnabled(ctx context.Context, call *core.Call, current *core.SessionAndUser, on bool) (*core.SessionAndUser, error) {
	user, err := p.auth.ChangeUser(ctx, current.User.ID, func(user *model.User) error {
		user.TwoFactorEnabled = &on
		return nil
	})
	if err != nil {
		return nil, err
	}
	p.auth.Audit(ctx, EventChanged, user.ID, slog.Bool("enabled", on))
	return p.auth.RotateSession(ctx, call, &core.SessionAndUser{Session: current.Session, User: user})
}
