package twofactor

import (
	"fmt"

	"github.com/betterauth-gen/betterauth-gen/plugins"
	twofactor "github.com/betterauth-gen/betterauth-gen/plugins/twofactor/source"
)

// validate refuses numbers that would make a factor easy to guess. 0 stands for the default.
func validate(options any) []plugins.Problem {
	o := options.(*twofactor.Options)
	var problems []plugins.Problem
	for _, r := range []struct {
		path            string
		value, min, max int
	}{
		{"totpOptions.digits", o.TOTPOptions.Digits, 6, 8},
		{"totpOptions.period", o.TOTPOptions.Period, 15, 120},
		{"otpOptions.digits", o.OTPOptions.Digits, 6, 12},
		{"otpOptions.period", o.OTPOptions.Period, 1, 10},
		{"otpOptions.allowedAttempts", o.OTPOptions.AllowedAttempts, 1, 20},
		{"backupCodeOptions.amount", o.BackupCodeOptions.Amount, 1, 100},
		{"backupCodeOptions.length", o.BackupCodeOptions.Length, 8, 64},
		{"twoFactorCookieMaxAge", o.TwoFactorCookieMaxAge, 30, 3600},
		{"trustDeviceMaxAge", o.TrustDeviceMaxAge, 60, 400 * 24 * 60 * 60},
		{"accountLockout.maxFailedAttempts", o.AccountLockout.MaxFailedAttempts, 1, 100},
		{"accountLockout.durationSeconds", o.AccountLockout.DurationSeconds, 1, 24 * 60 * 60},
	} {
		if r.value != 0 && (r.value < r.min || r.value > r.max) {
			problems = append(problems, plugins.Problem{Path: r.path, Message: fmt.Sprintf("%d is not in the range %d to %d", r.value, r.min, r.max)})
		}
	}
	return problems
}
