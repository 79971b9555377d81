package twofactor

import "time"

// Options are the settings of the plugin. Durations are seconds unless they say otherwise.
type Options struct {
	// Issuer names this application in authenticator apps. Empty: the app name.
	Issuer string
	// TwoFactorTable is the name of the table in the database, unless schema.twoFactor.modelName has one.
	TwoFactorTable string
	// SkipVerificationOnEnable turns two factors on before the user has shown a code of the new secret.
	SkipVerificationOnEnable bool
	// AllowPasswordless lets users without a password manage their second factor without one.
	AllowPasswordless bool
	// TwoFactorCookieMaxAge is how long a sign-in waits for its second factor.
	TwoFactorCookieMaxAge int
	// TrustDeviceMaxAge is how long a trusted device is not asked, counted from its last sign-in.
	TrustDeviceMaxAge int

	AccountLockout    AccountLockoutOptions
	TOTPOptions       TOTPOptions
	OTPOptions        OTPOptions
	BackupCodeOptions BackupCodeOptions
}

// AccountLockoutOptions bound the wrong codes for one account, over all its sign-ins.
type AccountLockoutOptions struct {
	// Enabled turns the lockout on.
	Enabled bool
	// MaxFailedAttempts is the number of wrong codes that locks the second factor.
	MaxFailedAttempts int
	// DurationSeconds is how long it stays locked.
	DurationSeconds int
}

// TOTPOptions set up codes of authenticator apps.
type TOTPOptions struct {
	// Issuer names this application in the URI of /two-factor/get-totp-uri. Empty: the app name.
	Issuer string
	// Digits is the length of a code.
	Digits int
	// Period is how many seconds a code lasts.
	Period int
	// Disable turns authenticator apps off.
	Disable bool
	// AllowPasswordless overrides the option of the same name above for reading the URI.
	AllowPasswordless *bool
}

// OTPOptions set up codes that are sent. They are on when Funcs.SendOTP is set.
type OTPOptions struct {
	// Digits is the length of a code.
	Digits int
	// Period is how many minutes a code lasts.
	Period int
	// AllowedAttempts is how many wrong tries one code survives.
	AllowedAttempts int
	// StoreOTP says how a code is kept in the database.
	StoreOTP string `enum:"plain,encrypted,hashed"`
}

// BackupCodeOptions set up backup codes.
type BackupCodeOptions struct {
	// Amount is the number of codes in a set.
	Amount int
	// Length is the number of random characters in a code.
	Length int
	// StoreBackupCodes says how the set is kept in the database.
	StoreBackupCodes string `enum:"plain,encrypted"`
	// AllowPasswordless overrides the option of the same name above for making new codes.
	AllowPasswordless *bool
}

// DefaultOptions returns Better Auth's defaults.
func DefaultOptions() Options {
	return Options{
		TwoFactorTable:        "twoFactor",
		TwoFactorCookieMaxAge: 10 * 60,
		TrustDeviceMaxAge:     30 * 24 * 60 * 60,
		AccountLockout:        AccountLockoutOptions{Enabled: true, MaxFailedAttempts: 10, DurationSeconds: 15 * 60},
		TOTPOptions:           TOTPOptions{Digits: 6, Period: 30},
		OTPOptions:            OTPOptions{Digits: 6, Period: 3, AllowedAttempts: 5, StoreOTP: "plain"},
		BackupCodeOptions:     BackupCodeOptions{Amount: 10, Length: 10, StoreBackupCodes: "encrypted"},
	}
}

// filled replaces numbers that are zero, which stand for the default, and so cannot divide or disarm.
func (o Options) filled() Options {
	d := DefaultOptions()
	for _, n := range []struct {
		value *int
		or    int
	}{
		{&o.TwoFactorCookieMaxAge, d.TwoFactorCookieMaxAge},
		{&o.TrustDeviceMaxAge, d.TrustDeviceMaxAge},
		{&o.AccountLockout.MaxFailedAttempts, d.AccountLockout.MaxFailedAttempts},
		{&o.AccountLockout.DurationSeconds, d.AccountLockout.DurationSeconds},
		{&o.TOTPOptions.Digits, d.TOTPOptions.Digits},
		{&o.TOTPOptions.Period, d.TOTPOptions.Period},
		{&o.OTPOptions.Digits, d.OTPOptions.Digits},
		{&o.OTPOptions.Period, d.OTPOptions.Period},
		{&o.OTPOptions.AllowedAttempts, d.OTPOptions.AllowedAttempts},
		{&o.BackupCodeOptions.Amount, d.BackupCodeOptions.Amount},
		{&o.BackupCodeOptions.Length, d.BackupCodeOptions.Length},
	} {
		if *n.value <= 0 {
			*n.value = n.or
		}
	}
	return o
}

func (o AccountLockoutOptions) duration() time.Duration {
	return time.Duration(o.DurationSeconds) * time.Second
}

func (o OTPOptions) lifetime() time.Duration { return time.Duration(o.Period) * time.Minute }
