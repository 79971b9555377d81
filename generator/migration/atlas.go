package migration

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"

	"ariga.io/atlas/sql/migrate"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// atlasFormat is one file that goes up. Atlas works out the way back by itself.
type atlasFormat struct{}

// AtlasSum is the file with the checksums of a folder of Atlas migrations.
const AtlasSum = "atlas.sum"

// Name implements Formatter.
func (atlasFormat) Name() string { return "atlas" }

// Tool implements Formatter.
func (atlasFormat) Tool() *Tool {
	return &Tool{
		Up:   `atlas migrate apply --dir file://$DIR --url "$DATABASE_URL"`,
		Down: `atlas migrate down --dir file://$DIR --url "$DATABASE_URL" --dev-url DEV_URL`,
	}
}

// Print implements Formatter.
func (atlasFormat) Print(base string, _ schema.Dialect, steps Steps) []Text {
	head := ""
	if steps.NoTransaction() {
		head = "-- atlas:txmode none\n\n"
	}
	return []Text{{base + ".sql", ended(head + bracketed(steps, body(steps, plainStatements), plainStatements))}}
}

// Read implements Formatter.
func (atlasFormat) Read(dir fs.FS, d schema.Dialect, name string) (Script, error) {
	up, err := readSplit(dir, d, name)
	return Script{File: name, Up: up}, err
}

// SumAtlas returns the sum file of a folder with the given files, the user's own
// included.
func SumAtlas(texts []Text) ([]byte, error) {
	texts = slices.DeleteFunc(slices.Clone(texts), func(t Text) bool { return !strings.HasSuffix(t.Name, ".sql") })
	slices.SortFunc(texts, func(a, b Text) int { return strings.Compare(a.Name, b.Name) })
	files := make([]migrate.File, len(texts))
	for i, t := range texts {
		files[i] = migrate.NewLocalFile(t.Name, bytes.Clone(t.Data))
	}
	sum, err := migrate.NewHashFile(files)
	if err != nil {
		return nil, err
	}
	return sum.MarshalText()
}
