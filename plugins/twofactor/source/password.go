package twofactor

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// passwordRule is what an endpoint asks of the user's password.
type passwordRule struct {
	given *string
	// optional lets users who have no password go without.
	optional bool
}

func (p *Plugin) passwordRule(given *string, override *bool) passwordRule {
	optional := p.options.AllowPasswordless
	if override != nil {
		optional = *override
	}
	return passwordRule{given: given, optional: optional}
}

// present refuses a body without a password. It comes before the session check, as all validation does.
func (r passwordRule) present() error {
	if r.given == nil && !r.optional {
		return errPasswordNotInRequest
	}
	return nil
}

// confirm checks the password of a signed-in user.
func (p *Plugin) confirm(ctx context.Context, userID string, rule passwordRule) error {
	if rule.optional {
		account, err := p.auth.CredentialAccount(ctx, userID)
		if err != nil || account == nil || account.Password == nil {
			return err
		}
	}
	if rule.given == nil {
		return core.ErrInvalidPassword
	}
	return p.auth.ConfirmPassword(ctx, userID, *rule.given)
}

// session returns the session of a caller who has also sent the password.
func (p *Plugin) session(ctx context.Context, call *core.Call, rule passwordRule) (*core.SessionAndUser, error) {
	if err := rule.present(); err != nil {
		return nil, err
	}
	return p.auth.RequireSession(ctx, call)
}
