package core

import (
	"context"
	"errors"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// StatusOutput says that a request was carried out.
type StatusOutput struct {
	Status bool `json:"status"`
}

// ListSessions returns the caller's sessions that have not expired. Each comes with its token, so the
// caller's own session must be fresh.
func (a *Auth) ListSessions(ctx context.Context, call *Call, _ NoInput) ([]model.Session, error) {
	current, err := a.RequireFreshSession(ctx, call)
	if err != nil {
		return nil, err
	}
	sessions, err := a.userSessions(ctx, current.User.ID)
	if err != nil {
		return nil, err
	}
	active := make([]model.Session, 0, len(sessions))
	for _, session := range sessions {
		if session.ExpiresAt.After(a.now()) {
			active = append(active, session)
		}
	}
	return active, nil
}

// RevokeSessionInput is the body of POST /revoke-session.
type RevokeSessionInput struct {
	Token string `json:"token"`
}

// RevokeSession ends one of the caller's sessions. A token that is unknown or somebody else's is
// answered like the caller's own, and left alone.
func (a *Auth) RevokeSession(ctx context.Context, call *Call, in RevokeSessionInput) (*StatusOutput, error) {
	current, err := a.RequireSession(ctx, call)
	if err != nil {
		return nil, err
	}
	revoked, err := a.findSession(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	if revoked != nil && revoked.Session.UserID == current.User.ID {
		if err := a.deleteSession(ctx, revoked.Session); err != nil {
			return nil, err
		}
		a.Audit(ctx, EventSessionRevoked, current.User.ID)
	}
	return &StatusOutput{Status: true}, nil
}

// RevokeAllSessions ends all of the caller's sessions, this one too.
func (a *Auth) RevokeAllSessions(ctx context.Context, call *Call, _ NoInput) (*StatusOutput, error) {
	return a.revokeOwn(ctx, call, false)
}

// RevokeOtherSessions ends all of the caller's sessions but this one.
func (a *Auth) RevokeOtherSessions(ctx context.Context, call *Call, _ NoInput) (*StatusOutput, error) {
	return a.revokeOwn(ctx, call, true)
}

func (a *Auth) revokeOwn(ctx context.Context, call *Call, keepCurrent bool) (*StatusOutput, error) {
	current, err := a.RequireSession(ctx, call)
	if err != nil {
		return nil, err
	}
	keep := ""
	if keepCurrent {
		keep = current.Session.Token
	}
	if err := a.RevokeSessions(ctx, current.User.ID, keep); err != nil {
		return nil, err
	}
	a.Audit(ctx, EventSessionsRevoked, current.User.ID)
	return &StatusOutput{Status: true}, nil
}

// UpdateSessionInput is the body of POST /update-session: the configured session fields.
type UpdateSessionInput struct{ model.SessionInput }

// UpdateSessionOutput is the changed session.
type UpdateSessionOutput struct {
	Session *model.Session `json:"session"`
}

// UpdateSession changes the configured fields of the caller's session.
func (a *Auth) UpdateSession(ctx context.Context, call *Call, in UpdateSessionInput) (*UpdateSessionOutput, error) {
	current, err := a.RequireSession(ctx, call)
	if err != nil {
		return nil, err
	}
	if in.Empty() {
		return nil, ErrNoFieldsToUpdate
	}
	if err := checkFields(in); err != nil {
		return nil, err
	}
	for i := range a.hooks {
		if hook := a.hooks[i].BeforeUpdateSession; hook != nil {
			if err := hook(ctx, call, current.Session, &in); err != nil {
				return nil, err
			}
		}
	}
	if current, err = a.storedVersion(ctx, current); err != nil {
		return nil, err
	}
	in.Apply(current.Session)
	current.Session.UpdatedAt = a.Now()
	if err := a.updateSession(ctx, current); err != nil && !(a.stateless() && errors.Is(err, ErrExtendSession)) {
		return nil, err
	}
	a.Audit(ctx, EventSessionUpdated, current.User.ID)
	a.setSessionCookie(call, current, a.dontRemember(call))
	return &UpdateSessionOutput{Session: current.Session}, nil
}
