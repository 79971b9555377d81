package twofactor

import (
	"context"
	"errors"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// verifier is who proves a second factor: somebody who is signed in, or somebody whose sign-in waits.
type verifier struct {
	user      *model.User
	session   *core.SessionAndUser // nil during a sign-in
	challenge string               // "" with a session
}

// verifier finds out who is calling.
func (p *Plugin) verifier(ctx context.Context, call *core.Call) (*verifier, error) {
	session, err := p.auth.OptionalSession(ctx, call)
	if err != nil {
		return nil, err
	}
	if session != nil {
		return &verifier{user: session.User, session: session}, nil
	}
	identifier, ok := p.auth.Cookie(call, challengeCookie)
	if !ok || !isChallenge(identifier) {
		return nil, ErrInvalidCookie
	}
	record, err := p.auth.FindVerification(ctx, identifier)
	if err != nil {
		return nil, err
	}
	if record == nil || !record.ExpiresAt.After(p.auth.Now().Time) {
		return nil, ErrInvalidCookie
	}
	user, err := p.store.UserByID(ctx, record.Value)
	if errors.Is(err, model.ErrNotFound) {
		return nil, ErrInvalidCookie
	}
	return &verifier{user: user, challenge: identifier}, err
}

// VerifiedOutput is the answer to a proven second factor.
type VerifiedOutput struct {
	// Token is that of the session; empty when a backup code was used up without opening one.
	Token string      `json:"token,omitempty"`
	User  *model.User `json:"user"`
}

// current is the answer to somebody who is signed in.
func (who *verifier) current() *VerifiedOutput {
	return &VerifiedOutput{Token: who.session.Session.Token, User: who.session.User}
}

// succeed ends a verification: a sign-in gets its session. The challenge is used up by one statement, so
// of two right codes at the same time one opens a session.
func (p *Plugin) succeed(ctx context.Context, call *core.Call, who *verifier, trustDevice *bool) (*VerifiedOutput, error) {
	if who.session != nil {
		return who.current(), nil
	}
	record, err := p.auth.ConsumeVerification(ctx, who.challenge)
	if err != nil {
		return nil, err
	}
	if record == nil || record.Value != who.user.ID {
		p.auth.ExpireCookie(call, challengeCookie)
		return nil, ErrInvalidCookie
	}
	_, dontRemember := p.auth.Cookie(call, core.DontRememberCookie)
	session, err := p.auth.OpenSession(ctx, call, who.user, dontRemember)
	if errors.Is(err, core.ErrCanceled) {
		return nil, ErrCreateSession
	}
	if err != nil {
		return nil, err
	}
	p.auth.ExpireCookie(call, challengeCookie)
	if trustDevice != nil && *trustDevice {
		if err := p.trustDevice(ctx, call, who.user); err != nil {
			return nil, err
		}
		p.auth.ExpireCookie(call, core.DontRememberCookie)
	}
	p.auth.Audit(ctx, EventProven, who.user.ID)
	return &VerifiedOutput{Token: session.Session.Token, User: session.User}, nil
}
