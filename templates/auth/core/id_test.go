package core_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

func TestGenerateID(t *testing.T) {
	if model.IDs.ByDatabase() {
		_, err := core.New(core.Config{
			Options: core.DefaultOptions(), Getenv: func(string) string { return "" },
			GenerateID: func(string) string { return "x" },
		})
		if err == nil || !strings.Contains(err.Error(), "the database makes ids") {
			t.Errorf("two who make ids: %v", err)
		}
		return
	}
	made := map[string]int{}
	server := authtest.New(t, authtest.WithIDs(func(table string) string {
		made[table]++
		return fmt.Sprintf("%08x-0000-4000-8000-000000000000", made[table])
	}))
	ada := server.Client()
	signUp := ada.SignUp("ada@example.com")
	if id := signUp.Text("user.id"); id != "00000001-0000-4000-8000-000000000000" {
		t.Errorf("user %q", id)
	}
	session := ada.Get("/get-session").Want(200)
	if session.Text("session.userId") != signUp.Text("user.id") || made["session"] != 1 || made["account"] != 1 {
		t.Errorf("made %v for %s", made, session.Body)
	}
}

// Whoever makes ids, they are text on the wire, and a row knows its own.
func TestIDsAreText(t *testing.T) {
	server := authtest.New(t)
	ada := server.Client()
	ada.SignUp("ada@example.com")
	session := ada.Get("/get-session").Want(200)
	for _, member := range []string{"user.id", "session.id", "session.userId"} {
		if session.Text(member) == "" {
			t.Errorf("%s is no text in %s", member, session.Body)
		}
	}
	if session.Text("session.userId") != session.Text("user.id") {
		t.Errorf("the session is not the user's: %s", session.Body)
	}
}
