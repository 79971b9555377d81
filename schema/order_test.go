package schema_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// refTable is a table that refers to others by their primary keys.
func refTable(key string, refs ...string) schema.Table {
	t := schema.Table{Key: key, Name: key, Columns: []schema.Column{schema.ID()}}
	for _, r := range refs {
		t.Columns = append(t.Columns, schema.Column{
			Key: r + "Id", Name: r + "Id", Type: schema.String,
			Ref: &schema.Ref{Table: r, Column: "id"},
		})
	}
	return t
}

func TestCreationOrder(t *testing.T) {
	s := schema.Schema{Tables: []schema.Table{
		refTable("member", "team", "user"), refTable("team", "org"), refTable("org"), refTable("user", "user"),
	}}
	tables, err := s.CreationOrder()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, table := range tables {
		got = append(got, table.Key)
	}
	if want := []string{"org", "user", "team", "member"}; !slices.Equal(got, want) {
		t.Errorf("order = %v, want %v", got, want)
	}
}

func TestCreationOrderNamesTheCircle(t *testing.T) {
	s := schema.Schema{Tables: []schema.Table{refTable("user"), refTable("a", "b"), refTable("b", "a")}}
	if _, err := s.CreationOrder(); err == nil || !strings.HasSuffix(err.Error(), ": a, b") {
		t.Errorf("err = %v, want one that names a and b only", err)
	}
}
