package store

import (
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

func TestOpenKeepsPasswordsSecret(t *testing.T) {
	for _, url := range []string{
		"", "postgres://me:hunter2#@host/app", "postgres://me:hunter2%zz@host/app", "postgres://me:hunter2@host:x/app",
		"postgres://me:hunter2@127.0.0.1:1/app?connect_timeout=1",
	} {
		pool, err := Open(t.Context(), url)
		if err == nil {
			pool.Close()
			t.Errorf("%s is accepted", url)
		} else if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("error tells the password: %v", err)
		}
	}
}

func TestTranslate(t *testing.T) {
	conflict := translate(&pgconn.PgError{Code: "23505", ConstraintName: "user_email_uidx", Detail: "Key (email)=(a@example.com) already exists."})
	if !errors.Is(conflict, model.ErrConflict) || conflict.Error() != "row already exists: user_email_uidx" {
		t.Errorf("got %v", conflict)
	}
	if err := translate(pgx.ErrNoRows); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("got %v", err)
	}
	if err := translate(&pgconn.PgError{Code: "40P01"}); err == nil || errors.Is(err, model.ErrConflict) {
		t.Errorf("a deadlock is %v", err)
	}
	if err := translate(nil); err != nil {
		t.Errorf("got %v", err)
	}
}
