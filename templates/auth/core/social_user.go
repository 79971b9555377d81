package core

import (
	"context"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// profileUser returns the row of a new user with a profile.
func (a *Auth) profileUser(ctx context.Context, profile *ProviderProfile) (*model.User, error) {
	fields, err := profileFields(profile)
	if err != nil {
		return nil, err
	}
	if err := a.checkProfile(ctx, profile, &fields); err != nil {
		return nil, err
	}
	if missing := fields.Missing(); missing != "" {
		return nil, ErrMissingField.With(missing + " is required")
	}
	now := a.Now()
	user := &model.User{
		ID: a.NewID("user"), Name: profile.Name, Email: strings.ToLower(profile.Email),
		EmailVerified: profile.EmailVerified, Image: profile.Image, CreatedAt: now, UpdatedAt: now,
	}
	user.SetDefaults()
	fields.Apply(user)
	return user, nil
}

// profileFields returns the configured fields of a profile. Those a client may not set are not among them.
func profileFields(profile *ProviderProfile) (model.UserInput, error) {
	var fields model.UserInput
	if issues := web.Decode(profile.Fields, "body", &fields); len(issues) > 0 {
		return fields, ErrValidation.With(issues.String())
	}
	return fields, checkFields(fields)
}

// checkProfile lets hooks refuse and change the configured fields of a profile.
func (a *Auth) checkProfile(ctx context.Context, profile *ProviderProfile, fields *model.UserInput) error {
	for i := range a.hooks {
		if hook := a.hooks[i].BeforeProfile; hook != nil {
			if err := hook(ctx, profile, fields); err != nil {
				return err
			}
		}
	}
	return nil
}

// copyProfile copies name, image and configured fields of a profile to a user. What the provider left out
// stays as it is.
func copyProfile(user *model.User, profile *ProviderProfile, fields model.UserInput) {
	user.Name = firstOf(profile.Name, user.Name)
	if profile.Image != nil {
		user.Image = profile.Image
	}
	fields.Apply(user)
}

// copyOnLink copies the profile of an account that has just been linked, if the options ask for it, and
// returns the user. The address stays: a link must not give someone's name to another mailbox. The link
// does not depend on it, so a failure is only logged.
func (a *Auth) copyOnLink(ctx context.Context, user *model.User, profile *ProviderProfile) *model.User {
	if !a.opts.Account.AccountLinking.UpdateUserInfoOnLink {
		return user
	}
	return a.copyOrKeep(ctx, user, func(user *model.User) error {
		fields, err := profileFields(profile)
		if err != nil {
			return err
		}
		if err := a.checkProfile(ctx, profile, &fields); err != nil {
			return err
		}
		copyProfile(user, profile, fields)
		return nil
	})
}

// copyOnSignIn copies the whole profile, address included. Only a hook that refuses the profile ends the sign-in
// (Better Auth 1.7.5); whatever else fails is logged.
func (a *Auth) copyOnSignIn(ctx context.Context, user *model.User, profile *ProviderProfile) (*model.User, error) {
	fields, malformed := profileFields(profile)
	if malformed == nil {
		if err := a.checkProfile(ctx, profile, &fields); err != nil {
			return nil, err
		}
	}
	return a.copyOrKeep(ctx, user, func(user *model.User) error {
		if malformed != nil {
			return malformed
		}
		if !strings.EqualFold(profile.Email, user.Email) {
			user.EmailVerified = false
		}
		user.EmailVerified = user.EmailVerified || profile.EmailVerified
		user.Email = strings.ToLower(profile.Email)
		copyProfile(user, profile, fields)
		return nil
	}), nil
}

// copyOrKeep changes a user; when that fails it logs why and returns the user as it was.
func (a *Auth) copyOrKeep(ctx context.Context, user *model.User, change func(user *model.User) error) *model.User {
	changed, err := a.ChangeUser(ctx, user.ID, change)
	if err != nil {
		a.log.WarnContext(ctx, "copying a provider's profile", "user", user.ID, "error", err)
		return user
	}
	return changed
}

// vouchesFor reports that the provider has proven the address user has.
func (p *ProviderProfile) vouchesFor(user *model.User) bool {
	return p.EmailVerified && strings.EqualFold(p.Email, user.Email)
}
