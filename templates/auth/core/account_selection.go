package core

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// AccountSelection is the input of POST /get-access-token and /refresh-token and the query of
// GET /account-info: either the id of an account's row, or the account in the account cookie.
type AccountSelection struct {
	AccountID        string
	UseAccountCookie bool
	// UserID says whose account it is in calls from Go without a session. A session's user wins, and
	// requests must have one.
	UserID string

	// Members are those of a request. Check reads them.
	Members map[string]json.RawMessage `check:"rest"`
}

// Check implements web.Checker. The input is one of two objects, each of which refuses the members of the
// other.
func (in *AccountSelection) Check() web.Issues {
	invalid := web.Issues{{Message: "Invalid input"}}
	byID := isText(in.Members["accountId"])
	byCookie := string(in.Members["useAccountCookie"]) == "true"
	if userID, present := in.Members["userId"]; present && !isText(userID) || byID == byCookie {
		return invalid
	}
	selector := "accountId"
	if byCookie {
		selector = "useAccountCookie"
	}
	if unknown := in.unknown(selector); len(unknown) > 0 {
		return web.Issues{{Message: web.Unrecognized(unknown)}}
	}
	in.UseAccountCookie = byCookie
	_ = json.Unmarshal(in.Members["accountId"], &in.AccountID) // it is a text, or not there
	_ = json.Unmarshal(in.Members["userId"], &in.UserID)
	return nil
}

// unknown returns the names of members beside the ones of selector, in their order.
func (in *AccountSelection) unknown(selector string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(in.Members)), func(name string) bool {
		return name == selector || name == "userId"
	})
}

func isText(raw json.RawMessage) bool { return web.TypeName(raw) == "string" }

// selectAccount returns the account a caller selects, which must be the caller's own.
func (a *Auth) selectAccount(ctx context.Context, call *Call, in AccountSelection) (*model.Account, error) {
	userID, err := a.accountUser(ctx, call, in)
	if err != nil {
		return nil, err
	}
	if in.UseAccountCookie {
		return a.accountInCookie(call, userID)
	}
	accounts, err := a.store.AccountsByUser(ctx, userID)
	if err != nil {
		return nil, err
	}
	if account := accountOf(accounts, in.AccountID); account != nil {
		return account, nil
	}
	return nil, ErrAccountNotFound
}

// accountUser returns whose accounts a caller may use: the session's user, whatever the input says.
func (a *Auth) accountUser(ctx context.Context, call *Call, in AccountSelection) (string, error) {
	current, err := a.OptionalSession(ctx, call)
	switch {
	case err != nil:
		return "", err
	case current != nil:
		return current.User.ID, nil
	case call.overHTTP():
		return "", ErrAccountSession
	case in.UserID == "":
		return "", ErrUserIDRequired
	}
	return in.UserID, nil
}
