package migration_test

import (
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

func TestVersion(t *testing.T) {
	at := time.Date(2026, 8, 21, 14, 0, 0, 0, time.FixedZone("CEST", 2*60*60))
	for _, test := range []struct {
		existing []string
		want     string
	}{
		{nil, "20260821120000"},
		{[]string{"20260821115959_a.sql", "README.md", "schema_old.sql"}, "20260821120000"},
		{[]string{"00042_sequence.sql"}, "00043"},
		{[]string{"00042_sequence.sql", "20260821110000_later.sql"}, "20260821120000"},
		{[]string{"9_one.sql", "8_other.sql"}, "10"},
		{[]string{"000099_six_digits.up.sql"}, "000100"},
		{[]string{"1700000000_seconds.up.sql"}, "1787313600"},
		{[]string{"1790000000_seconds.up.sql"}, "1790000001"},
		{[]string{"20260821120000_a.sql"}, "20260821120001"},
		{[]string{".betterauth/changes/20261231235959_a.yaml"}, "20270101000000"},
		{[]string{"20269999999999_no_date.sql"}, "20270000000000"},
		{[]string{"99999999999999999999999_overflow.sql"}, "20260821120000"},
	} {
		if got := migration.Version(at, test.existing); got != test.want {
			t.Errorf("Version(%v) = %s, want %s", test.existing, got, test.want)
		}
	}
}

func TestName(t *testing.T) {
	plugin := func(c schema.Column, name string) schema.Column {
		c.Origin.Plugin = name
		return c
	}
	renamed := schema.Core()
	renamed.Tables[0].Name = "users"
	leftover := with(required(column("team", schema.String), nil))
	for want, test := range map[string]struct{ from, to schema.Schema }{
		"auth_init":         {schema.Schema{}, schema.Core()},
		"auth_user_company": {schema.Core(), with(column("company", schema.String))},
		"auth_two_factor":   {schema.Core(), with(plugin(column("twoFactorEnabled", schema.Boolean), "two-factor"))},
		"auth_admin_username": {schema.Core(), with(
			plugin(column("role", schema.String), "admin"), plugin(column("banned", schema.Boolean), "admin"),
			plugin(column("username", schema.String), "username"))},
		"auth_update":                 {schema.Core(), with(column("a", schema.String), column("b", schema.String), column("c", schema.String))},
		"auth_user":                   {schema.Core(), renamed},
		"auth_user_two_factor_secret": {schema.Core(), with(column("twoFactorSecret", schema.String))},
		"auth_user_team":              {leftover, schema.Core()},
	} {
		if got := migration.Name(test.from, diff(test.from, test.to)); got != want {
			t.Errorf("Name = %s, want %s", got, want)
		}
	}
}
