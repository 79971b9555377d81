package store

import (
	"errors"
	"fmt"
	"slices"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// A table holds rows by id. Rows go in and out by value; what their pointers point to is never changed.
type table[Row any] struct {
	rows    map[string]Row
	id      func(*Row) string
	order   func(a, b *Row) int
	indexes []*index[Row]

	// The functions of the user's fields, which SetFields sets; nil without any. See model.Field.
	toStore   func(Row) Row
	fromStore func(*Row)
	onUpdate  func(*Row)
}

// An index finds rows by a value they have.
type index[Row any] struct {
	key    func(*Row) string
	unique bool
	ids    map[string][]string
}

func newTable[Row any](id func(*Row) string, order func(a, b *Row) int) *table[Row] {
	return &table[Row]{rows: map[string]Row{}, id: id, order: order}
}

// index adds an index.
func (t *table[Row]) index(unique bool, key func(*Row) string) *index[Row] {
	ix := &index[Row]{key: key, unique: unique, ids: map[string][]string{}}
	t.indexes = append(t.indexes, ix)
	return ix
}

// get returns the row with that id.
func (t *table[Row]) get(id string) (*Row, error) {
	row, ok := t.rows[id]
	if !ok {
		return nil, model.ErrNotFound
	}
	return t.read(row), nil
}

// first returns the first row that ix finds by key.
func (t *table[Row]) first(ix *index[Row], key string) (*Row, error) {
	rows := t.list(ix, key)
	if len(rows) == 0 {
		return nil, model.ErrNotFound
	}
	return &rows[0], nil
}

// list returns the rows that ix finds by key, in the order of the table.
func (t *table[Row]) list(ix *index[Row], key string) []Row {
	rows := make([]Row, 0, len(ix.ids[key]))
	for _, id := range ix.ids[key] {
		rows = append(rows, *t.read(t.rows[id]))
	}
	slices.SortFunc(rows, func(a, b Row) int { return t.order(&a, &b) })
	return rows
}

// read returns a row as callers see it.
func (t *table[Row]) read(row Row) *Row {
	if t.fromStore != nil {
		t.fromStore(&row)
	}
	return &row
}

// stored returns row as it is to be stored. The caller's becomes what reading it back would give.
func (t *table[Row]) stored(row *Row) Row {
	stored := *row
	if t.toStore != nil {
		stored = t.toStore(stored)
	}
	*row = *t.read(stored)
	return stored
}

var errNoID = errors.New("the row has no id: only a database could make one")

// insert adds a row; model.ErrConflict when one of its unique values is taken.
func (t *table[Row]) insert(tx *transaction, row *Row) error {
	id := t.id(row)
	if id == "" {
		return errNoID
	}
	if _, taken := t.rows[id]; taken {
		return fmt.Errorf("%w: id", model.ErrConflict)
	}
	stored := t.stored(row)
	if err := t.free(&stored, id); err != nil {
		return err
	}
	t.put(tx, id, stored)
	return nil
}

// update replaces the row with the same id, if it is there.
func (t *table[Row]) update(tx *transaction, row *Row) (int64, error) {
	id := t.id(row)
	if _, there := t.rows[id]; !there {
		return 0, nil
	}
	if t.onUpdate != nil {
		t.onUpdate(row)
	}
	stored := t.stored(row)
	if err := t.free(&stored, id); err != nil {
		return 0, err
	}
	t.put(tx, id, stored)
	return 1, nil
}

// free reports unique values of row that another row than that with id has.
func (t *table[Row]) free(row *Row, id string) error {
	for _, ix := range t.indexes {
		if ids := ix.ids[ix.key(row)]; ix.unique && len(ids) > 0 && ids[0] != id {
			return fmt.Errorf("%w: unique value", model.ErrConflict)
		}
	}
	return nil
}

// delete removes rows and returns how many there were.
func (t *table[Row]) delete(tx *transaction, ids ...string) (deleted int64) {
	for _, id := range slices.Clone(ids) { // an index's own list changes meanwhile
		if row, there := t.rows[id]; there {
			t.remove(id)
			tx.onRollback(func() { t.add(id, row) })
			deleted++
		}
	}
	return deleted
}

// deleteIf removes the rows that drop chooses and returns how many there were.
func (t *table[Row]) deleteIf(tx *transaction, drop func(*Row) bool) int64 {
	var ids []string
	for id, row := range t.rows {
		if drop(&row) {
			ids = append(ids, id)
		}
	}
	return t.delete(tx, ids...)
}

// put stores a row in place of the one with that id, if there is one.
func (t *table[Row]) put(tx *transaction, id string, row Row) {
	before, there := t.rows[id]
	if there {
		t.remove(id)
	}
	t.add(id, row)
	tx.onRollback(func() {
		t.remove(id)
		if there {
			t.add(id, before)
		}
	})
}

func (t *table[Row]) add(id string, row Row) {
	t.rows[id] = row
	for _, ix := range t.indexes {
		key := ix.key(&row)
		ix.ids[key] = append(ix.ids[key], id)
	}
}

func (t *table[Row]) remove(id string) {
	row := t.rows[id]
	delete(t.rows, id)
	for _, ix := range t.indexes {
		key := ix.key(&row)
		left := slices.DeleteFunc(ix.ids[key], func(other string) bool { return other == id })
		if ix.ids[key] = left; len(left) == 0 {
			delete(ix.ids, key)
		}
	}
}
