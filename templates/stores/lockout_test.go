package stores_test

import (
	"errors"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	mysql "github.com/betterauth-gen/betterauth-gen/templates/stores/mysql/storetest"
	postgres "github.com/betterauth-gen/betterauth-gen/templates/stores/postgres/storetest"
	sqlite "github.com/betterauth-gen/betterauth-gen/templates/stores/sqlite/storetest"
)

// An account with too many failed guesses is not found for a sign-in.
//
// security: 25
func TestLockedAccountsAreNotFound(t *testing.T) {
	for name, open := range map[string]func(testing.TB) core.Store{
		"sqlite":   func(t testing.TB) core.Store { return sqlite.New(t) },
		"postgres": func(t testing.TB) core.Store { return postgres.New(t) },
		"mysql":    func(t testing.TB) core.Store { return mysql.New(t) },
	} {
		t.Run(name, func(t *testing.T) {
			store, now := open(t), model.NewTime(time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC))
			fill(t, store, now)
			for _, tt := range []struct {
				address string
				max     int64
				found   bool
			}{
				{"192.0.2.9", 4, true}, {"192.0.2.9", 3, false}, // three failures have not expired
				{"192.0.2.1", 3, true}, {"192.0.2.1", 2, true}, {"192.0.2.1", 1, false}, // one of them from home
			} {
				_, _, err := store.CredentialByEmail(t.Context(), "ada@example.com", tt.address, now, tt.max)
				if (err == nil) != tt.found || err != nil && !errors.Is(err, model.ErrNotFound) {
					t.Errorf("from %s, max %d: %v", tt.address, tt.max, err)
				}
			}
			for limit, want := range map[int64]bool{2: true, 1: false} {
				_, err := store.UnlockedCredential(t.Context(), "ada", "confirm", now, limit)
				if (err == nil) != want {
					t.Errorf("confirm, max %d: %v", limit, err)
				}
			}
		})
	}
}

// fill stores Ada, who has a session from 192.0.2.1, and failed guesses.
func fill(t *testing.T, store core.Store, now model.Time) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	home, hash := "192.0.2.1", "hash"
	user := &model.User{ID: "ada", Email: "ada@example.com", CreatedAt: now, UpdatedAt: now}
	user.SetDefaults()
	must(store.InsertUser(t.Context(), user))
	must(store.InsertAccount(t.Context(), &model.Account{
		ID: "1", UserID: "ada", AccountID: "ada", ProviderID: "credential", Password: &hash, CreatedAt: now, UpdatedAt: now,
	}))
	must(store.InsertSession(t.Context(), &model.Session{
		ID: "1", UserID: "ada", Token: "token", IPAddress: &home, ExpiresAt: now, CreatedAt: now, UpdatedAt: now,
	}))
	for i, failure := range []struct {
		identifier, address string
		expires             time.Duration
	}{
		{"password-failure:ada", home, time.Hour},
		{"password-failure:ada", "198.51.100.1", time.Hour},
		{"password-failure:ada", "198.51.100.2", time.Second},
		{"password-failure:ada", "198.51.100.3", 0},
		{"password-failure:adam", "198.51.100.4", time.Hour},
		{"confirm", "unknown", time.Hour},
	} {
		must(store.InsertVerification(t.Context(), &model.Verification{
			ID: string(rune('a' + i)), Identifier: failure.identifier, Value: failure.address,
			ExpiresAt: now.Add(failure.expires), CreatedAt: now, UpdatedAt: now,
		}))
	}
}
