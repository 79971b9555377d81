package username

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// beforeUpdate checks the names a signed-in user wants to have.
func (p *Plugin) beforeUpdate(ctx context.Context, _ *core.Call, user *model.User, in *core.UpdateUserInput) error {
	if isText(in.Username) {
		if err := p.check(ctx, in.Username.Value); err != nil {
			return err
		}
	}
	if in.Username.Set && p.frozen(user, in.Username) {
		return ErrImmutable
	}
	if isText(in.Username) {
		if err := p.checkNew(ctx, in.Username.Value, user.ID); err != nil {
			return err
		}
	}
	return p.acceptDisplay(ctx, &in.DisplayUsername)
}

// frozen reports that the name of user may not become name, nor be removed.
func (p *Plugin) frozen(user *model.User, name model.Opt[string]) bool {
	if !p.options.ImmutableUsername || user.Username == nil {
		return false
	}
	return name.Null || p.normalize(name.Value) != *user.Username
}
