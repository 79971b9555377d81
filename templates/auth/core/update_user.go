package core

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// UpdateUserInput is the body of POST /update-user.
type UpdateUserInput struct {
	Name  model.Opt[string] `json:"name"`
	Image model.Opt[string] `json:"image"`
	// Email is refused: an address is changed through /change-email, which proves it.
	Email json.RawMessage `json:"email"`
	model.UserInput
}

// UpdateUser changes the name, image and configured fields of the signed-in user.
func (a *Auth) UpdateUser(ctx context.Context, call *Call, in UpdateUserInput) (*StatusOutput, error) {
	current, err := a.RequireSession(ctx, call)
	if err != nil {
		return nil, err
	}
	if truthy(in.Email) {
		return nil, ErrEmailCannotBeUpdated
	}
	if in.Name.Null {
		return nil, ErrValidation.With("[body.name] Invalid input: expected string, received null")
	}
	if err := checkFields(in); err != nil {
		return nil, err
	}
	for i := range a.hooks {
		if hook := a.hooks[i].BeforeUpdateUser; hook != nil {
			if err := hook(ctx, call, current.User, &in); err != nil {
				return nil, err
			}
		}
	}
	if !in.Name.Set && !in.Image.Set && in.Empty() {
		return nil, ErrNoFieldsToUpdate
	}
	user, err := a.ChangeUser(ctx, current.User.ID, in.change)
	if a.opts.NoDatabase && errors.Is(err, model.ErrNotFound) {
		user, err = a.changeUnstored(ctx, current.User, in)
	}
	if err != nil {
		return nil, err
	}
	a.Audit(ctx, EventUserUpdated, user.ID)
	current.User = user
	a.setSessionCookie(call, current, a.dontRemember(call))
	return &StatusOutput{Status: true}, nil
}

// change copies what the client sent.
func (in UpdateUserInput) change(user *model.User) error {
	in.Name.ToRequired(&user.Name)
	in.Image.To(&user.Image)
	in.Apply(user)
	return nil
}

// changeUnstored changes a user who is in the session only: without a database the process that stored the user
// may be gone.
func (a *Auth) changeUnstored(ctx context.Context, user *model.User, in UpdateUserInput) (*model.User, error) {
	changed := *user
	if err := in.change(&changed); err != nil {
		return nil, err
	}
	changed.UpdatedAt = a.Now()
	if err := before(ctx, a, userUpdate, &changed); err != nil {
		return nil, err
	}
	a.RefreshUserSessions(ctx, &changed)
	return &changed, after(ctx, a, userUpdate, &changed)
}
