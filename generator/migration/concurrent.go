package migration

import (
	"reflect"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// deferIndexes splits changes for PostgreSQL. Making an index locks out writers
// for as long as it takes, unless it is made CONCURRENTLY, which no transaction
// allows: the indexes of tables that exist come later, in a file of their own.
func deferIndexes(before schema.Schema, changes []schema.Change) (now, later []schema.Change) {
	after, err := schema.Apply(before, changes)
	if err != nil {
		return changes, nil // planning says why
	}
	for _, change := range changes {
		switch c := change.(type) {
		case schema.AddColumn:
			bare := c.Column
			bare.Unique, bare.Index = false, false
			if !indexed(c.Column) || isTarget(after, c.Table, c.Column.Key) {
				break
			}
			now = append(now, schema.AddColumn{Table: c.Table, Column: bare})
			later = append(later, schema.AlterColumn{Table: c.Table, From: bare, To: c.Column})
			continue
		case schema.AlterColumn:
			bare := c.To
			bare.Unique, bare.Index = c.From.Unique, c.From.Index
			if !indexed(c.To) || same(bare, c.To) || isTarget(after, c.Table, c.To.Key) {
				break
			}
			if !same(c.From, bare) {
				now = append(now, schema.AlterColumn{Table: c.Table, From: c.From, To: bare})
			}
			if indexed(bare) { // one goes, another comes: two steps
				none := bare
				none.Unique, none.Index = false, false
				later = append(later, schema.AlterColumn{Table: c.Table, From: bare, To: none})
				bare = none
			}
			later = append(later, schema.AlterColumn{Table: c.Table, From: bare, To: c.To})
			continue
		case schema.AddIndex:
			later = append(later, c)
			continue
		}
		now = append(now, change)
	}
	return now, later
}

func indexed(c schema.Column) bool { return c.Unique || c.Index }

func same(a, b schema.Column) bool { return reflect.DeepEqual(a.Stored(), b.Stored()) }

// isTarget reports a column other columns refer to, which has to be unique
// before they do.
func isTarget(s schema.Schema, table, key string) bool {
	for _, t := range s.Tables {
		for _, c := range t.Columns {
			if c.Ref != nil && c.Ref.Table == table && c.Ref.Column == key {
				return true
			}
		}
	}
	return false
}

// concurrentIndex makes or drops an index without locking out writers. What was
// cut short leaves an invalid index of that name, so each begins by dropping it
// and can be run again.
func (p planner) concurrentIndex(t schema.Table, ix schema.Index) Step {
	drop := "DROP INDEX CONCURRENTLY IF EXISTS " + p.to.quote(ix.Name)
	create := p.to.createIndexWith(t, ix, "CONCURRENTLY ")
	down := drop
	if foreign(t, ix) {
		down = p.to.dropIndex(t, ix)
	}
	return Step{
		Up:         []string{drop, create},
		Down:       []string{down},
		Concurrent: true,
		Comment:    "Does not lock out writers. Run it again if it fails: half an index is dropped first.",
	}
}
