package migration

import (
	"fmt"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// NoValueError reports a required column that existing rows have no value for.
type NoValueError struct {
	Table  string
	Column schema.Column
}

// Error implements error.
func (e *NoValueError) Error() string {
	return fmt.Sprintf("%s.%s is required, but the rows there are have no value for it", e.Table, e.Column.Key)
}

// Choices says what can be done about it, one way a line.
func (e *NoValueError) Choices() []string {
	return []string{
		"set defaultValue to what they should get",
		"set required: false",
		"set required: false now, fill the rows, and set required: true in a second migration",
	}
}

// LossyError reports a change of type that could lose values.
type LossyError struct {
	Table    string
	From, To schema.Column
}

// Error implements error.
func (e *LossyError) Error() string {
	return fmt.Sprintf("%s.%s: a %s column cannot become %s without losing data", e.Table, e.To.Key, describe(e.From), describe(e.To))
}

// Choices says what can be done about it, one way a line.
func (e *LossyError) Choices() []string {
	return []string{"add a field under another name, copy what you need, and drop this one with betterauth-gen migrate drop"}
}

func (p planner) addColumn(c schema.AddColumn) (Steps, error) {
	before, after := p.tables(c.Table)
	column := c.Column
	if column.Required && column.Default == nil {
		return nil, &NoValueError{c.Table, column}
	}
	var steps Steps
	var err error
	switch {
	case !column.Required:
		steps = Steps{p.plainColumn(after, column)}
	case p.dialect() == schema.SQLite:
		steps, err = p.requiredColumnSQLite(before, after, column)
	default:
		steps, err = p.requiredColumn(after, column)
	}
	if err != nil {
		return nil, err
	}
	return append(steps, p.columnExtras(after, column, steps)...), nil
}

// plainColumn adds a column as it is.
func (p planner) plainColumn(t schema.Table, c schema.Column) Step {
	return step(p.to.alter(t)+"ADD COLUMN "+p.to.column(t, c), p.dropColumnSQL(t, c))
}

func (p planner) dropColumnSQL(t schema.Table, c schema.Column) string {
	return p.to.alter(t) + "DROP COLUMN " + p.to.quote(c.Name)
}

// requiredColumn adds a column as nullable, fills it, and forbids null.
func (p planner) requiredColumn(t schema.Table, c schema.Column) (Steps, error) {
	nullable := c
	nullable.Required = false
	tighten, err := p.require(t, nullable, c)
	if err != nil {
		return nil, err
	}
	return append(Steps{p.plainColumn(t, nullable)}, tighten...), nil
}

// requiredColumnSQLite adds a column with a literal default in one statement,
// which leaves that default in the table: harmless, since the application always
// gives a value, and the alternative is to copy the table. A default that is no
// constant does need the copy.
func (p planner) requiredColumnSQLite(before, after schema.Table, c schema.Column) (Steps, error) {
	if c.Default.Now || c.Ref != nil {
		s, err := p.rebuild(before, after)
		if err != nil {
			return nil, err
		}
		// What the copy added can be dropped without copying back.
		s.Down = []string{p.dropColumnSQL(after, c)}
		return Steps{s}, nil
	}
	value, err := fill(p.dialect(), c)
	if err != nil {
		return nil, err
	}
	up := fmt.Sprintf("%sADD COLUMN %s DEFAULT %s", p.to.alter(after), p.to.column(after, c), value)
	return Steps{step(up, p.dropColumnSQL(after, c))}, nil
}

// columnExtras adds the index and the constraint of a new column.
func (p planner) columnExtras(t schema.Table, c schema.Column, added Steps) Steps {
	var steps Steps
	if ix, ok := t.ColumnIndex(c); ok {
		s := p.newIndex(t, ix)
		if added.Rebuilds() {
			s.Up = nil // the copy has it already; going down still has to drop it
		}
		steps = append(steps, s)
	}
	if c.Ref != nil && p.dialect() != schema.SQLite {
		steps = append(steps, step(p.to.addConstraint(t, c), p.to.dropConstraint(t, c)))
	}
	return steps
}

func (p planner) dropColumn(c schema.DropColumn) Steps {
	before, _ := p.tables(c.Table)
	column, _ := before.Column(c.Column.Key)
	var steps Steps
	if column.Ref != nil && p.dialect() != schema.SQLite {
		steps = append(steps, step(p.from.dropConstraint(before, column), ""))
	}
	if ix, ok := before.ColumnIndex(column); ok {
		steps = append(steps, step(p.from.dropIndex(before, ix), ""))
	}
	drop := step(p.dropColumnSQL(before, column), irreversible(p.dialect(), c))
	drop.Comment = fmt.Sprintf("This deletes data. Look first: SELECT count(%s) FROM %s",
		p.from.quote(column.Name), p.from.quote(before.Name))
	return append(steps, drop)
}
