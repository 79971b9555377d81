package twofactor

import (
	"context"
	"strings"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// Logical names of the cookies the plugin uses.
const (
	challengeCookie = "two_factor"
	trustCookie     = "trust_device"
)

const (
	challengePrefix = "2fa-"
	challengeLength = 20
)

// Challenge is the answer to a sign-in that needs a second factor.
type Challenge struct {
	TwoFactorRedirect bool `json:"twoFactorRedirect"`
	// TwoFactorMethods are those the user can choose from: "totp", "otp".
	TwoFactorMethods []string `json:"twoFactorMethods"`
}

// challenge asks for the second factor after a password, unless the device is trusted.
func (p *Plugin) challenge(ctx context.Context, call *core.Call, in *core.SignIn) (core.Challenge, error) {
	if !isChallenged(in.Method) || !enabled(in.User) {
		return nil, nil
	}
	trusted, err := p.trusted(ctx, call, in.User)
	if err != nil || trusted {
		return nil, err
	}
	methods, err := p.methods(ctx, in.User)
	if err != nil {
		return nil, err
	}
	if in.CallbackURL != nil && *in.CallbackURL != "" { // Better Auth 1.7.5 has set it by then, too
		call.Header().Set("Location", *in.CallbackURL)
	}
	if in.DontRemember { // it is for the session opened after the challenge, in another request
		p.auth.SetCookie(call, core.DontRememberCookie, "true", 0)
	}
	p.auth.ExpireSessionCookies(call, true)
	if err := p.openChallenge(ctx, call, in.User); err != nil {
		return nil, err
	}
	return &Challenge{TwoFactorRedirect: true, TwoFactorMethods: methods}, nil
}

// isChallenged tells the sign-ins that prove one factor from those that prove more. Better Auth 1.7.5 lets
// the link of a verification mail pass without the second factor.
func isChallenged(method string) bool {
	return method == "email" || method == "username" || method == "phone-number" || method == "email-link"
}

// openChallenge stores a challenge and its count of attempts, and names it in a cookie.
func (p *Plugin) openChallenge(ctx context.Context, call *core.Call, user *model.User) error {
	identifier := challengePrefix + secure.Text(challengeLength, secure.URLSafe)
	maxAge := p.options.TwoFactorCookieMaxAge
	expiresAt := p.auth.Now().Add(time.Duration(maxAge) * time.Second)
	if err := p.auth.StoreVerification(ctx, identifier, user.ID, expiresAt); err != nil {
		return err
	}
	if err := p.auth.StoreVerification(ctx, attemptsPrefix+identifier, "0", expiresAt); err != nil {
		return err
	}
	p.auth.SetCookie(call, challengeCookie, identifier, maxAge)
	return nil
}

// isChallenge keeps other signed values, such as session tokens, from passing as challenges.
func isChallenge(identifier string) bool {
	rest, ok := strings.CutPrefix(identifier, challengePrefix)
	return ok && len(rest) == challengeLength
}

// methods lists the factors user can prove.
func (p *Plugin) methods(ctx context.Context, user *model.User) ([]string, error) {
	methods := []string{}
	if !p.options.TOTPOptions.Disable {
		row, err := p.enrolled(ctx, user.ID)
		if err != nil {
			return nil, err
		}
		if proven(row) {
			methods = append(methods, "totp")
		}
	}
	if p.funcs.SendOTP != nil {
		methods = append(methods, "otp")
	}
	return methods, nil
}
