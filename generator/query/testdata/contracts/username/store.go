// Package username is the Store interface the queries of username are written for.
package username

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

type Store interface {
	UserByUsername(ctx context.Context, username string) (*model.User, error)
	CredentialByUsername(ctx context.Context, username, address string, now model.Time, failures int64) (*model.User, *model.Account, error)
	// UserByEmail is the core's too.
	UserByEmail(ctx context.Context, email string) (*model.User, error)
}
