package haveibeenpwned

// Options are the settings of the plugin.
type Options struct {
	// Enabled turns the check on.
	Enabled bool
	// CustomPasswordCompromisedMessage replaces the message of PASSWORD_COMPROMISED.
	CustomPasswordCompromisedMessage string
	// Paths are the endpoints whose new passwords are checked. Unset: all that store one for a client.
	Paths []string
}

// DefaultOptions returns Better Auth's defaults. Paths without an endpoint here are those of plugins.
func DefaultOptions() Options {
	return Options{
		Enabled: true,
		Paths: []string{
			"/sign-up/email",
			"/change-password",
			"/reset-password",
			"/email-otp/reset-password",
			"/phone-number/reset-password",
			"/admin/create-user",
			"/admin/set-user-password",
		},
	}
}
