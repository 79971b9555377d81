package core

import "github.com/betterauth-gen/betterauth-gen/templates/auth/model"

// accountInCookie returns the account in the account cookie, which must be the user's.
func (a *Auth) accountInCookie(call *Call, userID string) (*model.Account, error) {
	return nil, ErrAccountNotFound
}
