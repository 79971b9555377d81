package schema

import "reflect"

// Stored returns the column reduced to what a database can tell: without
// origin, history, visibility, allowed values and literal default, and with the default
// action of its reference spelled out. Two columns with equal stored forms need
// no migration between them.
func (c Column) Stored() Column {
	c.Enum, c.Input, c.Returned, c.RenamedFrom, c.Origin = nil, false, false, "", Origin{}
	if c.Default != nil && !c.Default.Now {
		c.Default = nil
	}
	if c.Unique {
		c.Index = false // the unique index serves
	}
	if c.Ref != nil {
		c.Ref = &Ref{Table: c.Ref.Table, Column: c.Ref.Column, OnDelete: c.Ref.Action()}
	}
	return c
}

func sameStored(a, b Column) bool { return reflect.DeepEqual(a.Stored(), b.Stored()) }
