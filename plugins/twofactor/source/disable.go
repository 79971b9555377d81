package twofactor

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// DisableInput is the body of POST /two-factor/disable.
type DisableInput struct {
	Password *string `json:"password"`
}

// Disable turns the second factor of the caller off and forgets its secret, its backup codes and every
// device that was trusted, so that none is still trusted should it be turned on again.
func (p *Plugin) Disable(ctx context.Context, call *core.Call, in DisableInput) (*core.StatusOutput, error) {
	rule := p.passwordRule(in.Password, nil)
	current, err := p.session(ctx, call, rule)
	if err != nil {
		return nil, err
	}
	if err := p.confirm(ctx, current.User.ID, rule); err != nil {
		return nil, err
	}
	if _, err := p.setEnabled(ctx, call, current, false); err != nil {
		return nil, err
	}
	if err := p.forget(ctx, current.User.ID); err != nil {
		return nil, err
	}
	if _, ok := p.trustOf(call, current.User); ok {
		p.auth.ExpireCookie(call, trustCookie)
	}
	return &core.StatusOutput{Status: true}, nil
}

// forget deletes what is stored about the second factor of a user.
func (p *Plugin) forget(ctx context.Context, userID string) error {
	return p.auth.InTx(ctx, func(ctx context.Context) error {
		if _, err := p.store.DeleteTwoFactorByUserID(ctx, userID); err != nil {
			return err
		}
		return p.distrust(ctx, userID)
	})
}
