package username

import (
	"context"
	"errors"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// Store is what the plugin needs of the database. Package store implements it with the queries of
// store/queries/username.sql: each method is the query of the same name.
type Store interface {
	UserByUsername(ctx context.Context, username string) (*model.User, error)
	// CredentialByUsername returns a user with the account that holds its password in one statement.
	// A user without such an account is not found, nor one with too many failed guesses: see core.Failures.
	CredentialByUsername(ctx context.Context, username, address string, now model.Time, failures int64) (*model.User, *model.Account, error)
}

// owner returns who has a normalized name; nil when nobody has.
func (p *Plugin) owner(ctx context.Context, username string) (*model.User, error) {
	user, err := p.store.UserByUsername(ctx, username)
	if errors.Is(err, model.ErrNotFound) {
		return nil, nil
	}
	return user, err
}
