package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

var start = time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC)

func newStore(t *testing.T) *Store {
	t.Helper()
	memory, err := Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	return New(memory)
}

func user(id string) *model.User {
	now := model.NewTime(start)
	return &model.User{ID: id, Name: id, Email: id + "@example.com", CreatedAt: now, UpdatedAt: now}
}

func session(id, userID string, created time.Time) *model.Session {
	now := model.NewTime(created)
	return &model.Session{ID: id, Token: "token-" + id, UserID: userID, ExpiresAt: now.Add(time.Hour), CreatedAt: now, UpdatedAt: now}
}

func account(id, userID, providerID string) *model.Account {
	now := model.NewTime(start)
	return &model.Account{ID: id, UserID: userID, ProviderID: providerID, AccountID: "at-" + providerID, CreatedAt: now, UpdatedAt: now}
}

func verification(id string, created time.Time) *model.Verification {
	now := model.NewTime(created)
	return &model.Verification{ID: id, Identifier: id, Value: "v", ExpiresAt: now.Add(time.Minute), CreatedAt: now, UpdatedAt: now}
}

// must ends the test at an error, or when nothing was changed.
func must(t *testing.T) func(rows int64, err error) {
	return func(rows int64, err error) {
		t.Helper()
		if err != nil || rows == 0 {
			t.Fatalf("%d rows, %v", rows, err)
		}
	}
}

func insert(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// A transaction that fails leaves everything as it was, and so does one that panics.
func TestMemoryRollback(t *testing.T) {
	s := newStore(t)
	ctx := t.Context()
	insert(t, s.InsertUser(ctx, user("ada")), s.InsertSession(ctx, session("one", "ada", start)), s.InsertAccount(ctx, account("acme", "ada", "acme")))
	failure := errors.New("changed my mind")
	changes := func(ctx context.Context) error {
		renamed := user("ada")
		renamed.Email = "countess@example.com"
		must(t)(s.UpdateUser(ctx, renamed))
		must(t)(s.DeleteSession(ctx, "token-one"))
		insert(t, s.InsertUser(ctx, user("bob")), s.InsertSession(ctx, session("two", "ada", start)))
		must(t)(s.SetAccountPassword(ctx, "acme", new("hash"), model.NewTime(start)))
		if err := s.InTx(ctx, func(ctx context.Context) error { return s.InsertUser(ctx, user("eve")) }); err != nil {
			t.Fatal(err)
		}
		if _, err := s.UserByEmail(ctx, "countess@example.com"); err != nil {
			t.Errorf("the transaction does not see its own change: %v", err)
		}
		must(t)(s.DeleteUser(ctx, "ada"))
		return failure
	}
	check := func() {
		t.Helper()
		_, found, err := s.SessionByToken(ctx, "token-one")
		if err != nil || found.Email != "ada@example.com" {
			t.Errorf("session %v, %v", found, err)
		}
		if owned, _, err := s.AccountOwner(ctx, "acme", "at-acme"); err != nil || owned.Password != nil {
			t.Errorf("account %v, %v", owned, err)
		}
		for _, email := range []string{"countess@example.com", "bob@example.com", "eve@example.com"} {
			if _, err := s.UserByEmail(ctx, email); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("%s: %v", email, err)
			}
		}
		if list, err := s.SessionsByUser(ctx, "ada"); err != nil || len(list) != 1 {
			t.Errorf("%d sessions, %v", len(list), err)
		}
	}
	if err := s.InTx(ctx, changes); !errors.Is(err, failure) {
		t.Errorf("got %v", err)
	}
	check()

	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = s.InTx(ctx, func(ctx context.Context) error { panic(changes(ctx)) })
	}()
	check()

	canceled, cancel := context.WithCancel(ctx)
	if err := s.InTx(canceled, func(ctx context.Context) error { insert(t, s.InsertUser(ctx, user("bob"))); cancel(); return nil }); err == nil {
		t.Error("committed after its context had ended")
	}
	check()
}

// What goes on with the context of a transaction after its end stands on its own, and cannot be undone by it.
func TestMemoryAfterTheTransaction(t *testing.T) {
	s := newStore(t)
	var late context.Context
	_ = s.InTx(t.Context(), func(ctx context.Context) error {
		late = ctx
		return errors.New("rolled back")
	})
	insert(t, s.InTx(late, func(ctx context.Context) error { return s.InsertUser(ctx, user("ada")) }), s.InsertUser(late, user("bob")))
	for _, id := range []string{"ada", "bob"} {
		if _, err := s.UserByID(late, id); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// Values that must be unique are, whoever writes them, and rows can keep their own.
func TestMemoryConflicts(t *testing.T) {
	s := newStore(t)
	ctx := t.Context()
	insert(t, s.InsertUser(ctx, user("ada")), s.InsertUser(ctx, user("bob")), s.InsertSession(ctx, session("one", "ada", start)),
		s.InsertAccount(ctx, account("acme", "ada", "acme")), s.ReserveVerification(ctx, verification("v", start)))
	taken := user("ada")
	taken.ID = "eve"
	stolen := session("two", "bob", start)
	stolen.Token = "token-one"
	changed := user("bob")
	changed.Email = "ada@example.com"
	_, updated := s.UpdateUser(ctx, changed)
	for i, err := range []error{
		s.InsertUser(ctx, user("ada")), s.InsertUser(ctx, taken), updated, s.InsertSession(ctx, stolen),
		s.InsertAccount(ctx, account("again", "bob", "acme")), s.ReserveVerification(ctx, verification("v", start)),
	} {
		if !errors.Is(err, model.ErrConflict) {
			t.Errorf("%d: %v", i, err)
		}
	}
	must(t)(s.UpdateUser(ctx, user("ada")))
	if n, err := s.UpdateUser(ctx, user("nobody")); n != 0 || err != nil {
		t.Errorf("%d rows, %v", n, err)
	}
	if err := s.InsertUser(ctx, user("")); err == nil || errors.Is(err, model.ErrConflict) {
		t.Errorf("without an id: %v", err)
	}
}

// What a caller does to a row changes nothing but the caller's.
func TestMemoryRowsAreCopies(t *testing.T) {
	s := newStore(t)
	ada := user("ada")
	insert(t, s.InsertUser(t.Context(), ada))
	ada.Email = "eve@example.com"
	read, err := s.UserByID(t.Context(), "ada")
	if err != nil || read.Email != "ada@example.com" {
		t.Fatalf("%v, %v", read, err)
	}
	read.Name = "Eve"
	if again, err := s.UserByID(t.Context(), "ada"); err != nil || again.Name != "ada" {
		t.Errorf("%v, %v", again, err)
	}
}

// A user takes everything along.
func TestMemoryDeleteUser(t *testing.T) {
	s := newStore(t)
	ctx := t.Context()
	insert(t, s.InsertUser(ctx, user("ada")), s.InsertUser(ctx, user("bob")))
	for i := range 3 {
		insert(t, s.InsertSession(ctx, session(fmt.Sprint("s", i), "ada", start)), s.InsertAccount(ctx, account(fmt.Sprint("a", i), "ada", fmt.Sprint("p", i))))
	}
	insert(t, s.InsertSession(ctx, session("bob", "bob", start)))
	must(t)(s.DeleteUser(ctx, "ada"))
	m := s.memory
	if len(m.users.rows) != 1 || len(m.sessions.rows) != 1 || len(m.accounts.rows) != 0 || len(m.accountByKey.ids) != 0 || len(m.sessionByToken.ids) != 1 {
		t.Errorf("left: %v %v %v", m.users.rows, m.sessions.rows, m.accounts.rows)
	}
}

// What has expired does not stay, whether anybody asks for it or not.
func TestMemoryForgetsWhatHasExpired(t *testing.T) {
	s := newStore(t)
	ctx := t.Context()
	insert(t, s.InsertUser(ctx, user("ada")))
	for i := range 100 {
		id, now := fmt.Sprint(i), start.Add(time.Duration(i)*time.Hour)
		insert(t, s.InsertSession(ctx, session(id, "ada", now)), s.InsertVerification(ctx, verification(id, now)))
		if sessions, values := len(s.memory.sessions.rows), len(s.memory.verifications.rows); sessions > 2 || values > 2 {
			t.Fatalf("after %d hours: %d sessions, %d values", i, sessions, values)
		}
	}
	if _, err := s.UserByID(ctx, "ada"); err != nil {
		t.Errorf("the user was forgotten: %v", err)
	}
}

// Lists are the oldest row first, and of values under one name the newest counts.
func TestMemoryOrder(t *testing.T) {
	s := newStore(t)
	ctx := t.Context()
	insert(t, s.InsertUser(ctx, user("ada")))
	for _, i := range []int{2, 0, 1} {
		insert(t, s.InsertSession(ctx, session(fmt.Sprint(i), "ada", start.Add(time.Duration(i)*time.Second))))
		value := verification(fmt.Sprint(i), start.Add(time.Duration(i)*time.Second))
		value.Identifier = "same"
		insert(t, s.InsertVerification(ctx, value))
	}
	list, err := s.SessionsByUser(ctx, "ada")
	if err != nil || !slices.IsSortedFunc(list, func(a, b model.Session) int { return a.CreatedAt.Compare(b.CreatedAt.Time) }) || len(list) != 3 {
		t.Errorf("%v, %v", list, err)
	}
	if value, err := s.VerificationByIdentifier(ctx, "same"); err != nil || value.ID != "2" {
		t.Errorf("%v, %v", value, err)
	}
	must(t)(s.DeleteOtherSessions(ctx, "ada", "token-1"))
	if list, err := s.SessionsByUser(ctx, "ada"); err != nil || len(list) != 1 || list[0].ID != "1" {
		t.Errorf("%v, %v", list, err)
	}
}

// Of any number of callers at once, one uses a value up; transactions do not mix.
func TestMemoryAtOnce(t *testing.T) {
	s := newStore(t)
	const workers, rows = 8, 50
	var used [workers]int64
	var wait sync.WaitGroup
	for i := range rows {
		insert(t, s.InsertVerification(t.Context(), verification(fmt.Sprint(i), start)))
	}
	insert(t, s.InsertUser(t.Context(), user("ada")))
	for w := range workers {
		wait.Go(func() {
			for i := range rows {
				err := s.InTx(t.Context(), func(ctx context.Context) error {
					ada, err := s.UserForUpdate(ctx, "ada")
					if err != nil {
						return err
					}
					n, err := s.DeleteVerification(ctx, fmt.Sprint(i))
					used[w] += n
					ada.Name += "x"
					return errors.Join(err, firstOf(s.UpdateUser(ctx, ada)))
				})
				if _, missing := s.VerificationByIdentifier(t.Context(), fmt.Sprint(i)); err != nil || !errors.Is(missing, model.ErrNotFound) {
					t.Error(err, missing)
				}
			}
		})
	}
	wait.Wait()
	total := int64(0)
	for _, n := range used {
		total += n
	}
	ada, err := s.UserByID(t.Context(), "ada")
	if err != nil || total != rows || len(ada.Name) != len("ada")+workers*rows {
		t.Errorf("%d values used, %d changes kept, %v", total, len(ada.Name)-len("ada"), err)
	}
}

func firstOf(_ int64, err error) error { return err }

// The functions of configured fields see every row, as they do in front of a database.
func TestMemoryFieldFunctions(t *testing.T) {
	s := newStore(t)
	ctx := t.Context()
	s.memory.users.toStore = func(row model.User) model.User { row.Name = "<" + row.Name + ">"; return row }
	s.memory.users.fromStore = func(row *model.User) { row.Name += "!" }
	s.memory.users.onUpdate = func(row *model.User) { row.Name = "new " + row.Name }
	ada := user("ada")
	insert(t, s.InsertUser(ctx, ada), s.InsertSession(ctx, session("one", "ada", start)))
	_, read, err := s.SessionByToken(ctx, "token-one")
	if err != nil || read.Name != "<ada>!" || ada.Name != read.Name {
		t.Errorf("read %v, inserted %v, %v", read, ada, err)
	}
	changed := user("ada")
	must(t)(s.UpdateUser(ctx, changed))
	if read, err := s.UserByID(ctx, "ada"); err != nil || read.Name != "<new ada>!" || changed.Name != read.Name {
		t.Errorf("read %v, updated %v, %v", read, changed, err)
	}
}
