package migration

import (
	"fmt"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// CreateSQL prints the whole schema: every table in creation order, each
// followed by its indexes.
func CreateSQL(d schema.Dialect, s schema.Schema) (string, error) {
	tables, err := s.CreationOrder()
	if err != nil {
		return "", err
	}
	p := printer{d, s}
	var b strings.Builder
	for i, t := range tables {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(p.createTable(t, t.Name) + ";\n")
		for _, ix := range t.AllIndexes() {
			b.WriteString("\n" + p.createIndex(t, ix) + ";\n")
		}
	}
	return b.String(), nil
}

// Quote quotes an identifier. Every identifier is quoted, reserved or not:
// the list of reserved words differs by database and grows.
func Quote(d schema.Dialect, name string) string {
	q := pick(d, `"`, `"`, "`")
	return q + strings.ReplaceAll(name, q, q+q) + q
}

// printer prints statements of one dialect. Foreign keys are written in terms of
// keys, and the schema says what they are called.
type printer struct {
	dialect schema.Dialect
	schema  schema.Schema
}

func (p printer) quote(name string) string { return Quote(p.dialect, name) }

// createTable prints a table under the given name, which is not its own while
// SQLite rebuilds it.
func (p printer) createTable(t schema.Table, name string) string {
	var lines []string
	for _, c := range t.Columns {
		lines = append(lines, p.column(t, c))
	}
	if p.dialect != schema.SQLite {
		for _, c := range t.Columns {
			if c.Ref != nil {
				lines = append(lines, p.constraint(t, c))
			}
		}
	}
	return fmt.Sprintf("CREATE TABLE %s (\n    %s\n)", p.quote(name), strings.Join(lines, ",\n    "))
}

// createTableIf prints a table that may be there already.
func (p printer) createTableIf(t schema.Table) string {
	return strings.Replace(p.createTable(t, t.Name), "CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ", 1)
}

func (p printer) column(t schema.Table, c schema.Column) string {
	return p.quote(c.Name) + " " + p.columnType(t, c)
}

func (p printer) columnType(t schema.Table, c schema.Column) string {
	text := ColumnType(p.dialect, t, c)
	if c.Key == schema.PrimaryKey {
		return text + primaryKey(p.dialect, c.IDs)
	}
	if name := collation(p.dialect, t, c); name != "" {
		text += " COLLATE " + name
	}
	if now := nowDefault(p.dialect); now != "" && c.Default != nil && c.Default.Now {
		text += " DEFAULT " + now
	}
	if c.Required {
		text += " NOT NULL"
	}
	// ALTER TABLE in SQLite adds columns but no constraints, so there a foreign
	// key has to be part of its column.
	if c.Ref != nil && p.dialect == schema.SQLite {
		text += " " + p.references(*c.Ref)
	}
	return text
}

func (p printer) references(r schema.Ref) string {
	return fmt.Sprintf("REFERENCES %s (%s) ON DELETE %s",
		p.tableName(r.Table), p.columnName(r.Table, r.Column), strings.ToUpper(r.Action()))
}

func (p printer) constraint(t schema.Table, c schema.Column) string {
	return fmt.Sprintf("CONSTRAINT %s FOREIGN KEY (%s) %s",
		p.quote(schema.ForeignKeyName(t.Key, c.Key)), p.quote(c.Name), p.references(*c.Ref))
}

func (p printer) createIndex(t schema.Table, ix schema.Index) string {
	return p.createIndexWith(t, ix, "")
}

// createIndexWith puts a word like CONCURRENTLY before the index's name.
func (p printer) createIndexWith(t schema.Table, ix schema.Index, word string) string {
	kind := "INDEX"
	if ix.Unique {
		kind = "UNIQUE INDEX"
	}
	columns := make([]string, len(ix.Columns))
	for i, key := range ix.Columns {
		columns[i] = p.quote(nameOf(t, key))
	}
	return fmt.Sprintf("CREATE %s %s%s ON %s (%s)", kind, word, p.quote(ix.Name), p.quote(t.Name), strings.Join(columns, ", "))
}

func (p printer) dropIndex(t schema.Table, ix schema.Index) string {
	switch name := p.quote(ix.Name); {
	case p.dialect == schema.MySQL:
		return fmt.Sprintf("DROP INDEX %s ON %s", name, p.quote(t.Name))
	case p.dialect == schema.Postgres && foreign(t, ix): // it may be that of a constraint
		return fmt.Sprintf("DO $$ BEGIN %sDROP CONSTRAINT IF EXISTS %s; DROP INDEX IF EXISTS %s; END $$", p.alter(t), name, name)
	default:
		return "DROP INDEX " + name
	}
}

// foreign reports an index with a name that is not ours: somebody else made it.
func foreign(t schema.Table, ix schema.Index) bool {
	return ix.Name != schema.IndexName(t.Key, ix.Unique, ix.Columns...)
}

func (p printer) dropConstraint(t schema.Table, c schema.Column) string {
	return p.alter(t) + pick(p.dialect, "", "DROP CONSTRAINT ", "DROP FOREIGN KEY ") +
		p.quote(schema.ForeignKeyName(t.Key, c.Key))
}

func (p printer) addConstraint(t schema.Table, c schema.Column) string {
	return p.alter(t) + "ADD " + p.constraint(t, c)
}

// alter prints the beginning of an ALTER TABLE statement.
func (p printer) alter(t schema.Table) string { return "ALTER TABLE " + p.quote(t.Name) + " " }

func (p printer) tableName(key string) string {
	if t, ok := p.schema.Table(key); ok {
		return p.quote(t.Name)
	}
	return p.quote(key)
}

func (p printer) columnName(table, key string) string {
	if c, ok := p.schema.Column(table, key); ok {
		return p.quote(c.Name)
	}
	return p.quote(key)
}

// nameOf returns a column's name in the database.
func nameOf(t schema.Table, key string) string {
	if c, ok := t.Column(key); ok {
		return c.Name
	}
	return key
}
