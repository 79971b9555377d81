package migration

import (
	"errors"
	"fmt"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// alterColumn changes what differs between the two forms of a column: the
// foreign key and the index go first where they change, and come back last.
func (p planner) alterColumn(c schema.AlterColumn) (Steps, error) {
	before, after := p.tables(c.Table)
	from, to := c.From, c.To
	if to.Required && !from.Required && to.Default == nil {
		return nil, &NoValueError{c.Table, to}
	}
	redefined := p.from.column(before, from) != p.to.column(after, to)
	if redefined {
		if err := p.checkType(before, after, from, to); err != nil {
			return nil, err
		}
	}
	if redefined && p.dialect() == schema.SQLite {
		s, err := p.rebuild(before, after)
		return Steps{s}, err
	}
	define, err := p.redefine(before, after, from, to)
	if err != nil {
		return nil, err
	}
	return p.around(before, after, from, to, define), nil
}

// around puts the change of index and foreign key around that of the column.
func (p planner) around(before, after schema.Table, from, to schema.Column, define Steps) Steps {
	oldIndex, hadIndex := before.ColumnIndex(from)
	newIndex, hasIndex := after.ColumnIndex(to)
	reindex := hadIndex != hasIndex || oldIndex.Name != newIndex.Name
	oldKey, newKey := p.from.foreignKey(before, from), p.to.foreignKey(after, to)
	// MySQL neither redefines a column under a foreign key nor drops its index.
	rekey := oldKey != newKey || p.dialect() == schema.MySQL && (reindex || len(define) > 0)

	var steps Steps
	if rekey && oldKey != "" {
		steps = append(steps, step(p.from.dropConstraint(before, from), p.from.addConstraint(before, from)))
	}
	if reindex && hadIndex {
		steps = append(steps, reversed(p.newIndex(before, oldIndex)))
	}
	steps = append(steps, define...)
	if reindex && hasIndex {
		steps = append(steps, p.newIndex(after, newIndex))
	}
	if rekey && newKey != "" {
		steps = append(steps, step(p.to.addConstraint(after, to), p.to.dropConstraint(after, to)))
	}
	return steps
}

// foreignKey prints the column's constraint where constraints stand apart from
// columns.
func (p printer) foreignKey(t schema.Table, c schema.Column) string {
	if c.Ref == nil || p.dialect == schema.SQLite {
		return ""
	}
	return p.constraint(t, c)
}

// redefine changes type, default and nullability.
func (p planner) redefine(before, after schema.Table, from, to schema.Column) (Steps, error) {
	var steps Steps
	loose := to // as to, but as nullable as from: nullability needs its own steps
	loose.Required = from.Required
	if p.from.column(before, from) != p.to.column(after, loose) {
		steps = append(steps, p.modify(before, after, from, loose))
	}
	switch {
	case to.Required && !from.Required:
		tighten, err := p.require(after, loose, to)
		return append(steps, tighten...), err
	case from.Required && !to.Required:
		steps = append(steps, p.modify(after, after, loose, to))
	}
	return steps, nil
}

// require fills the rows that have no value with the default and forbids null.
func (p planner) require(t schema.Table, from, to schema.Column) (Steps, error) {
	value, err := fill(p.dialect(), to)
	if err != nil {
		return nil, err
	}
	name := p.to.quote(to.Name)
	update := fmt.Sprintf("UPDATE %s SET %s = %s WHERE %s IS NULL", p.to.quote(t.Name), name, value, name)
	return Steps{step(update, ""), p.modify(t, t, from, to)}, nil
}

// modify is the statement that gives a column another definition. PostgreSQL has
// one clause for each aspect, MySQL restates the whole; SQLite has none and does
// not come here.
func (p planner) modify(before, after schema.Table, from, to schema.Column) Step {
	if p.dialect() == schema.MySQL {
		return step(p.to.alter(after)+"MODIFY COLUMN "+p.to.column(after, to),
			p.to.alter(after)+"MODIFY COLUMN "+p.from.column(before, from))
	}
	return step(p.alterPostgres(before, after, from, to), p.alterPostgres(after, before, to, from))
}

func (p planner) alterPostgres(before, after schema.Table, from, to schema.Column) string {
	name := p.to.quote(to.Name)
	var clauses []string
	if next := ColumnType(schema.Postgres, after, to); next != ColumnType(schema.Postgres, before, from) {
		clauses = append(clauses, fmt.Sprintf("ALTER COLUMN %s TYPE %s USING %s::%s", name, next, name, next))
	}
	if wasNow, isNow := setNow(from), setNow(to); isNow && !wasNow {
		clauses = append(clauses, fmt.Sprintf("ALTER COLUMN %s SET DEFAULT %s", name, nowDefault(schema.Postgres)))
	} else if wasNow && !isNow {
		clauses = append(clauses, fmt.Sprintf("ALTER COLUMN %s DROP DEFAULT", name))
	}
	if to.Required && !from.Required {
		clauses = append(clauses, fmt.Sprintf("ALTER COLUMN %s SET NOT NULL", name))
	} else if from.Required && !to.Required {
		clauses = append(clauses, fmt.Sprintf("ALTER COLUMN %s DROP NOT NULL", name))
	}
	return p.to.alter(after) + strings.Join(clauses, ", ")
}

func setNow(c schema.Column) bool { return c.Default != nil && c.Default.Now }

// errIDs explains why ids stay what they are: every table and everything outside that knows an id would
// have to change at once.
var errIDs = errors.New("the ids of existing rows cannot be made anew;" +
	" set advanced.database.generateId back, or begin with an empty database")

// checkType allows the changes of type that keep every value.
func (p planner) checkType(before, after schema.Table, from, to schema.Column) error {
	switch {
	case from.IDs != to.IDs:
		return errIDs
	case ColumnType(p.dialect(), before, from) == ColumnType(p.dialect(), after, to),
		from.Type == schema.String && to.Type == schema.String,
		from.Type == schema.Number && to.Type == schema.Number && to.BigInt,
		from.Type == schema.Number && to.Type == schema.String:
		return nil
	}
	return &LossyError{after.Key, from, to}
}

func describe(c schema.Column) string {
	if c.BigInt {
		return "bigint " + c.Type.String()
	}
	return c.Type.String()
}
