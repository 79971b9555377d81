package migration

import (
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// rekeyColumn renames what is named after a column's key: its index and its
// foreign key. The column itself is renamed by a change of its own, if it has
// the name of its key.
func (p planner) rekeyColumn(c schema.RekeyColumn) Steps {
	before, after := p.tables(c.Table)
	from, _ := before.Column(c.From)
	to, _ := after.Column(c.To)

	var rename Steps
	if old, ok := before.ColumnIndex(from); ok {
		if renamed, _ := after.ColumnIndex(to); renamed.Name != old.Name {
			rename = p.renameIndex(before, after, old, renamed)
		}
	}
	if from.Ref == nil || p.dialect() == schema.SQLite {
		return rename
	}
	if p.dialect() == schema.Postgres {
		return append(rename, p.renameConstraint(before, from, to))
	}
	// MySQL neither renames a foreign key nor lets go of the index it relies on.
	drop := step(p.from.dropConstraint(before, from), p.from.addConstraint(before, from))
	add := step(p.to.addConstraint(after, to), p.to.dropConstraint(after, to))
	return append(append(Steps{drop}, rename...), add)
}

func (p planner) renameIndex(before, after schema.Table, old, renamed schema.Index) Steps {
	quote := p.to.quote
	switch p.dialect() {
	case schema.Postgres:
		return Steps{step("ALTER INDEX "+quote(old.Name)+" RENAME TO "+quote(renamed.Name),
			"ALTER INDEX "+quote(renamed.Name)+" RENAME TO "+quote(old.Name))}
	case schema.MySQL:
		return Steps{step(p.to.alter(after)+"RENAME INDEX "+quote(old.Name)+" TO "+quote(renamed.Name),
			p.to.alter(after)+"RENAME INDEX "+quote(renamed.Name)+" TO "+quote(old.Name))}
	}
	return Steps{
		step(p.from.dropIndex(before, old), p.from.createIndex(before, old)),
		step(p.to.createIndex(after, renamed), p.to.dropIndex(after, renamed)),
	}
}

func (p planner) renameConstraint(t schema.Table, from, to schema.Column) Step {
	old := p.to.quote(schema.ForeignKeyName(t.Key, from.Key))
	renamed := p.to.quote(schema.ForeignKeyName(t.Key, to.Key))
	return step(p.to.alter(t)+"RENAME CONSTRAINT "+old+" TO "+renamed,
		p.to.alter(t)+"RENAME CONSTRAINT "+renamed+" TO "+old)
}
