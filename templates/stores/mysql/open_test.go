package store

import (
	"errors"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

func TestParseURL(t *testing.T) {
	config, err := parseURL("mysql://me:p%40ss%2Fw%3Ard@db.example.com/app?tls=skip-verify")
	if err != nil {
		t.Fatal(err)
	}
	if config.User != "me" || config.Passwd != "p@ss/w:rd" || config.Addr != "db.example.com:3306" || config.DBName != "app" {
		t.Errorf("got %s", config.FormatDSN())
	}
	if !config.ParseTime || !config.ClientFoundRows || config.TLSConfig != "skip-verify" {
		t.Errorf("got %s", config.FormatDSN())
	}
	if config, err = parseURL("mysql://me@[::1]:3307/app"); err != nil || config.Addr != "[::1]:3307" {
		t.Errorf("got %v, %v", config, err)
	}
}

func TestParseURLKeepsPasswordsSecret(t *testing.T) {
	for _, url := range []string{
		"", "mysql://", "postgres://me:hunter2@host/app", "mysql://me:hunter2@host", "mysql://me:hunter2@host/",
		"mysql://me:hunter2#@host/app", "mysql://me:hunter2%zz@host/app", "mysql://me:hunter2/@host:1/app",
		"me:hunter2@tcp(host:3306)/app", "mysql://me:hunter2@host/app?charset=utf8",
	} {
		_, err := parseURL(url)
		if err == nil {
			t.Errorf("%s is accepted", url)
		} else if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("error tells the password: %v", err)
		}
	}
}

func TestTranslateKeepsValuesSecret(t *testing.T) {
	for message, want := range map[string]string{
		"Duplicate entry 'a@example.com' for key 'user_email_uidx'": "row already exists: 'user_email_uidx'",
		"Duplicate entry 'x for key y' for key 'PRIMARY'":           "row already exists: 'PRIMARY'",
		"something else": "row already exists: unknown index",
	} {
		err := translate(&mysql.MySQLError{Number: duplicateEntry, Message: message})
		if !errors.Is(err, model.ErrConflict) || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if err := translate(&mysql.MySQLError{Number: 1213, Message: "Deadlock found"}); errors.Is(err, model.ErrConflict) || err == nil {
		t.Errorf("a deadlock is %v", err)
	}
}
