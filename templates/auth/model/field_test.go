package model

import (
	"errors"
	"strings"
	"testing"
)

func TestField(t *testing.T) {
	f := Field[string]{
		Validate: func(v string) (string, error) {
			if v == "bad" {
				return "", errors.New("is bad")
			}
			return strings.TrimSpace(v), nil
		},
		Input:    strings.ToUpper,
		Output:   strings.ToLower,
		OnUpdate: func() string { return "new" },
	}
	given := Some(" Ada ")
	if err := f.Check(&given); err != nil || given.Value != "Ada" {
		t.Errorf("checked %q, %v", given.Value, err)
	}
	for _, unseen := range []Opt[string]{{}, Null[string]()} {
		if err := (Field[string]{Validate: func(string) (string, error) { return "", errors.New("called") }}).Check(&unseen); err != nil {
			t.Errorf("%+v: %v", unseen, err)
		}
	}
	if bad := Some("bad"); f.Check(&bad) == nil {
		t.Error("a bad value passes")
	}
	value := "Ada"
	before := &value
	nullable := before
	var kept Kept[string]
	var keptNullable Kept[*string]
	f.ToStoreNullable(&nullable, &keptNullable)
	if *nullable != "ADA" || *before != "Ada" {
		t.Errorf("stored %q, was %q", *nullable, *before)
	}
	f.FromStoreNullable(&nullable, &keptNullable)
	f.ToStore(&value, &kept)
	if *nullable != "ada" || value != "ADA" {
		t.Errorf("read %q, stored %q", *nullable, value)
	}
	f.FromStore(&value, &kept)
	f.Update(&value, &kept)
	f.UpdateNullable(&nullable, &keptNullable)
	if value != "new" || *nullable != "new" {
		t.Errorf("updated %q, %q", value, *nullable)
	}
	nullable = nil
	f.ToStoreNullable(&nullable, &keptNullable)
	f.FromStoreNullable(&nullable, &keptNullable)
	if nullable != nil {
		t.Error("null was converted")
	}
	var none Field[string]
	kept = Kept[string]{}
	none.ToStore(&value, &kept)
	none.Update(&value, &kept)
	none.FromStore(&value, &kept)
	if value != "new" {
		t.Errorf("%q without functions", value)
	}
}

// A value that is written back unchanged stays as it was stored, though Output cannot be undone.
func TestFieldKeepsWhatNobodyChanged(t *testing.T) {
	f := Field[string]{Output: func(string) string { return "***" }}
	value, kept := "0123", Kept[string]{}
	f.FromStore(&value, &kept)
	if value != "***" {
		t.Errorf("shown %q", value)
	}
	f.ToStore(&value, &kept)
	if value != "0123" {
		t.Errorf("stored %q", value)
	}
	f.FromStore(&value, &kept)
	value = "4567"
	f.ToStore(&value, &kept)
	if value != "4567" {
		t.Errorf("stored %q", value)
	}
}

// OnUpdate gives way to whoever changes the field itself, as in Better Auth 1.7.5.
func TestOnUpdateGivesWay(t *testing.T) {
	f := Field[string]{OnUpdate: func() string { return "updated" }}
	value, kept := "read", Kept[string]{}
	f.FromStore(&value, &kept)
	f.Update(&value, &kept)
	if value != "updated" {
		t.Errorf("%q after a change of the row", value)
	}
	f.FromStore(&value, &kept)
	value = "by hand"
	f.Update(&value, &kept)
	if value != "by hand" {
		t.Errorf("%q after a change of the field", value)
	}

	text := "read"
	nullable, keptNullable := &text, Kept[*string]{}
	f.FromStoreNullable(&nullable, &keptNullable)
	nullable = nil
	f.UpdateNullable(&nullable, &keptNullable)
	if nullable != nil {
		t.Errorf("%q after the field was cleared", *nullable)
	}
	f.FromStoreNullable(&nullable, &keptNullable)
	f.UpdateNullable(&nullable, &keptNullable)
	if nullable == nil || *nullable != "updated" {
		t.Error("null outlives a change of the row")
	}

	unread := "new row"
	f.Update(&unread, &Kept[string]{})
	if unread != "updated" {
		t.Errorf("%q where nothing was read", unread)
	}
}
