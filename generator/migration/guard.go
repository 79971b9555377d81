package migration

import (
	"fmt"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// GuardMark is in the message of a guard that found something of the user's.
const GuardMark = "of_your_own"

// guard stops the migration where the copy would lose data, by violating a
// constraint whose name is the message.
//
// Dropping a table deletes its rows one by one where foreign keys are enforced,
// and ON DELETE CASCADE then empties the tables that refer to it. PRAGMA
// foreign_keys = OFF does nothing inside a transaction, which a migration tool
// may have opened. And what the user added to the table is not in the copy.
func (p printer) guard(t schema.Table, target schema.Schema) []string {
	return []string{
		`CREATE TEMP TABLE "betterauth_guard" (
    "foreign_keys" integer CONSTRAINT "foreign_keys_must_be_off" CHECK ("foreign_keys" = 0),
    "others" integer CONSTRAINT "table_has_columns_indexes_or_triggers_of_your_own" CHECK ("others" = 0),
    "constraints" integer CONSTRAINT "table_has_constraints_or_collations_of_your_own" CHECK ("constraints" = 0)
)`,
		fmt.Sprintf(`INSERT INTO "betterauth_guard"
SELECT "foreign_keys",
    %s,
    %s
FROM pragma_foreign_keys`, p.others(t), p.constraints(t, target)),
		`DROP TABLE "betterauth_guard"`,
	}
}

// others counts the columns, indexes and triggers that are not ours: generated
// columns included, which table_info hides.
func (p printer) others(t schema.Table) string {
	var columns, indexes []string
	for _, c := range t.Columns {
		columns = append(columns, c.Name)
	}
	for _, ix := range t.AllIndexes() {
		indexes = append(indexes, ix.Name)
	}
	name := quoteText(p.dialect, t.Name)
	return fmt.Sprintf(`(SELECT count(*) FROM pragma_table_xinfo(%s) WHERE "hidden" > 0 OR "name" NOT IN (%s))
    + (SELECT count(*) FROM sqlite_schema WHERE "tbl_name" = %s AND "type" IN ('index', 'trigger')
        AND "sql" IS NOT NULL AND "name" NOT IN (%s))`, name, p.texts(columns), name, p.texts(indexes))
}

// constraints counts what a definition may hold that ours does not: foreign keys,
// unique constraints, and what no pragma tells of, which is looked for in the
// table's own SQL. It may take a word in a text or a comment for a constraint:
// better that than to lose one.
func (p printer) constraints(t schema.Table, target schema.Schema) string {
	name := quoteText(p.dialect, t.Name)
	foreign := fmt.Sprintf("(SELECT count(*) FROM pragma_foreign_key_list(%s)", name)
	if keys := p.foreignKeys(t); len(keys) > 0 {
		foreign += fmt.Sprintf("\n        WHERE \"on_update\" <> 'NO ACTION' OR (\"from\", \"table\", \"on_delete\") NOT IN (VALUES %s)", strings.Join(keys, ", "))
	}
	return fmt.Sprintf(`%s)
    + (SELECT count(*) FROM pragma_index_list(%s) AS "i" WHERE "origin" = 'u' AND
        (SELECT group_concat("name") FROM pragma_index_info("i"."name")) NOT IN (%s))
    + (SELECT count(*) FROM sqlite_schema,
        (VALUES ('CHECK'), ('COLLATE'), ('CONFLICT'), ('DEFERRABLE'), ('STRICT'), ('WITHOUT')) AS "word"
        WHERE "type" = 'table' AND "name" = %s AND upper("sql") || ' ' GLOB '*[^A-Z0-9_"]' || "word"."column1" || '[^A-Z0-9_]*')`,
		foreign, name, p.texts(p.uniques(t, target)), name)
}

// foreignKeys prints the foreign keys a table is to have as rows of
// pragma_foreign_key_list.
func (p printer) foreignKeys(t schema.Table) []string {
	var rows []string
	for _, c := range t.Columns {
		if c.Ref == nil {
			continue
		}
		table := c.Ref.Table
		if referred, ok := p.schema.Table(table); ok {
			table = referred.Name
		}
		rows = append(rows, "("+p.texts([]string{c.Name, table, strings.ToUpper(c.Ref.Action())})+")")
	}
	return rows
}

// uniques lists the columns that an index of ours keeps unique, joined by commas,
// or will when the migration is through: a constraint that says the same, as
// Better Auth's tables have it, is not missed.
func (p printer) uniques(t schema.Table, target schema.Schema) []string {
	var lists []string
	end, _ := target.Table(t.Key)
	for _, table := range []schema.Table{t, end} {
		for _, ix := range table.AllIndexes() {
			if ix.Unique {
				lists = append(lists, strings.Join(columnNames(table, ix.Columns), ","))
			}
		}
	}
	slices.Sort(lists)
	return slices.Compact(lists)
}

// texts prints literals in a list.
func (p printer) texts(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = quoteText(p.dialect, v)
	}
	return strings.Join(quoted, ", ")
}
