package migration

import (
	"io/fs"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// gooseFormat is one file for both ways, with annotations in comments.
type gooseFormat struct{}

// Name implements Formatter.
func (gooseFormat) Name() string { return "goose" }

// Tool implements Formatter.
func (gooseFormat) Tool() *Tool { return nil }

// Print implements Formatter.
func (gooseFormat) Print(base string, d schema.Dialect, steps Steps) []Text {
	return []Text{{base + ".sql", FormatGoose(d, steps)}}
}

// Read implements Formatter.
func (gooseFormat) Read(dir fs.FS, _ schema.Dialect, name string) (Script, error) {
	data, err := fs.ReadFile(dir, name)
	if err != nil {
		return Script{}, err
	}
	return parseGoose(name, string(data))
}

// FormatGoose prints a plan as a goose migration file.
//
// A file that rebuilds SQLite tables manages its own transaction, because
// foreign keys can only be switched off outside one.
func FormatGoose(d schema.Dialect, steps Steps) []byte {
	var b strings.Builder
	if steps.NoTransaction() {
		b.WriteString("-- +goose NO TRANSACTION\n")
	}
	b.WriteString("-- +goose Up\n")
	if d == schema.MySQL && len(steps) > 1 {
		b.WriteString(halfway + "If one fails, betterauth-gen migrate up goes on with it.\n\n")
	}
	b.WriteString(bracketed(steps, body(steps, gooseStatements), gooseStatements))
	b.WriteString("-- +goose Down\n")
	var down strings.Builder
	gooseStatements(&down, steps.Down())
	b.WriteString(bracketed(steps, down.String(), gooseStatements))
	return ended(b.String())
}

// bracketed puts a transaction around a body that needs one of its own.
func bracketed(steps Steps, body string, print func(*strings.Builder, []string)) string {
	if !steps.Rebuilds() {
		return body
	}
	var b strings.Builder
	print(&b, opening())
	b.WriteString(body)
	print(&b, closing())
	return b.String()
}

func opening() []string { return []string{"PRAGMA foreign_keys = OFF", "BEGIN"} }
func closing() []string { return []string{"COMMIT", "PRAGMA foreign_keys = ON"} }

func gooseStatements(b *strings.Builder, statements []string) {
	for _, s := range statements {
		if splitsWrongly(s) {
			b.WriteString("-- +goose StatementBegin\n" + s + ";\n-- +goose StatementEnd\n\n")
			continue
		}
		b.WriteString(s + ";\n\n")
	}
}

// splitsWrongly reports whether goose, which ends a statement where a line ends
// in a semicolon and takes -- for a comment wherever it stands, would misread it.
func splitsWrongly(statement string) bool {
	return strings.Contains(statement, ";") || strings.Contains(statement, "--")
}
