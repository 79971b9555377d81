package core_test

import (
	"context"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// strangeStore holds what only databases made by other tools do: rows for one account of a provider whose
// user is gone, or of which there are two.
type strangeStore struct {
	core.Store
	rows int
}

func (s strangeStore) AccountOwner(context.Context, string, string) (*model.Account, *model.User, error) {
	return nil, nil, model.ErrNotFound
}

func (s strangeStore) AccountsByKey(context.Context, string, string) ([]model.Account, error) {
	return make([]model.Account, s.rows), nil
}

// security: 40
func TestStrangeAccounts(t *testing.T) {
	for rows, want := range map[int]string{
		0: "/inside",
		1: "/failed?error=unable_to_link_account",
		2: errorPage + "?error=internal_server_error",
	} {
		server, acme := newSocial(t, authtest.WithStore(func(s core.Store) core.Store { return strangeStore{s, rows} }))
		server.Client().SignInWith(acme, authtest.Ada()).WantRedirect(want)
	}
}

// looseStore compares account ids without regard to case, as some collations do.
type looseStore struct{ core.Store }

func (s looseStore) AccountOwner(ctx context.Context, provider, _ string) (*model.Account, *model.User, error) {
	return s.Store.AccountOwner(ctx, provider, authtest.Ada().AccountID)
}

// security: 40
func TestLooseComparison(t *testing.T) {
	server, acme := newSocial(t, authtest.WithStore(func(s core.Store) core.Store { return looseStore{s} }))
	server.Client().SignInWith(acme, authtest.Ada()).WantRedirect("/inside")
	server.Client().SignInWith(acme, core.ProviderProfile{AccountID: "ADA-1815", Email: "eve@example.com"}).
		WantRedirect("/failed?error=unable_to_link_account")
}

// goneStore loses an account between reading and writing it.
type goneStore struct{ core.Store }

func (goneStore) UpdateAccount(context.Context, *model.Account) (int64, error) { return 0, nil }

func TestAccountGoneMeanwhile(t *testing.T) {
	server, acme := newSocial(t, authtest.WithStore(func(s core.Store) core.Store { return goneStore{s} }))
	server.Client().SignInWith(acme, authtest.Ada()).WantRedirect("/inside")
	server.Client().SignInWith(acme, authtest.Ada()).WantRedirect("/failed?error=unable_to_update_account")
}

// Two people at once with one new account: one is signed up, nobody gets a second user.
func TestSocialSignUpRace(t *testing.T) {
	server, acme := newSocial(t, authtest.WithSharedStore())
	clients, paths := make([]*authtest.Client, 8), make([]string, 8)
	for i := range clients {
		clients[i] = server.Client()
		clients[i].Begin(acme, "/sign-in/social", begin)
		paths[i] = acme.Consent(authtest.Ada())
	}
	users := make([]string, len(clients))
	authtest.Together(len(clients), func(i int) {
		clients[i].Get(paths[i])
		users[i] = clients[i].Get("/get-session").Text("user.id")
	})
	seen := map[string]bool{}
	for _, id := range users {
		if id != "" {
			seen[id] = true
		}
	}
	if len(seen) != 1 {
		t.Errorf("users %q", users)
	}
}
