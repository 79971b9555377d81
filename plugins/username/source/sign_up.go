package username

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// beforeSignUp checks the names of a new user and derives the one from the other where one is missing.
func (p *Plugin) beforeSignUp(ctx context.Context, _ *core.Call, in *core.SignUpEmailInput) error {
	if !in.Username.Set && isText(in.DisplayUsername) && p.check(ctx, in.DisplayUsername.Value) == nil {
		in.Username = in.DisplayUsername
	}
	if isText(in.Username) {
		if err := p.checkNew(ctx, in.Username.Value, ""); err != nil {
			return err
		}
	}
	if err := p.acceptDisplay(ctx, &in.DisplayUsername); err != nil {
		return err
	}
	if p.options.DisplayUsername && isText(in.Username) && !isText(in.DisplayUsername) {
		in.DisplayUsername = in.Username // as typed; it is stored normalized
	}
	return nil
}

// checkNew refuses a name that is not allowed, or taken by somebody else than the user with the id.
func (p *Plugin) checkNew(ctx context.Context, username, userID string) error {
	if err := p.check(ctx, username); err != nil {
		return err
	}
	owner, err := p.owner(ctx, p.normalize(username))
	if err == nil && owner != nil && owner.ID != userID {
		return ErrTaken
	}
	return err
}

// acceptDisplay checks a name to display, or drops it when such names are off.
func (p *Plugin) acceptDisplay(ctx context.Context, name *model.Opt[string]) error {
	if !p.options.DisplayUsername {
		*name = model.Opt[string]{}
	}
	if isText(*name) {
		return p.checkDisplay(ctx, name.Value)
	}
	return nil
}

func isText(value model.Opt[string]) bool { return value.Set && !value.Null }
