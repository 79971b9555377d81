package twofactor

import (
	"context"
	"fmt"
	"strconv"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// VerifyTOTPInput is the body of POST /two-factor/verify-totp.
type VerifyTOTPInput struct {
	Code        string `json:"code"`
	TrustDevice *bool  `json:"trustDevice"` // do not ask on this device again
}

// VerifyTOTP checks a code of an authenticator app. It ends a sign-in that waits for it; for somebody
// who is signed in the first code turns the second factor on.
func (p *Plugin) VerifyTOTP(ctx context.Context, call *core.Call, in VerifyTOTPInput) (*VerifiedOutput, error) {
	if p.options.TOTPOptions.Disable {
		return nil, ErrTOTPNotConfigured
	}
	who, err := p.verifier(ctx, call)
	if err != nil {
		return nil, err
	}
	row, err := p.enrolled(ctx, who.user.ID)
	if err != nil {
		return nil, err
	}
	if row == nil || who.session == nil && !proven(row) {
		return nil, ErrTOTPNotEnabled
	}
	err = p.attempt(ctx, call, who, row, ErrInvalidCode, func() (bool, error) {
		return p.checkTOTP(ctx, row, in.Code)
	})
	if err != nil {
		return nil, err
	}
	if row.Verified == nil || !*row.Verified {
		return p.prove(ctx, call, who, row, in.TrustDevice)
	}
	return p.succeed(ctx, call, who, in.TrustDevice)
}

// checkTOTP reports whether code is a current one that has not been used. RFC 6238 section 5.2 asks for
// one use: a code that somebody looked at over the user's shoulder lasts for more than a minute.
func (p *Plugin) checkTOTP(ctx context.Context, row *model.TwoFactor, code string) (bool, error) {
	secret, err := p.auth.Decrypt(row.Secret)
	if err != nil {
		return false, fmt.Errorf("TOTP secret: %w", err)
	}
	options := p.options.TOTPOptions
	step, ok := options.match(secret, code, p.auth.Now().Time)
	if !ok {
		return false, nil
	}
	use := "2fa-totp-" + row.ID + "-" + strconv.FormatInt(step, 10)
	return p.auth.Reserve(ctx, use, model.NewTime(options.end(step)))
}

// prove marks the secret as the user's, after its first code. The answer shows the session and the user
// as they were before; only the cookie carries the new session. Better Auth 1.7.5 answers so.
func (p *Plugin) prove(ctx context.Context, call *core.Call, who *verifier, row *model.TwoFactor, trustDevice *bool) (*VerifiedOutput, error) {
	if who.session != nil && !enabled(who.user) {
		if err := p.turnOn(ctx, call, who.session); err != nil {
			return nil, err
		}
	}
	if _, err := p.store.MarkTwoFactorVerified(ctx, row.ID); err != nil {
		return nil, err
	}
	return p.succeed(ctx, call, who, trustDevice)
}
