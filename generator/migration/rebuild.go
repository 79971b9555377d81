package migration

import (
	"fmt"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// rebuild replaces a table by a copy with another definition, which is how
// SQLite changes what ALTER TABLE cannot ("Making Other Kinds Of Table Schema
// Changes" in its documentation).
func (p planner) rebuild(before, after schema.Table) (Step, error) {
	up, err := p.to.copyTable(before, after)
	if err != nil {
		return Step{}, err
	}
	down, err := p.from.copyTable(after, before)
	if err != nil {
		return Step{}, err
	}
	return Step{
		Up:      up,
		Down:    down,
		Rebuild: true,
		Comment: "SQLite cannot alter this in place: the table is replaced by a copy.",
	}, nil
}

// guard stops the migration where the copy would lose data, by violating a
// constraint whose name is the message.
//
// Dropping a table deletes its rows one by one where foreign keys are enforced,
// and ON DELETE CASCADE then empties the tables that refer to it. PRAGMA
// foreign_keys = OFF does nothing inside a transaction, which a migration tool
// may have opened. And columns (generated ones, which table_info hides, included),
// indexes and triggers that the user added to the table are not in the copy.
func (p printer) guard(t schema.Table) []string {
	var columns, indexes []string
	for _, c := range t.Columns {
		columns = append(columns, quoteText(p.dialect, c.Name))
	}
	for _, ix := range t.AllIndexes() {
		indexes = append(indexes, quoteText(p.dialect, ix.Name))
	}
	name := quoteText(p.dialect, t.Name)
	return []string{
		`CREATE TEMP TABLE "betterauth_guard" (
    "foreign_keys" integer CONSTRAINT "foreign_keys_must_be_off" CHECK ("foreign_keys" = 0),
    "others" integer CONSTRAINT "table_has_columns_indexes_or_triggers_of_your_own" CHECK ("others" = 0)
)`,
		fmt.Sprintf(`INSERT INTO "betterauth_guard"
SELECT "foreign_keys",
    (SELECT count(*) FROM pragma_table_xinfo(%s) WHERE "hidden" > 0 OR "name" NOT IN (%s))
    + (SELECT count(*) FROM sqlite_schema WHERE "tbl_name" = %s AND "type" IN ('index', 'trigger')
        AND "sql" IS NOT NULL AND "name" NOT IN (%s))
FROM pragma_foreign_keys`, name, strings.Join(columns, ", "), name, strings.Join(indexes, ", ")),
		`DROP TABLE "betterauth_guard"`,
	}
}

func (p printer) copyTable(before, after schema.Table) ([]string, error) {
	var columns, values []string
	for _, c := range after.Columns {
		value, err := p.carry(before, c)
		if err != nil {
			return nil, err
		}
		if value != "" {
			columns = append(columns, p.quote(c.Name))
			values = append(values, value)
		}
	}
	temporary := "betterauth_new_" + after.Name
	statements := append(p.guard(before),
		p.createTable(after, temporary),
		fmt.Sprintf("INSERT INTO %s (%s)\nSELECT %s\nFROM %s", p.quote(temporary),
			strings.Join(columns, ", "), strings.Join(values, ", "), p.quote(before.Name)),
		"DROP TABLE "+p.quote(before.Name),
		fmt.Sprintf("ALTER TABLE %s RENAME TO %s", p.quote(temporary), p.quote(after.Name)),
	)
	for _, ix := range after.AllIndexes() {
		statements = append(statements, p.createIndex(after, ix))
	}
	return statements, nil
}

// carry returns the expression for a column's value in the copy, empty to leave
// it null.
func (p printer) carry(before schema.Table, c schema.Column) (string, error) {
	old, existed := before.Column(c.Key)
	fills := c.Required && c.Default != nil && (!existed || !old.Required)
	if !fills {
		if existed {
			return p.quote(old.Name), nil
		}
		return "", nil
	}
	value, err := fill(p.dialect, c)
	if err == nil && existed {
		value = fmt.Sprintf("COALESCE(%s, %s)", p.quote(old.Name), value)
	}
	return value, err
}
