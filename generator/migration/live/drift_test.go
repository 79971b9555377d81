package live

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

func compare(t *testing.T, p *project) migration.Drift {
	t.Helper()
	found, err := p.open().Inspect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return migration.Compare(p.dialect, p.log.Schema(), found)
}

// TestNoDrift: what migrations made is what the log says, for every scenario and
// all plugins.
func TestNoDrift(t *testing.T) {
	eachDialect(t, func(t *testing.T, d schema.Dialect) {
		cases := []scenario{{name: "all plugins", from: schema.Core(), to: pluginSchema(t, d, pluginIDs())}}
		for _, s := range append(cases, scenarios()...) {
			t.Run(s.name, func(t *testing.T) {
				p := newProject(t, d)
				p.migrate(s.from)
				if changes := schema.Diff(s.from, s.to, schema.DiffOptions{}).Changes; len(changes) > 0 && s.needsMigration(d) {
					p.write(changes)
					p.up()
				}
				if drift := compare(t, p); len(drift.Differences)+len(drift.Notes) > 0 {
					t.Errorf("drift: %+v", drift)
				}
			})
		}
	})
}

// TestDrift damages a database in every way and expects each to be found, and
// what the user added to be a note.
func TestDrift(t *testing.T) {
	eachDialect(t, func(t *testing.T, d schema.Dialect) {
		from := with(column("nick", schema.String), column("level", schema.Number), references(indexed(column("bossId", schema.String)), "user", "set null"))
		from.Tables = append(from.Tables, schema.RateLimit())
		p := newProject(t, d)
		p.migrate(from)
		statements := []string{
			`DROP TABLE "verification"`,
			`ALTER TABLE "user" DROP COLUMN "nick"`,
			`DROP INDEX "session_expiresAt_idx"`,
			`ALTER TABLE "user" ADD COLUMN "mine" text`,
			`CREATE TABLE "elsewhere" ("id" text)`,
		}
		want := []string{
			"session: there is no index on expiresAt (session_expiresAt_idx)",
			"user.nick: the column is missing",
			"verification: the table is missing",
		}
		switch d {
		case schema.Postgres:
			statements = append(statements,
				`ALTER TABLE "user" ALTER COLUMN "level" TYPE text`,
				`ALTER TABLE "user" ALTER COLUMN "name" DROP NOT NULL`,
				`ALTER TABLE "user" DROP CONSTRAINT "user_bossId_fkey"`)
			want = append(want, "user.bossId: there is no foreign key to user.id", "user.level: the type is text, not integer", "user.name: the column may be null")
		case schema.MySQL:
			statements[2] += ` ON "session"`
			statements = append(statements,
				`ALTER TABLE "user" MODIFY COLUMN "level" text`,
				`ALTER TABLE "user" MODIFY COLUMN "name" varchar(255) COLLATE utf8mb4_bin`,
				`ALTER TABLE "user" MODIFY COLUMN "email" varchar(100) COLLATE utf8mb4_general_ci NOT NULL`,
				`ALTER TABLE "user" DROP FOREIGN KEY "user_bossId_fkey"`)
			want = append(want, "user.bossId: there is no foreign key to user.id",
				"user.email: the collation is utf8mb4_general_ci, not utf8mb4_bin: it takes different texts for one",
				"user.email: the type is varchar(100), not varchar(255)",
				"user.level: the type is text, not integer", "user.name: the column may be null")
		}
		for _, s := range statements {
			run(t, p.db, strings.ReplaceAll(s, `"`, quoteOf(d)))
		}
		drift := compare(t, p)
		var got []string
		for _, found := range drift.Differences {
			got = append(got, found.Subject+": "+found.Text)
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if notes := fmt.Sprint(drift.Notes); notes != "[{user.mine the column is yours}]" {
			t.Errorf("notes = %s", notes)
		}
	})
}

// TestTablesOfTheUsersOwn: migrations up and down, SQLite's rebuilds and drift leave alone what is not ours, a
// table that refers to ours and its rows included.
func TestTablesOfTheUsersOwn(t *testing.T) {
	eachDialect(t, func(t *testing.T, d schema.Dialect) {
		p := newProject(t, d)
		p.migrate(schema.Core())
		insertRows(t, d, p.db, schema.Core())
		id := migration.ColumnType(d, schema.Core().Tables[0], schema.ID())
		for _, s := range []string{
			`CREATE TABLE "orders" ("id" integer PRIMARY KEY, "buyer" ` + id + `, "twoFactor" integer, FOREIGN KEY ("buyer") REFERENCES "user" ("id") ON DELETE CASCADE)`,
			`CREATE INDEX "orders_buyer" ON "orders" ("buyer")`,
			`INSERT INTO "orders" VALUES (1, 'u1', 2)`,
		} {
			run(t, p.db, strings.ReplaceAll(s, `"`, quoteOf(d)))
		}
		theirs := func() string {
			var lines []string
			for line := range strings.SplitSeq(structure(t, d, p.db), "\n") {
				if strings.Contains(line, "orders") {
					lines = append(lines, line)
				}
			}
			return strings.Join(append(lines, query(t, p.db, "SELECT * FROM orders")...), "\n")
		}
		want := theirs()
		check := func(when string) {
			t.Helper()
			if got := theirs(); got != want {
				t.Errorf("after %s:\n%s\n\nbefore:\n%s", when, got, want)
			}
			if drift := compare(t, p); when != "down" && len(drift.Differences)+len(drift.Notes) > 0 {
				t.Errorf("after %s: %+v", when, drift)
			}
		}
		target := edited(withPlugin(), "user", func(t *schema.Table) { t.Columns = append(t.Columns, now(column("seenAt", schema.Date))) })
		p.migrate(target)
		check("up")
		if _, err := p.open().Down(t.Context(), p.written); err != nil {
			t.Fatal(err)
		}
		check("down")
		p.up()
		p.write(schema.Diff(target, schema.Core(), schema.DiffOptions{Destructive: true}).Changes)
		p.up()
		check("drops")
	})
}
