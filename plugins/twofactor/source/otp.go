package twofactor

import (
	"context"
	"strconv"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// otpIdentifier names the code that was sent for a challenge, or to a session.
func otpIdentifier(who *verifier) string {
	key := who.challenge
	if who.session != nil {
		key = who.user.ID + "!" + who.session.Session.ID
	}
	return "2fa-otp-" + key
}

// sealOTP returns a code as it is stored.
func (p *Plugin) sealOTP(ctx context.Context, otp string) (string, error) {
	switch {
	case p.funcs.HashOTP != nil:
		return p.funcs.HashOTP(ctx, otp)
	case p.funcs.OTPCipher != nil:
		return p.funcs.OTPCipher.Encrypt(ctx, otp)
	}
	switch p.options.OTPOptions.StoreOTP {
	case "encrypted":
		return p.auth.Encrypt(otp)
	case "hashed":
		return secure.HashKey(otp), nil
	}
	return otp, nil
}

// matchesOTP reports whether code is the one stored.
func (p *Plugin) matchesOTP(ctx context.Context, stored, code string) (bool, error) {
	var err error
	switch mode := p.options.OTPOptions.StoreOTP; {
	case p.funcs.HashOTP != nil:
		code, err = p.funcs.HashOTP(ctx, code)
	case p.funcs.OTPCipher != nil:
		stored, err = p.funcs.OTPCipher.Decrypt(ctx, stored)
	case mode == "encrypted":
		stored, err = p.auth.Decrypt(stored)
	case mode == "hashed":
		code = secure.HashKey(code)
	}
	return err == nil && secure.Equal(stored, code), err
}

// otpRecord is the value of a stored code: its text, and how often it was missed.
type otpRecord struct {
	stored   string
	failures int
}

func (r otpRecord) String() string { return r.stored + ":" + strconv.Itoa(r.failures) }

// parseOTP reads a record. One that makes no sense counts as missed too often.
func parseOTP(record *model.Verification) otpRecord {
	colon := strings.LastIndexByte(record.Value, ':')
	if colon < 0 {
		return otpRecord{failures: 1 << 30}
	}
	failures, err := strconv.Atoi(record.Value[colon+1:])
	if err != nil {
		failures = 1 << 30
	}
	return otpRecord{stored: record.Value[:colon], failures: failures}
}
