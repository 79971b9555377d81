package twofactor

import (
	"context"
	"strings"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

const (
	trustPrefix = "trust-device-"
	// distrustPrefix is followed by a user's id: no device counts that was trusted before the value was made.
	distrustPrefix = "distrust-devices-"
)

// trustDevice spares this device the second factor of user from now on.
func (p *Plugin) trustDevice(ctx context.Context, call *core.Call, user *model.User) error {
	identifier := trustPrefix + secure.Text(32, secure.URLSafe)
	maxAge := p.options.TrustDeviceMaxAge
	if err := p.auth.CreateVerification(ctx, identifier, user.ID, time.Duration(maxAge)*time.Second); err != nil {
		return err
	}
	token := p.auth.TokenFor(trustedText(user.ID, identifier))
	p.auth.SetCookie(call, trustCookie, token+"!"+identifier, maxAge)
	return nil
}

func trustedText(userID, identifier string) string { return userID + "!" + identifier }

// trustOf returns the identifier in the caller's trust cookie, when it was made for user.
func (p *Plugin) trustOf(call *core.Call, user *model.User) (identifier string, ok bool) {
	value, ok := p.auth.Cookie(call, trustCookie)
	if !ok {
		return "", false
	}
	token, identifier, ok := strings.Cut(value, "!")
	return identifier, ok && p.auth.VerifyTokenFor(trustedText(user.ID, identifier), token)
}

// trusted reports that user need not be asked on this device, and renews the trust: the record in the
// database is replaced, so that a copied cookie is good once. A cookie that is no good is removed.
func (p *Plugin) trusted(ctx context.Context, call *core.Call, user *model.User) (bool, error) {
	if _, sent := p.auth.Cookie(call, trustCookie); !sent {
		return false, nil
	}
	if identifier, ok := p.trustOf(call, user); ok {
		record, err := p.auth.ConsumeVerification(ctx, identifier)
		if err != nil {
			return false, err
		}
		counts, err := p.counts(ctx, record, user)
		if err != nil {
			return false, err
		}
		if counts {
			return true, p.trustDevice(ctx, call, user)
		}
	}
	p.auth.ExpireCookie(call, trustCookie)
	return false, nil
}

// afterSession puts the cookie of a trust that was renewed behind those of the session, where Better Auth has it.
func (p *Plugin) afterSession(_ context.Context, call *core.Call, _ *core.SessionAndUser) error {
	p.auth.MoveCookieLast(call, trustCookie)
	return nil
}

// counts reports that a record is one of a device that user still trusts.
func (p *Plugin) counts(ctx context.Context, record *model.Verification, user *model.User) (bool, error) {
	if record == nil || record.Value != user.ID {
		return false, nil
	}
	if p.auth.VerificationsInDatabase() {
		return true, nil
	}
	mark, err := p.auth.FindVerification(ctx, distrustPrefix+user.ID)
	return err == nil && (mark == nil || record.CreatedAt.After(mark.CreatedAt.Time)), err
}

// distrust ends the trust in every device of a user. Records in secondary storage cannot be found by their
// user, so there a mark outlives them that says until when they do not count.
func (p *Plugin) distrust(ctx context.Context, userID string) error {
	if _, err := p.store.DeleteUserVerifications(ctx, userID); err != nil || p.auth.VerificationsInDatabase() {
		return err
	}
	return p.auth.CreateVerification(ctx, distrustPrefix+userID, userID, time.Duration(p.options.TrustDeviceMaxAge)*time.Second)
}
