package twofactor

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// VerifyOTPInput is the body of POST /two-factor/verify-otp.
type VerifyOTPInput struct {
	Code        string `json:"code"`
	TrustDevice *bool  `json:"trustDevice"` // do not ask on this device again
}

// VerifyOTP checks a code that was sent. It ends a sign-in that waits for it; for somebody who is signed
// in it turns the second factor on.
func (p *Plugin) VerifyOTP(ctx context.Context, call *core.Call, in VerifyOTPInput) (*VerifiedOutput, error) {
	who, err := p.verifier(ctx, call)
	if err != nil {
		return nil, err
	}
	if err := p.attemptOTP(ctx, who, in.Code); err != nil {
		return nil, err
	}
	switch {
	case enabled(who.user):
		return p.succeed(ctx, call, who, in.TrustDevice)
	case who.session == nil: // turned off while the sign-in waited
		return nil, ErrNoSession
	}
	session, err := p.setEnabled(ctx, call, who.session, true)
	if err != nil {
		return nil, err
	}
	return &VerifiedOutput{Token: session.Session.Token, User: session.User}, nil
}

// attemptOTP uses the code that was sent up, and puts it back when another was entered. Wrong codes
// count against the code, and during a sign-in against the account.
func (p *Plugin) attemptOTP(ctx context.Context, who *verifier, code string) error {
	row, err := p.failureRow(ctx, who)
	if err != nil {
		return err
	}
	identifier := otpIdentifier(who)
	record, err := p.auth.ConsumeVerification(ctx, identifier)
	if err != nil {
		return err
	}
	if record == nil {
		return ErrOTPExpired
	}
	otp := parseOTP(record)
	if otp.failures >= p.options.OTPOptions.AllowedAttempts {
		return ErrTooManyAttempts
	}
	err = p.compareOTP(ctx, who, row, &otp, code)
	if err == nil {
		return nil
	}
	if returned := p.auth.StoreVerification(context.WithoutCancel(ctx), identifier, otp.String(), record.ExpiresAt); returned != nil {
		return returned
	}
	return err
}

// failureRow returns the row that counts failures; nil when nothing counts them.
func (p *Plugin) failureRow(ctx context.Context, who *verifier) (*model.TwoFactor, error) {
	if who.session != nil || !p.options.AccountLockout.Enabled {
		return nil, nil
	}
	row, err := p.counter(ctx, who.user.ID)
	if err != nil {
		return nil, err
	}
	return row, p.unlock(ctx, row)
}

// compareOTP compares code with the one that was sent and counts a failure.
func (p *Plugin) compareOTP(ctx context.Context, who *verifier, row *model.TwoFactor, otp *otpRecord, code string) error {
	if row != nil {
		if err := p.charge(ctx, row); err != nil {
			return err
		}
	}
	ok, err := p.matchesOTP(ctx, otp.stored, code)
	switch {
	case err != nil:
		return err
	case !ok:
		otp.failures++
		return p.refuse(ctx, who, ErrInvalidCode)
	case row != nil:
		return p.resetFailures(ctx, row)
	}
	return nil
}
