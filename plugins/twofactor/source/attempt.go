package twofactor

import (
	"context"
	"log/slog"
	"strconv"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

const attemptsPrefix = "2fa-attempts-"

// maxAttempts is how many wrong codes one challenge survives.
const maxAttempts = 5

// turn is the right to try a code on a challenge. There is one for each challenge, and who tries holds
// it meanwhile, so that a burst of requests cannot try more often than a row of them.
type turn struct {
	identifier string
	failures   int
	expiresAt  model.Time
}

// attempt checks a code. During a sign-in wrong codes count against the challenge and the account;
// somebody who is signed in has proven more than the code could.
func (p *Plugin) attempt(ctx context.Context, call *core.Call, who *verifier, row *model.TwoFactor, wrong *core.Error, check func() (bool, error)) error {
	if who.session != nil {
		ok, err := check()
		if err == nil && !ok {
			return p.refuse(ctx, who, wrong)
		}
		return err
	}
	if err := p.unlock(ctx, row); err != nil {
		return err
	}
	held, err := p.takeTurn(ctx, call, who)
	if err != nil {
		return err
	}
	ok := false
	if err = p.charge(ctx, row); err == nil {
		ok, err = check()
	}
	failures := held.failures
	if err == nil && !ok { // any other error is nobody's failure
		failures, err = failures+1, p.refuse(ctx, who, wrong)
	}
	if err == nil {
		return p.resetFailures(ctx, row)
	}
	if returned := p.returnTurn(ctx, held, failures); returned != nil {
		return returned
	}
	return err
}

// refuse logs a wrong code.
func (p *Plugin) refuse(ctx context.Context, who *verifier, wrong *core.Error) error {
	p.auth.Audit(ctx, EventRefused, who.user.ID, slog.String("code", wrong.Code))
	return wrong
}

// takeTurn takes the turn of a challenge. After too many failures it ends the challenge instead.
func (p *Plugin) takeTurn(ctx context.Context, call *core.Call, who *verifier) (*turn, error) {
	identifier := attemptsPrefix + who.challenge
	record, err := p.auth.ConsumeVerification(ctx, identifier)
	if err != nil {
		return nil, err
	}
	if record == nil {
		return nil, ErrInvalidCookie
	}
	failures, err := strconv.Atoi(record.Value)
	if err == nil && failures < maxAttempts {
		return &turn{identifier: identifier, failures: failures, expiresAt: record.ExpiresAt}, nil
	}
	if _, err := p.auth.ConsumeVerification(ctx, who.challenge); err != nil {
		p.auth.Log().ErrorContext(ctx, "ending a two-factor challenge", "user", who.user.ID, "error", err)
		return nil, ErrInvalidate
	}
	p.auth.ExpireCookie(call, challengeCookie)
	return nil, ErrTooManyAttempts
}

// returnTurn lets the challenge be tried again, even if the client has gone away meanwhile.
func (p *Plugin) returnTurn(ctx context.Context, t *turn, failures int) error {
	return p.auth.StoreVerification(context.WithoutCancel(ctx), t.identifier, strconv.Itoa(failures), t.expiresAt)
}
