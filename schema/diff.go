package schema

import "slices"

// DiffOptions widens what Diff may propose.
type DiffOptions struct {
	Destructive bool // drop tables and columns the target does not have
}

// Delta is the outcome of Diff.
type Delta struct {
	// Changes lead from one schema to the other when applied in order.
	Changes []Change
	// Leftovers are the drops that were not proposed: tables and columns nobody
	// asks for any more, kept because they may hold data.
	Leftovers []Change
}

// Diff returns what turns from into to, matching tables and columns by key.
// Order of declaration and whatever [Column.Stored] omits do not count.
//
// Without Destructive nothing that may hold data goes away. A required column
// that is left over becomes nullable, or inserts that no longer know of it would
// fail.
//
// A column that is missing, and whose RenamedFrom is there instead, is that
// column under another key. Once it is renamed, RenamedFrom means nothing more.
func Diff(from, to Schema, opts DiffOptions) Delta {
	d := differ{from: from, to: to, opts: opts}
	d.rekey()
	d.run()
	return d.delta()
}

// differ collects changes by kind, because their order matters: names first,
// then what must make way, then what is added, and drops last.
type differ struct {
	from, to Schema
	opts     DiffOptions

	rekeys, renames, dropIndexes, addTables, addColumns, alters, addIndexes []Change
	dropReferring, dropTables, dropColumns                                  []Change
}

func (d *differ) run() {
	for _, before := range d.from.Tables {
		if after, ok := d.to.Table(before.Key); ok {
			d.table(before, after)
		} else {
			d.dropTables = append(d.dropTables, DropTable{before})
		}
	}
	for _, t := range d.created() {
		if _, ok := d.from.Table(t.Key); !ok {
			d.addTables = append(d.addTables, AddTable{t})
		}
	}
}

// rekey renames what the target says was renamed, so that all that follows can
// match by key.
func (d *differ) rekey() {
	for _, after := range d.to.Tables {
		before, _ := d.from.Table(after.Key)
		for _, c := range after.Columns {
			_, exists := before.Column(c.Key)
			_, stays := after.Column(c.RenamedFrom)
			if exists || stays || c.RenamedFrom == "" {
				continue
			}
			change := RekeyColumn{after.Key, c.RenamedFrom, c.Key}
			if renamed, err := Apply(d.from, []Change{change}); err == nil {
				d.from = renamed
				d.rekeys = append(d.rekeys, change)
			}
		}
	}
}

// created returns the target's tables in creation order; a schema without one
// does not validate, so its declaration order is as good as any.
func (d *differ) created() []Table {
	if ordered, err := d.to.CreationOrder(); err == nil {
		return ordered
	}
	return d.to.Tables
}

func (d *differ) table(before, after Table) {
	if before.Name != after.Name {
		d.renames = append(d.renames, RenameTable{after.Key, before.Name, after.Name})
	}
	for _, c := range before.Columns {
		if next, ok := after.Column(c.Key); ok {
			d.column(after.Key, c, next)
		} else {
			d.leftover(after.Key, c)
		}
	}
	for _, c := range after.Columns {
		if _, ok := before.Column(c.Key); !ok {
			d.addColumns = append(d.addColumns, AddColumn{after.Key, c})
		}
	}
	for _, ix := range missingIndexes(before, after) {
		d.dropIndexes = append(d.dropIndexes, DropIndex{after.Key, ix})
	}
	for _, ix := range missingIndexes(after, before) {
		d.addIndexes = append(d.addIndexes, AddIndex{after.Key, ix})
	}
}

func (d *differ) column(table string, before, after Column) {
	if before.Name != after.Name {
		d.renames = append(d.renames, RenameColumn{table, after.Key, before.Name, after.Name})
		before.Name = after.Name
	}
	if a, b := before.Stored(), after.Stored(); a.Unique == b.Unique && a.Index == b.Index {
		after.IndexName = before.IndexName
	}
	if !sameStored(before, after) {
		d.alters = append(d.alters, AlterColumn{table, before, after})
	}
}

func (d *differ) leftover(table string, c Column) {
	if c.Required && !d.opts.Destructive {
		nullable := c
		nullable.Required = false
		d.alters = append(d.alters, AlterColumn{table, c, nullable})
		c = nullable
	}
	if c.Ref != nil { // must go before the table it may refer to
		d.dropReferring = append(d.dropReferring, DropColumn{table, c})
		return
	}
	d.dropColumns = append(d.dropColumns, DropColumn{table, c})
}

// missingIndexes returns the declared indexes of a that b lacks, whatever their names.
func missingIndexes(a, b Table) []Index {
	var out []Index
	for _, ix := range a.Indexes {
		ix = a.named(ix)
		same := func(other Index) bool { return ix.Unique == other.Unique && slices.Equal(ix.Columns, other.Columns) }
		if !slices.ContainsFunc(b.Indexes, same) {
			out = append(out, ix)
		}
	}
	return out
}

func (d *differ) delta() Delta {
	drops := slices.Concat(d.dropReferring, d.orderedDrops(), d.dropColumns)
	changes := slices.Concat(d.rekeys, arrangeRenames(d.from, d.renames), d.dropIndexes, d.addTables, d.addColumns, d.alters, d.addIndexes)
	if d.opts.Destructive {
		return Delta{Changes: append(changes, drops...)}
	}
	return Delta{Changes: changes, Leftovers: drops}
}

// orderedDrops returns the table drops so that each goes before the tables it
// refers to.
func (d *differ) orderedDrops() []Change {
	ordered, err := d.from.CreationOrder()
	if err != nil {
		return d.dropTables
	}
	position := make(map[string]int, len(ordered))
	for i, t := range ordered {
		position[t.Key] = i
	}
	return slices.SortedStableFunc(slices.Values(d.dropTables), func(a, b Change) int {
		return position[b.Subject()] - position[a.Subject()]
	})
}
