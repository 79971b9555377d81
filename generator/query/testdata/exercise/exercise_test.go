// Package exercise runs every generated method against a database. The test of package query copies
// it into a module of its own, next to the code generated for one dialect and one schema.
package exercise

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.com/app/internal/auth/model"
	"example.com/app/internal/auth/store"
)

func open(t *testing.T) *store.Store {
	t.Helper()
	pool, err := store.Open(t.Context(), os.Getenv("EXERCISE_URL"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	ddl, err := os.ReadFile("../internal/auth/store/schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // indexes are named by key, and would be in the way of another schema
		for _, statement := range drops(string(ddl)) {
			must(t, execute(context.Background(), pool, statement))
		}
	})
	for _, statement := range append(drops(string(ddl)), statements(string(ddl))...) {
		if err := execute(t.Context(), pool, statement); err != nil {
			t.Fatalf("%v\n%s", err, statement)
		}
	}
	return store.New(pool)
}

// statements splits a script at the ends of lines that end a statement.
func statements(script string) []string {
	return strings.SplitAfter(strings.TrimSpace(script), ";\n")
}

// drops removes what an earlier run has left, in an order that references allow.
func drops(script string) []string {
	var all []string
	for _, statement := range statements(script) {
		if _, rest, ok := strings.Cut(statement, "CREATE TABLE "); ok {
			name, _, _ := strings.Cut(rest, " (")
			all = append([]string{"DROP TABLE IF EXISTS " + name}, all...)
		}
	}
	return all
}

func text(s string) *string { return &s }

func at(second int) model.Time {
	return model.NewTime(time.Date(2026, 3, 29, 1, 59, second, 123_999_999, time.FixedZone("X", 3600)))
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		g, _ := json.Marshal(got)
		w, _ := json.Marshal(want)
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// rows checks how many rows a statement changed.
func rows(t *testing.T, what string, want int64, n int64, err error) {
	t.Helper()
	if err != nil || n != want {
		t.Errorf("%s: %d rows, %v; want %d", what, n, err, want)
	}
}

func is(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got error %v, want %v", err, want)
	}
}

func newUser(id string) *model.User {
	u := &model.User{
		ID: id, Name: "Zoë 'Q\" \\ `", Email: id + "@example.com", EmailVerified: true,
		CreatedAt: at(1), UpdatedAt: at(2), Username: text(id), DisplayUsername: text("İ" + id),
	}
	u.SetDefaults()
	fill(u)
	return u
}

func newSession(id, user string) *model.Session {
	return &model.Session{ID: id, Token: "token-" + id, UserID: user, ExpiresAt: at(30), CreatedAt: at(1), UpdatedAt: at(1), UserAgent: text("agent")}
}

func newAccount(id, user, provider string) *model.Account {
	expires := at(9)
	return &model.Account{
		ID: id, AccountID: user, ProviderID: provider, UserID: user, Password: text("hash"), IDToken: text("jwt"),
		AccessTokenExpiresAt: &expires, CreatedAt: at(1), UpdatedAt: at(1),
	}
}

// TestAll is one test because the tables are made once.
func TestAll(t *testing.T) {
	s := open(t)
	t.Run("users", func(t *testing.T) { users(t, s) })
	t.Run("sessions", func(t *testing.T) { sessions(t, s) })
	t.Run("accounts", func(t *testing.T) { accounts(t, s) })
	t.Run("verifications", func(t *testing.T) { verifications(t, s) })
	t.Run("lockout", func(t *testing.T) { lockout(t, s) })
	t.Run("twoFactor", func(t *testing.T) { twoFactor(t, s) })
	t.Run("transactions", func(t *testing.T) { transactions(t, s) })
	t.Run("concurrency", func(t *testing.T) { concurrency(t, s) })
}

func users(t *testing.T, s *store.Store) {
	ctx := t.Context()
	ada := newUser("ada")
	must(t, s.InsertUser(ctx, ada))
	for what, read := range map[string]func() (*model.User, error){
		"by id":       func() (*model.User, error) { return s.UserByID(ctx, "ada") },
		"by e-mail":   func() (*model.User, error) { return s.UserByEmail(ctx, "ada@example.com") },
		"by username": func() (*model.User, error) { return s.UserByUsername(ctx, "ada") },
		"for update":  func() (*model.User, error) { return s.UserForUpdate(ctx, "ada") },
	} {
		got, err := read()
		must(t, err)
		equal(t, what, got, ada)
	}
	_, err := s.UserByEmail(ctx, "nobody@example.com")
	is(t, err, model.ErrNotFound)
	_, err = s.UserByEmail(ctx, "Ada@example.com")
	is(t, err, model.ErrNotFound) // addresses compare byte by byte
	_, err = s.UserByEmail(ctx, "adá@example.com")
	is(t, err, model.ErrNotFound)

	again := newUser("other")
	again.Email = ada.Email
	is(t, s.InsertUser(ctx, again), model.ErrConflict)

	ada.Name, ada.Image, ada.DisplayUsername, ada.EmailVerified = "", text(""), nil, false
	ada.UpdatedAt = at(3)
	empty(ada)
	n, err := s.UpdateUser(ctx, ada)
	rows(t, "update", 1, n, err)
	n, err = s.UpdateUser(ctx, ada)
	rows(t, "update with the same values", 1, n, err)
	got, err := s.UserByID(ctx, "ada")
	must(t, err)
	equal(t, "updated", got, ada)
	if text, _ := json.Marshal(got.CreatedAt); string(text) != `"2026-03-29T00:59:01.123Z"` {
		t.Errorf("date is %s", text)
	}
	n, err = s.DeleteUser(ctx, "ada")
	rows(t, "delete", 1, n, err)
	n, err = s.DeleteUser(ctx, "ada")
	rows(t, "delete again", 0, n, err)
	n, err = s.UpdateUser(ctx, ada)
	rows(t, "update nobody", 0, n, err)
}

func sessions(t *testing.T, s *store.Store) {
	ctx := t.Context()
	bob := newUser("bob")
	must(t, s.InsertUser(ctx, bob))
	for _, id := range []string{"s1", "s2", "s3"} {
		must(t, s.InsertSession(ctx, newSession(id, "bob")))
	}
	is(t, s.InsertSession(ctx, newSession("s3", "bob")), model.ErrConflict)
	session, user, err := s.SessionByToken(ctx, "token-s2")
	must(t, err)
	equal(t, "session", session, newSession("s2", "bob"))
	equal(t, "its user", user, bob)
	_, _, err = s.SessionByToken(ctx, "no")
	is(t, err, model.ErrNotFound)

	session.ExpiresAt, session.IPAddress, session.UserAgent = at(59), text("::1"), nil
	n, err := s.UpdateSession(ctx, session)
	rows(t, "update", 1, n, err)
	list, err := s.SessionsByUser(ctx, "bob")
	must(t, err)
	equal(t, "list", list, []model.Session{*newSession("s1", "bob"), *session, *newSession("s3", "bob")})
	if list, err = s.SessionsByUser(ctx, "nobody"); err != nil || list == nil || len(list) != 0 {
		t.Errorf("no sessions: %v, %v", list, err)
	}
	n, err = s.DeleteOtherSessions(ctx, "bob", "token-s2")
	rows(t, "delete others", 2, n, err)
	n, err = s.DeleteSession(ctx, "token-s2")
	rows(t, "delete", 1, n, err)
	must(t, s.InsertSession(ctx, newSession("s5", "bob")))
	_, err = s.DeleteUser(ctx, "bob")
	must(t, err)
	_, _, err = s.SessionByToken(ctx, "token-s5")
	is(t, err, model.ErrNotFound) // cascade
}

func accounts(t *testing.T, s *store.Store) {
	ctx := t.Context()
	eve := newUser("eve")
	must(t, s.InsertUser(ctx, eve))
	_, _, err := s.CredentialByEmail(ctx, eve.Email, "192.0.2.1", at(0), 1)
	is(t, err, model.ErrNotFound)
	must(t, s.InsertAccount(ctx, newAccount("a1", "eve", "github")))
	credential := newAccount("a2", "eve", "credential")
	must(t, s.InsertAccount(ctx, credential))
	is(t, s.InsertAccount(ctx, newAccount("a3", "eve", "github")), model.ErrConflict)

	user, account, err := s.CredentialByEmail(ctx, eve.Email, "192.0.2.1", at(0), 1)
	must(t, err)
	equal(t, "user", user, eve)
	equal(t, "account", account, credential)
	user, account, err = s.CredentialByUsername(ctx, "eve", "192.0.2.1", at(0), 1)
	must(t, err)
	equal(t, "user", user, eve)
	equal(t, "account", account, credential)

	for _, password := range []*string{text("new"), nil} {
		n, err := s.SetAccountPassword(ctx, "a2", password, at(5))
		rows(t, "set password", 1, n, err)
		credential.Password, credential.UpdatedAt = password, at(5)
		account, err := s.CredentialAccount(ctx, "eve")
		must(t, err)
		equal(t, "account", account, credential)
	}
	list, err := s.AccountsByUser(ctx, "eve")
	must(t, err)
	equal(t, "accounts", list, []model.Account{*newAccount("a1", "eve", "github"), *credential})
	n, err := s.DeleteAccountsByUser(ctx, "eve")
	rows(t, "delete", 2, n, err)
}

// lockout finds an account for a sign-in unless too many guesses have failed.
//
// security: 25
func lockout(t *testing.T, s *store.Store) {
	ctx := t.Context()
	mia := newUser("mia")
	must(t, s.InsertUser(ctx, mia))
	must(t, s.InsertAccount(ctx, newAccount("l1", "mia", "credential")))
	session := newSession("l1", "mia")
	session.IPAddress = text("192.0.2.1")
	must(t, s.InsertSession(ctx, session))
	for i, failure := range []struct {
		identifier, address string
		expires             int
	}{
		{"password-failure:mia", "192.0.2.1", 40},
		{"password-failure:mia", "198.51.100.1", 40},
		{"password-failure:mia", "198.51.100.2", 11},
		{"password-failure:mia", "198.51.100.3", 10}, // has just expired
		{"password-failure:miam", "198.51.100.4", 40},
		{"confirm", "unknown", 40},
	} {
		must(t, s.InsertVerification(ctx, &model.Verification{
			ID: fmt.Sprintf("l%d", i), Identifier: failure.identifier, Value: failure.address,
			ExpiresAt: at(failure.expires), CreatedAt: at(1), UpdatedAt: at(1),
		}))
	}
	for _, tt := range []struct {
		address string
		most    int64
		want    error
	}{
		{"192.0.2.9", 4, nil}, {"192.0.2.9", 3, model.ErrNotFound},
		{"192.0.2.1", 3, nil}, {"192.0.2.1", 2, nil}, {"192.0.2.1", 1, model.ErrNotFound}, // where Mia has a session
	} {
		_, _, err := s.CredentialByEmail(ctx, mia.Email, tt.address, at(10), tt.most)
		is(t, err, tt.want)
		_, _, err = s.CredentialByUsername(ctx, "mia", tt.address, at(10), tt.most)
		is(t, err, tt.want)
	}
	_, err := s.UnlockedCredential(ctx, "mia", "confirm", at(10), 2)
	must(t, err)
	_, err = s.UnlockedCredential(ctx, "mia", "confirm", at(10), 1)
	is(t, err, model.ErrNotFound)
}

func verifications(t *testing.T, s *store.Store) {
	ctx := t.Context()
	add := func(id string, created, expires int) *model.Verification {
		v := &model.Verification{ID: id, Identifier: "mail", Value: "v", ExpiresAt: at(expires), CreatedAt: at(created), UpdatedAt: at(created)}
		must(t, s.InsertVerification(ctx, v))
		return v
	}
	add("v1", 1, 40)
	newest := add("v0", 2, 50)
	add("v2", 2, 41)
	got, err := s.VerificationByIdentifier(ctx, "mail")
	must(t, err)
	equal(t, "newest", got, newest)
	n, err := s.DeleteExpiredVerifications(ctx, at(40))
	rows(t, "delete expired: the instant itself is not past", 0, n, err)
	n, err = s.DeleteExpiredVerifications(ctx, at(41))
	rows(t, "delete expired", 1, n, err)
	n, err = s.DeleteVerification(ctx, "v0")
	rows(t, "delete", 1, n, err)
	n, err = s.DeleteVerification(ctx, "v0")
	rows(t, "delete again", 0, n, err)
	n, err = s.DeleteVerificationsByIdentifier(ctx, "mail")
	rows(t, "delete siblings", 1, n, err)
	add("v3", 1, 2)
	n, err = s.DeleteUserVerifications(ctx, "v")
	rows(t, "delete a user's", 1, n, err)
	n, err = s.DeleteUserVerifications(ctx, "v")
	rows(t, "delete a user's again", 0, n, err)
	_, err = s.VerificationByIdentifier(ctx, "mail")
	is(t, err, model.ErrNotFound)
}

func twoFactor(t *testing.T, s *store.Store) {
	ctx := t.Context()
	must(t, s.InsertUser(ctx, newUser("tim")))
	row := &model.TwoFactor{ID: "t1", UserID: "tim", Secret: "secret", BackupCodes: "codes"}
	must(t, s.InsertTwoFactor(ctx, row)) // everything else is null
	read := func() *model.TwoFactor {
		got, err := s.TwoFactorByUserID(ctx, "tim")
		must(t, err)
		return got
	}
	equal(t, "inserted", read(), row)

	n, err := s.ChargeAttempt(ctx, "t1", at(10))
	rows(t, "first attempt", 1, n, err)
	n, err = s.ChargeAttempt(ctx, "t1", at(10))
	rows(t, "second attempt", 1, n, err)
	equal(t, "failures", *read().FailedVerificationCount, int64(2))
	n, err = s.LockTwoFactor(ctx, "t1", at(20), 3)
	rows(t, "lock too early", 0, n, err)
	n, err = s.LockTwoFactor(ctx, "t1", at(20), 2)
	rows(t, "lock", 1, n, err)
	equal(t, "locked until", *read().LockedUntil, at(20))
	n, err = s.ChargeAttempt(ctx, "t1", at(19))
	rows(t, "attempt while locked", 0, n, err)
	n, err = s.ChargeAttempt(ctx, "t1", at(20))
	rows(t, "attempt after the lock", 1, n, err)
	n, err = s.ReleaseLock(ctx, "t1", at(19))
	rows(t, "release too early", 0, n, err)
	n, err = s.ReleaseLock(ctx, "t1", at(20))
	rows(t, "release", 1, n, err)
	equal(t, "failures", *read().FailedVerificationCount, int64(0))
	n, err = s.ReleaseLock(ctx, "t1", at(59))
	rows(t, "release what is not locked", 0, n, err)
	_, err = s.ChargeAttempt(ctx, "t1", at(59))
	must(t, err)
	n, err = s.ResetFailures(ctx, "t1")
	rows(t, "reset", 1, n, err)
	equal(t, "failures", *read().FailedVerificationCount, int64(0))

	n, err = s.MarkTwoFactorVerified(ctx, "t1")
	rows(t, "mark", 1, n, err)
	equal(t, "verified", *read().Verified, true)
	n, err = s.SwapBackupCodes(ctx, "t1", "other", "new")
	rows(t, "swap what has changed", 0, n, err)
	n, err = s.SwapBackupCodes(ctx, "t1", "codes", "new")
	rows(t, "swap", 1, n, err)
	row = read()
	equal(t, "codes", row.BackupCodes, "new")
	row.Secret, row.BackupCodes, row.Verified = "s2", "b2", nil
	n, err = s.UpdateTwoFactor(ctx, row)
	rows(t, "update", 1, n, err)
	equal(t, "updated", read(), row)
	n, err = s.DeleteTwoFactorByUserID(ctx, "tim")
	rows(t, "delete", 1, n, err)
}

func transactions(t *testing.T, s *store.Store) {
	ctx := t.Context()
	failure := errors.New("changed my mind")
	is(t, s.InTx(ctx, func(ctx context.Context) error {
		must(t, s.InsertUser(ctx, newUser("tx1")))
		_, err := s.UserForUpdate(ctx, "tx1")
		must(t, err)
		return failure
	}), failure)
	_, err := s.UserByID(ctx, "tx1")
	is(t, err, model.ErrNotFound)

	func() {
		defer func() { _ = recover() }()
		_ = s.InTx(ctx, func(ctx context.Context) error {
			must(t, s.InsertUser(ctx, newUser("tx2")))
			panic("in a transaction")
		})
	}()
	_, err = s.UserByID(ctx, "tx2")
	is(t, err, model.ErrNotFound)

	is(t, s.InTx(ctx, func(ctx context.Context) error {
		must(t, s.InTx(ctx, func(ctx context.Context) error { return s.InsertUser(ctx, newUser("tx3")) }))
		return failure // the inner one has joined, so its work goes too
	}), failure)
	_, err = s.UserByID(ctx, "tx3")
	is(t, err, model.ErrNotFound)

	must(t, s.InTx(ctx, func(ctx context.Context) error { return s.InsertUser(ctx, newUser("tx4")) }))
	_, err = s.UserByID(ctx, "tx4")
	must(t, err)
}

// concurrency has requests use up one value at the same time: one of them wins. Then each replaces a
// value of its own: none is in another's way.
func concurrency(t *testing.T, s *store.Store) {
	value := func(id string) *model.Verification {
		return &model.Verification{ID: id, Identifier: id, ExpiresAt: at(1), CreatedAt: at(1), UpdatedAt: at(1)}
	}
	for round := range 10 {
		id := fmt.Sprint("round", round)
		must(t, s.InsertVerification(t.Context(), value(id)))
		var used atomic.Int64
		together(t, s, func(ctx context.Context, _ int) error {
			n, err := s.DeleteVerification(ctx, id)
			used.Add(n)
			return err
		})
		if n := used.Load(); n != 1 {
			t.Errorf("the value was used %d times", n)
		}
		together(t, s, func(ctx context.Context, request int) error {
			next := fmt.Sprint(id, "/", request)
			if _, err := s.DeleteVerificationsByIdentifier(ctx, next); err != nil {
				return err
			}
			return s.InsertVerification(ctx, value(next))
		})
	}
}

// together runs fn in several transactions at once.
func together(t *testing.T, s *store.Store, fn func(ctx context.Context, request int) error) {
	t.Helper()
	var wg sync.WaitGroup
	for request := range 8 {
		wg.Go(func() {
			if err := s.InTx(t.Context(), func(ctx context.Context) error { return fn(ctx, request) }); err != nil {
				t.Errorf("request %d: %v", request, err)
			}
		})
	}
	wg.Wait()
}
