package migration

import (
	"fmt"
	"slices"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// Step is a piece of a migration that is undone as a whole. On MySQL, where
// every statement commits, it is one statement.
type Step struct {
	Up   []string // statements without the final semicolon
	Down []string // empty: undoing an earlier step undoes this one

	// Comment is advice to the reader of the migration, in one line.
	Comment string
	// Rebuild marks SQLite's replacement of a table by a copy, which must not
	// run with foreign keys enforced.
	Rebuild bool
	// Concurrent marks what PostgreSQL refuses to do in a transaction.
	Concurrent bool
}

// Steps is a plan, in the order of going up.
type Steps []Step

// Up returns the statements that apply the plan.
func (s Steps) Up() []string {
	var out []string
	for _, step := range s {
		out = append(out, step.Up...)
	}
	return out
}

// Down returns the statements that undo the plan.
func (s Steps) Down() []string {
	var out []string
	for _, step := range slices.Backward(s) {
		out = append(out, step.Down...)
	}
	return out
}

// Rebuilds reports whether any step replaces a table.
func (s Steps) Rebuilds() bool {
	return slices.ContainsFunc(s, func(step Step) bool { return step.Rebuild })
}

// NoTransaction reports whether a step must not run in a transaction that
// somebody else opened.
func (s Steps) NoTransaction() bool {
	return s.Rebuilds() || slices.ContainsFunc(s, func(step Step) bool { return step.Concurrent })
}

// Plan returns the statements that carry the changes out, starting from a
// database with the schema before. It has no steps when the changes mean nothing
// to the dialect.
//
// Changes that would need a value nobody knows, or that could lose data, are
// errors which say what to do instead.
func Plan(d schema.Dialect, before schema.Schema, changes []schema.Change) (Steps, error) {
	return planAll(d, before, changes, false)
}

func planAll(d schema.Dialect, before schema.Schema, changes []schema.Change, concurrently bool) (Steps, error) {
	var steps Steps
	target, err := schema.Apply(before, changes)
	if err != nil {
		return nil, err
	}
	for _, change := range changes {
		after, err := schema.Apply(before, []schema.Change{change})
		if err != nil {
			return nil, err
		}
		p := planner{from: printer{d, before}, to: printer{d, after}, target: target, concurrently: concurrently}
		planned, err := p.plan(change)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", change, err)
		}
		steps = append(steps, planned...)
		before = after
	}
	return steps, nil
}

// planner plans one change, with a printer for the schema on either side of it.
type planner struct {
	from, to     printer
	target       schema.Schema // after the last change
	concurrently bool          // make indexes without locking out writers
}

func (p planner) dialect() schema.Dialect { return p.to.dialect }

// tables returns a table before and after the change.
func (p planner) tables(key string) (before, after schema.Table) {
	before, _ = p.from.schema.Table(key)
	after, _ = p.to.schema.Table(key)
	return before, after
}

func (p planner) plan(change schema.Change) (Steps, error) {
	switch c := change.(type) {
	case schema.AddTable:
		return p.addTable(c), nil
	case schema.AddColumn:
		return p.addColumn(c)
	case schema.AlterColumn:
		return p.alterColumn(c)
	case schema.AddIndex:
		return p.addIndex(c), nil
	case schema.DropIndex:
		return p.dropIndex(c), nil
	case schema.RenameTable:
		return p.renameTable(c), nil
	case schema.RenameColumn:
		return p.renameColumn(c), nil
	case schema.RekeyColumn:
		return p.rekeyColumn(c), nil
	case schema.DropTable:
		return p.dropTable(c), nil
	case schema.DropColumn:
		return p.dropColumn(c), nil
	}
	return nil, fmt.Errorf("unknown kind of change %T", change)
}

// step is a Step of one statement each way.
func step(up, down string) Step {
	s := Step{Up: []string{up}}
	if down != "" {
		s.Down = []string{down}
	}
	return s
}

// reversed swaps the directions of a step that has both.
func reversed(s Step) Step {
	s.Up, s.Down = s.Down, s.Up
	return s
}

func (p planner) addTable(c schema.AddTable) Steps {
	t := c.Table
	steps := Steps{step(p.to.createTable(t, t.Name), "DROP TABLE "+p.to.quote(t.Name))}
	for _, ix := range t.AllIndexes() {
		steps = append(steps, step(p.to.createIndex(t, ix), ""))
	}
	return steps
}

func (p planner) dropTable(c schema.DropTable) Steps {
	t := c.Table
	s := step("DROP TABLE "+p.from.quote(t.Name), irreversible(p.dialect(), c))
	s.Comment = fmt.Sprintf("This deletes data. Look first: SELECT count(*) FROM %s", p.from.quote(t.Name))
	return Steps{s}
}

func (p planner) renameTable(c schema.RenameTable) Steps {
	rename := func(from, to string) string {
		return "ALTER TABLE " + p.to.quote(from) + " RENAME TO " + p.to.quote(to)
	}
	return Steps{breaking(step(rename(c.From, c.To), rename(c.To, c.From)))}
}

func (p planner) renameColumn(c schema.RenameColumn) Steps {
	_, t := p.tables(c.Table)
	rename := func(from, to string) string {
		return p.to.alter(t) + "RENAME COLUMN " + p.to.quote(from) + " TO " + p.to.quote(to)
	}
	return Steps{breaking(step(rename(c.From, c.To), rename(c.To, c.From)))}
}

// breaking comments a rename, which no running program can foresee.
func breaking(s Step) Step {
	s.Comment = "A server that runs the code of before fails until it is replaced."
	return s
}

func (p planner) addIndex(c schema.AddIndex) Steps {
	before, after := p.tables(c.Table)
	added := after.Indexes[len(after.Indexes)-1] // Apply appends, with the name filled in
	steps := p.retype(before, after, added.Columns)
	return append(steps, p.withoutConstraint(after, added, p.newIndex(after, added))...)
}

func (p planner) dropIndex(c schema.DropIndex) Steps {
	before, after := p.tables(c.Table)
	var steps Steps
	for _, ix := range before.AllIndexes() {
		if !slices.ContainsFunc(after.AllIndexes(), func(other schema.Index) bool { return other.Name == ix.Name }) {
			steps = append(steps, p.withoutConstraint(before, ix, reversed(p.newIndex(before, ix)))...)
		}
	}
	return append(steps, p.retype(before, after, c.Index.Columns)...)
}

func (p planner) newIndex(t schema.Table, ix schema.Index) Step {
	if p.concurrently {
		return p.concurrentIndex(t, ix)
	}
	return step(p.to.createIndex(t, ix), p.to.dropIndex(t, ix))
}

// withoutConstraint lifts the foreign key on an index's first column while the
// index comes or goes: MySQL refuses to drop an index that a foreign key relies
// on, and makes one of its own when the key comes back.
func (p planner) withoutConstraint(t schema.Table, ix schema.Index, change Step) Steps {
	c, _ := t.Column(ix.Columns[0])
	if p.dialect() != schema.MySQL || c.Ref == nil {
		return Steps{change}
	}
	lift := step(p.to.dropConstraint(t, c), p.to.addConstraint(t, c))
	return Steps{lift, change, reversed(lift)}
}

// retype adjusts columns whose type depends on being indexed, as MySQL's strings
// do.
func (p planner) retype(before, after schema.Table, keys []string) Steps {
	var steps Steps
	for _, key := range keys {
		old, _ := before.Column(key)
		c, _ := after.Column(key)
		if p.from.column(before, old) != p.to.column(after, c) {
			steps = append(steps, p.modify(before, after, old, c))
		}
	}
	return steps
}

// irreversible is the Down of a step whose data is gone: a statement that fails
// and says so, since doing nothing would leave a database that claims to be
// what it is not.
func irreversible(d schema.Dialect, change schema.Change) string {
	return failing(d, "cannot undo: "+change.String()+" deleted data; restore a backup")
}

// failing is a statement that does nothing but fail with a message.
func failing(d schema.Dialect, message string) string {
	return pick(d,
		`SELECT * FROM `+Quote(d, message),
		"DO $$ BEGIN RAISE EXCEPTION USING MESSAGE = "+quoteText(d, message)+"; END $$",
		"SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = "+quoteText(d, message))
}
