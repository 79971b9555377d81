package username

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// beforeCreate checks the names of a user however it is made, and brings them into the stored form.
func (p *Plugin) beforeCreate(ctx context.Context, user *model.User) error {
	if user.Username != nil {
		if err := p.check(ctx, *user.Username); err != nil {
			return err
		}
	}
	if user.DisplayUsername != nil {
		if err := p.checkDisplay(ctx, *user.DisplayUsername); err != nil {
			return err
		}
	}
	return p.beforeStore(ctx, user)
}

// beforeStore brings the names of a user into the stored form.
func (p *Plugin) beforeStore(ctx context.Context, user *model.User) error {
	p.disguise(ctx, user)
	return nil
}

// disguise makes the names of a user, be it a made-up one, look as if it came from the database.
func (p *Plugin) disguise(_ context.Context, user *model.User) {
	if user.Username != nil {
		name := p.normalize(*user.Username)
		user.Username = &name
	}
	if user.DisplayUsername != nil {
		name := p.normalizeDisplay(*user.DisplayUsername)
		user.DisplayUsername = &name
	}
}
