package schema_test

import (
	"reflect"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

func TestCoreIsValid(t *testing.T) {
	s := schema.Core()
	s.Tables = append(s.Tables, schema.RateLimit())
	for _, p := range s.Validate() {
		t.Error(p)
	}
}

func TestCoreHidesSecrets(t *testing.T) {
	account, _ := schema.Core().Table("account")
	var hidden []string
	for _, c := range account.Columns {
		if !c.Returned {
			hidden = append(hidden, c.Key)
		}
	}
	want := []string{"accessToken", "refreshToken", "idToken", "accessTokenExpiresAt", "refreshTokenExpiresAt", "password"}
	if !reflect.DeepEqual(hidden, want) {
		t.Errorf("hidden account columns = %v, want %v", hidden, want)
	}
}

func TestCoreIndexes(t *testing.T) {
	var got []string
	for _, table := range schema.Core().Tables {
		for _, ix := range table.AllIndexes() {
			got = append(got, ix.Name)
		}
	}
	want := []string{
		"user_email_uidx",
		"session_expiresAt_idx", "session_token_uidx", "session_userId_idx",
		"account_userId_idx", "account_providerId_accountId_uidx",
		"verification_identifier_idx", "verification_expiresAt_idx",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("indexes = %v\nwant %v", got, want)
	}
}

func TestCoreReturnsFreshValues(t *testing.T) {
	schema.Core().Tables[0].Columns[1].Name = "changed"
	if name := schema.Core().Tables[0].Columns[1].Name; name != "name" {
		t.Errorf("a change to one Core() shows in the next: %q", name)
	}
}
