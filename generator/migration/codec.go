package migration

import (
	"fmt"

	"github.com/goccy/go-yaml"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// The change log is read by people in code review and merged by git, so its form
// is one line per column and no more than a database can tell: visibility, allowed
// values and literal defaults belong to the configuration.

// entryDoc is the document of one log file.
type entryDoc struct {
	Migration  string      `yaml:"migration"`
	Dialect    string      `yaml:"dialect"`
	Checksum   string      `yaml:"checksum"`
	Format     string      `yaml:"format,omitempty"`
	SchemaName string      `yaml:"schemaName,omitempty"`
	Baseline   bool        `yaml:"baseline,omitempty"`
	Changes    []changeDoc `yaml:"changes"`
}

// changeDoc holds one change: exactly one field is set.
type changeDoc struct {
	AddTable     *tableDoc  `yaml:"addTable,omitempty"`
	AddColumn    *columnRef `yaml:"addColumn,omitempty"`
	AddIndex     *indexRef  `yaml:"addIndex,omitempty"`
	AlterColumn  *alterDoc  `yaml:"alterColumn,omitempty"`
	RenameTable  *renameDoc `yaml:"renameTable,omitempty"`
	RenameColumn *renameDoc `yaml:"renameColumn,omitempty"`
	RekeyColumn  *rekeyDoc  `yaml:"renameField,omitempty"`
	DropIndex    *indexRef  `yaml:"dropIndex,omitempty"`
	DropTable    *tableDoc  `yaml:"dropTable,omitempty"`
	DropColumn   *columnRef `yaml:"dropColumn,omitempty"`
}

type tableDoc struct {
	Key     string      `yaml:"key"`
	Name    string      `yaml:"name,omitempty"` // if not the key
	Plugin  string      `yaml:"plugin,omitempty"`
	Columns []columnDoc `yaml:"columns"`
	Indexes []indexDoc  `yaml:"indexes,omitempty"`
}

type columnRef struct {
	Table  string    `yaml:"table"`
	Column columnDoc `yaml:"column"`
}

type indexRef struct {
	Table string   `yaml:"table"`
	Index indexDoc `yaml:"index"`
}

type alterDoc struct {
	Table string    `yaml:"table"`
	From  columnDoc `yaml:"from"`
	To    columnDoc `yaml:"to"`
}

type renameDoc struct {
	Table  string `yaml:"table"`
	Column string `yaml:"column,omitempty"`
	From   string `yaml:"from"`
	To     string `yaml:"to"`
}

type rekeyDoc struct {
	Table string `yaml:"table"`
	From  string `yaml:"from"`
	To    string `yaml:"to"`
}

type columnFields struct {
	Key        string  `yaml:"key"`
	Name       string  `yaml:"name,omitempty"` // if not the key
	Type       string  `yaml:"type"`
	BigInt     bool    `yaml:"bigint,omitempty"`
	Required   bool    `yaml:"required,omitempty"`
	Unique     bool    `yaml:"unique,omitempty"`
	Index      bool    `yaml:"index,omitempty"`
	IndexName  string  `yaml:"indexName,omitempty"` // if it was there before
	Sortable   bool    `yaml:"sortable,omitempty"`
	DefaultNow bool    `yaml:"defaultNow,omitempty"`
	IDs        string  `yaml:"ids,omitempty"`
	References *refDoc `yaml:"references,omitempty"`
	Plugin     string  `yaml:"plugin,omitempty"`
}

type refDoc struct {
	Table    string `yaml:"table"`
	Column   string `yaml:"column"`
	OnDelete string `yaml:"onDelete"`
}

type indexFields struct {
	Name    string   `yaml:"name"`
	Columns []string `yaml:"columns"`
	Unique  bool     `yaml:"unique,omitempty"`
}

// columnDoc and indexDoc print on one line.
type (
	columnDoc struct{ columnFields }
	indexDoc  struct{ indexFields }
)

func (d columnDoc) MarshalYAML() ([]byte, error) {
	return yaml.MarshalWithOptions(d.columnFields, yaml.Flow(true))
}

func (d *columnDoc) UnmarshalYAML(data []byte) error {
	return yaml.UnmarshalWithOptions(data, &d.columnFields, yaml.Strict())
}

func (d indexDoc) MarshalYAML() ([]byte, error) {
	return yaml.MarshalWithOptions(d.indexFields, yaml.Flow(true))
}

func (d *indexDoc) UnmarshalYAML(data []byte) error {
	return yaml.UnmarshalWithOptions(data, &d.indexFields, yaml.Strict())
}

func encodeChange(change schema.Change) (changeDoc, error) {
	switch c := change.(type) {
	case schema.AddTable:
		return changeDoc{AddTable: encodeTable(c.Table)}, nil
	case schema.AddColumn:
		return changeDoc{AddColumn: &columnRef{c.Table, encodeColumn(c.Column)}}, nil
	case schema.AddIndex:
		return changeDoc{AddIndex: &indexRef{c.Table, encodeIndex(c.Table, c.Index)}}, nil
	case schema.AlterColumn:
		return changeDoc{AlterColumn: &alterDoc{c.Table, encodeColumn(c.From), encodeColumn(c.To)}}, nil
	case schema.RenameTable:
		return changeDoc{RenameTable: &renameDoc{Table: c.Table, From: c.From, To: c.To}}, nil
	case schema.RenameColumn:
		return changeDoc{RenameColumn: &renameDoc{c.Table, c.Column, c.From, c.To}}, nil
	case schema.RekeyColumn:
		return changeDoc{RekeyColumn: &rekeyDoc{c.Table, c.From, c.To}}, nil
	case schema.DropIndex:
		return changeDoc{DropIndex: &indexRef{c.Table, encodeIndex(c.Table, c.Index)}}, nil
	case schema.DropTable:
		return changeDoc{DropTable: encodeTable(c.Table)}, nil
	case schema.DropColumn:
		return changeDoc{DropColumn: &columnRef{c.Table, encodeColumn(c.Column)}}, nil
	}
	return changeDoc{}, fmt.Errorf("unknown kind of change %T", change)
}

// decode returns the one change the document holds.
func (d changeDoc) decode() (schema.Change, error) {
	var found []schema.Change
	var failed error
	add := func(c schema.Change, err error) {
		found = append(found, c)
		if err != nil {
			failed = err
		}
	}
	if d.AddTable != nil {
		t, err := d.AddTable.decode()
		add(schema.AddTable{Table: t}, err)
	}
	if d.DropTable != nil {
		t, err := d.DropTable.decode()
		add(schema.DropTable{Table: t}, err)
	}
	if d.AddColumn != nil {
		c, err := d.AddColumn.Column.decode()
		add(schema.AddColumn{Table: d.AddColumn.Table, Column: c}, err)
	}
	if d.DropColumn != nil {
		c, err := d.DropColumn.Column.decode()
		add(schema.DropColumn{Table: d.DropColumn.Table, Column: c}, err)
	}
	if d.AlterColumn != nil {
		c, err := d.AlterColumn.decode()
		add(c, err)
	}
	if d.AddIndex != nil {
		add(schema.AddIndex{Table: d.AddIndex.Table, Index: d.AddIndex.Index.decode()}, nil)
	}
	if d.DropIndex != nil {
		add(schema.DropIndex{Table: d.DropIndex.Table, Index: d.DropIndex.Index.decode()}, nil)
	}
	if r := d.RenameTable; r != nil {
		add(schema.RenameTable{Table: r.Table, From: r.From, To: r.To}, nil)
	}
	if r := d.RenameColumn; r != nil {
		add(schema.RenameColumn{Table: r.Table, Column: r.Column, From: r.From, To: r.To}, nil)
	}
	if r := d.RekeyColumn; r != nil {
		add(schema.RekeyColumn{Table: r.Table, From: r.From, To: r.To}, nil)
	}
	if len(found) != 1 {
		return nil, fmt.Errorf("an entry must hold one change, not %d", len(found))
	}
	return found[0], failed
}

func encodeTable(t schema.Table) *tableDoc {
	d := &tableDoc{Key: t.Key, Name: unlessKey(t.Name, t.Key), Plugin: t.Origin.Plugin}
	for _, c := range t.Columns {
		column := encodeColumn(c)
		if column.Plugin == d.Plugin {
			column.Plugin = "" // the table says it
		}
		d.Columns = append(d.Columns, column)
	}
	for _, ix := range t.Indexes {
		d.Indexes = append(d.Indexes, encodeIndex(t.Key, ix))
	}
	return d
}

func (d *tableDoc) decode() (schema.Table, error) {
	t := schema.Table{Key: d.Key, Name: orKey(d.Name, d.Key), Origin: schema.Origin{Plugin: d.Plugin}}
	for _, doc := range d.Columns {
		c, err := doc.decode()
		if err != nil {
			return schema.Table{}, fmt.Errorf("table %s: %w", d.Key, err)
		}
		if c.Origin.Plugin == "" {
			c.Origin.Plugin = d.Plugin
		}
		t.Columns = append(t.Columns, c)
	}
	for _, doc := range d.Indexes {
		t.Indexes = append(t.Indexes, doc.decode())
	}
	return t, nil
}

func encodeColumn(c schema.Column) columnDoc {
	stored := c.Stored()
	d := columnFields{
		Key: c.Key, Name: unlessKey(c.Name, c.Key), Type: c.Type.String(),
		BigInt: c.BigInt, Required: c.Required, Unique: c.Unique, Index: stored.Index, IndexName: c.IndexName, Sortable: c.Sortable,
		DefaultNow: stored.Default != nil, IDs: stored.IDs.String(), Plugin: c.Origin.Plugin,
	}
	if r := stored.Ref; r != nil {
		d.References = &refDoc{r.Table, r.Column, r.OnDelete}
	}
	return columnDoc{d}
}

func (d columnDoc) decode() (schema.Column, error) {
	t, err := schema.ParseType(d.Type)
	if err != nil {
		return schema.Column{}, fmt.Errorf("column %s: %w", d.Key, err)
	}
	ids, err := schema.ParseIDs(d.IDs)
	if err != nil {
		return schema.Column{}, fmt.Errorf("column %s: %w", d.Key, err)
	}
	c := schema.Column{
		Key: d.Key, Name: orKey(d.Name, d.Key), Type: t,
		BigInt: d.BigInt, Required: d.Required, Unique: d.Unique, Index: d.Index, IndexName: d.IndexName, Sortable: d.Sortable,
		IDs: ids, Origin: schema.Origin{Plugin: d.Plugin},
	}
	if d.DefaultNow {
		c.Default = &schema.Default{Now: true}
	}
	if r := d.References; r != nil {
		c.Ref = &schema.Ref{Table: r.Table, Column: r.Column, OnDelete: r.OnDelete}
	}
	return c, nil
}

func (d *alterDoc) decode() (schema.AlterColumn, error) {
	from, err := d.From.decode()
	if err != nil {
		return schema.AlterColumn{}, err
	}
	to, err := d.To.decode()
	return schema.AlterColumn{Table: d.Table, From: from, To: to}, err
}

func encodeIndex(table string, ix schema.Index) indexDoc {
	if ix.Name == "" {
		ix.Name = schema.IndexName(table, ix.Unique, ix.Columns...)
	}
	return indexDoc{indexFields{ix.Name, ix.Columns, ix.Unique}}
}

func (d indexDoc) decode() schema.Index {
	return schema.Index{Name: d.Name, Columns: d.Columns, Unique: d.Unique}
}

// unlessKey leaves out a name that says nothing new.
func unlessKey(name, key string) string {
	if name == key {
		return ""
	}
	return name
}

func orKey(name, key string) string {
	if name == "" {
		return key
	}
	return name
}
