package twofactor

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// SendOTPInput is the body of POST /two-factor/send-otp.
type SendOTPInput struct {
	TrustDevice *bool `json:"trustDevice"` // ignored here, as upstream does; see VerifyOTPInput
}

// SendOTP sends a code to the user whose sign-in waits, or who is signed in.
func (p *Plugin) SendOTP(ctx context.Context, call *core.Call, _ SendOTPInput) (*core.StatusOutput, error) {
	if p.funcs.SendOTP == nil {
		return nil, ErrOTPNotConfigured
	}
	who, err := p.verifier(ctx, call)
	if err != nil {
		return nil, err
	}
	otp := secure.Text(p.options.OTPOptions.Digits, secure.Digits)
	stored, err := p.sealOTP(ctx, otp)
	if err != nil {
		return nil, err
	}
	record := otpRecord{stored: stored}.String()
	if err := p.auth.CreateVerification(ctx, otpIdentifier(who), record, p.options.OTPOptions.lifetime()); err != nil {
		return nil, err
	}
	p.auth.Background(ctx, func(ctx context.Context) {
		if err := p.funcs.SendOTP(ctx, call, who.user, otp); err != nil {
			p.auth.Log().ErrorContext(ctx, "sending a code", "user", who.user.ID, "error", err)
		}
	})
	return &core.StatusOutput{Status: true}, nil
}
