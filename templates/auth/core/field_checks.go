package core

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// FieldChecks validate what clients, and the profiles of social providers, say about the configured fields. Nil:
// nothing to check.
type FieldChecks struct {
	User    func(in *model.UserInput) error
	Session func(in *model.SessionInput) error
}

// ID implements Plugin.
func (FieldChecks) ID() string { return "field-checks" }

// Register implements Plugin.
func (f FieldChecks) Register(*Auth) Hooks {
	var hooks Hooks
	if f.User != nil {
		hooks.BeforeSignUp = func(_ context.Context, _ *Call, in *SignUpEmailInput) error {
			return invalidField(f.User(&in.UserInput))
		}
		hooks.BeforeUpdateUser = func(_ context.Context, _ *Call, _ *model.User, in *UpdateUserInput) error {
			return invalidField(f.User(&in.UserInput))
		}
		hooks.BeforeProfile = func(_ context.Context, _ *ProviderProfile, in *model.UserInput) error {
			return invalidField(f.User(in))
		}
	}
	if f.Session != nil {
		hooks.BeforeUpdateSession = func(_ context.Context, _ *Call, _ *model.Session, in *UpdateSessionInput) error {
			return invalidField(f.Session(&in.SessionInput))
		}
	}
	return hooks
}

// invalidField is what the client is told: Better Auth 1.7.5 sends the message of the validator.
func invalidField(err error) error {
	if err == nil {
		return nil
	}
	return ErrValidation.With(err.Error())
}
