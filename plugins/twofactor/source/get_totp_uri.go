package twofactor

import (
	"context"
	"fmt"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// GetTOTPURIInput is the body of POST /two-factor/get-totp-uri.
type GetTOTPURIInput struct {
	Password *string `json:"password"`
}

// GetTOTPURIOutput is the answer to GetTOTPURIInput.
type GetTOTPURIOutput struct {
	TOTPURI string `json:"totpURI"`
}

// GetTOTPURI returns the URI of the caller's secret, to set up another authenticator app with it.
func (p *Plugin) GetTOTPURI(ctx context.Context, call *core.Call, in GetTOTPURIInput) (*GetTOTPURIOutput, error) {
	options := p.options.TOTPOptions
	rule := p.passwordRule(in.Password, options.AllowPasswordless)
	current, err := p.session(ctx, call, rule)
	if err != nil {
		return nil, err
	}
	if options.Disable {
		return nil, ErrTOTPNotConfigured
	}
	row, err := p.enrolled(ctx, current.User.ID)
	if err != nil {
		return nil, err
	}
	if row == nil {
		return nil, ErrTOTPNotEnabled
	}
	if err := p.confirm(ctx, current.User.ID, rule); err != nil {
		return nil, err
	}
	secret, err := p.auth.Decrypt(row.Secret)
	if err != nil {
		return nil, fmt.Errorf("TOTP secret: %w", err)
	}
	return &GetTOTPURIOutput{TOTPURI: options.uri(p.issuer(options.Issuer), current.User.Email, secret)}, nil
}
