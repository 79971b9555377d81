package core

import (
	"context"
	"errors"
	"time"
)

const (
	exclusiveLifetime = time.Minute           // after which a claim of a server that has died is void
	exclusiveWait     = 15 * time.Second      // for others
	exclusivePoll     = 50 * time.Millisecond // between two looks at a claim
)

// errExclusive reports that others kept a claim for too long.
var errExclusive = errors.New("somebody else is still at it")

// exclusively runs do while no other caller, on any server, runs something under the same identifier. It
// holds no transaction meanwhile, so do may take its time.
func (a *Auth) exclusively(ctx context.Context, identifier string, do func(ctx context.Context) error) error {
	if err := a.claim(ctx, identifier); err != nil {
		return err
	}
	defer func() {
		if err := a.unreserve(context.WithoutCancel(ctx), identifier); err != nil {
			a.log.ErrorContext(ctx, "giving up a claim", "error", err)
		}
	}()
	return do(ctx)
}

// claim waits until it can reserve identifier.
func (a *Auth) claim(ctx context.Context, identifier string) error {
	ctx, stop := context.WithTimeoutCause(ctx, exclusiveWait, errExclusive)
	defer stop()
	for {
		claimed, err := a.Reserve(ctx, identifier, a.Now().Add(exclusiveLifetime))
		if err != nil || claimed {
			return err
		}
		if err := a.voidClaim(ctx, identifier); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(exclusivePoll):
		}
	}
}

// voidClaim removes a claim nobody has given up in time: by its age, so that it cannot be a new one. In
// secondary storage claims end by themselves.
func (a *Auth) voidClaim(ctx context.Context, identifier string) error {
	row, err := a.FindVerification(ctx, identifier)
	if err != nil || row == nil || row.ExpiresAt.After(a.now()) {
		return err
	}
	_, err = a.store.DeleteExpiredVerifications(ctx, a.Now())
	return err
}
