package model

import "reflect"

// A Field has the functions of a configured field, which fields.go sets. Null is passed to none of them.
// Better Auth's names for them are validator.input, transform.input, transform.output and onUpdate.
type Field[T any] struct {
	// Validate checks a value that a client sends and returns the one to use instead. The text of its error
	// is sent to the client, with 400.
	Validate func(value T) (T, error)
	// Input turns a value that was set, by whomever, into the one to store; Output turns what is stored into
	// what Go code and clients see.
	Input, Output func(value T) T
	// OnUpdate returns the value the field gets when its row is changed, unless that change is one of the field.
	OnUpdate func() T
}

// Check runs Validate on what a client has sent.
func (f Field[T]) Check(value *Opt[T]) error {
	if f.Validate == nil || !value.Set || value.Null {
		return nil
	}
	checked, err := f.Validate(value.Value)
	if err == nil {
		value.Value = checked
	}
	return err
}

// Kept remembers how a value was read and stored, so that a row that is written back tells what somebody changed,
// and keeps the rest: Input need not undo Output.
type Kept[T any] struct {
	shown, stored T
	known         bool
}

// ToStore turns the value of a row into the one to store.
func (f Field[T]) ToStore(value *T, kept *Kept[T]) { toStore(f.Input, value, kept) }

// FromStore turns what is stored into the value of a row.
func (f Field[T]) FromStore(value *T, kept *Kept[T]) {
	fromStore(f.Output, f.OnUpdate != nil, value, kept)
}

// Update sets the value of a row that is changed.
func (f Field[T]) Update(value *T, kept *Kept[T]) {
	if f.OnUpdate != nil && !kept.changed(*value) {
		*value = f.OnUpdate()
	}
}

// ToStoreNullable is ToStore for a field that may be null.
func (f Field[T]) ToStoreNullable(value **T, kept *Kept[*T]) {
	toStore(unlessNull(f.Input), value, kept)
}

// FromStoreNullable is FromStore for a field that may be null.
func (f Field[T]) FromStoreNullable(value **T, kept *Kept[*T]) {
	fromStore(unlessNull(f.Output), f.OnUpdate != nil, value, kept)
}

// UpdateNullable is Update for a field that may be null.
func (f Field[T]) UpdateNullable(value **T, kept *Kept[*T]) {
	if f.OnUpdate != nil && !kept.changed(*value) {
		updated := f.OnUpdate()
		*value = &updated
	}
}

func toStore[T any](input func(T) T, value *T, kept *Kept[T]) {
	switch {
	case kept.known && !kept.changed(*value):
		*value = kept.stored
	case input != nil:
		*value = input(*value)
	}
}

// fromStore remembers the value if it is asked to, or if the value read is not the one stored.
func fromStore[T any](output func(T) T, remember bool, value *T, kept *Kept[T]) {
	stored := *value
	if output != nil {
		*value = output(stored)
	}
	if remember || output != nil {
		*kept = Kept[T]{*value, stored, true}
	}
}

// changed reports that somebody has changed a value since it was read.
func (k *Kept[T]) changed(value T) bool { return k.known && !reflect.DeepEqual(value, k.shown) }

// unlessNull leaves the old value alone: other rows may point to it.
func unlessNull[T any](convert func(T) T) func(*T) *T {
	if convert == nil {
		return nil
	}
	return func(value *T) *T {
		if value == nil {
			return nil
		}
		converted := convert(*value)
		return &converted
	}
}
