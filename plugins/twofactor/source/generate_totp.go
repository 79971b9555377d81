package twofactor

// GenerateTOTP returns the code an authenticator app with this secret shows now. It has no route: whoever
// knows a secret may have its codes, so call it from your server only.
func (p *Plugin) GenerateTOTP(secret string) (string, error) {
	if p.options.TOTPOptions.Disable {
		return "", ErrTOTPNotConfigured
	}
	return p.options.TOTPOptions.code(secret, p.auth.Now().Time), nil
}
