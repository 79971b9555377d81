package migration

import (
	"strings"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// FormatGoose prints a plan as a goose migration file.
//
// A file that rebuilds SQLite tables manages its own transaction, because
// foreign keys can only be switched off outside one.
func FormatGoose(d schema.Dialect, steps Steps) []byte {
	var b strings.Builder
	rebuilds := steps.Rebuilds()
	if rebuilds {
		b.WriteString("-- +goose NO TRANSACTION\n")
	}
	b.WriteString("-- +goose Up\n")
	if d == schema.MySQL && len(steps) > 1 {
		b.WriteString("-- MySQL commits every statement. If one fails, undo those before it by hand.\n\n")
	}
	section(&b, rebuilds, func() {
		for _, step := range steps {
			if step.Comment != "" {
				b.WriteString("-- " + step.Comment + "\n")
			}
			writeStatements(&b, step.Up)
		}
	})
	b.WriteString("-- +goose Down\n")
	section(&b, rebuilds, func() { writeStatements(&b, steps.Down()) })
	return []byte(strings.TrimRight(b.String(), "\n") + "\n")
}

// section writes a direction's body, within a transaction of its own if need be.
func section(b *strings.Builder, ownTransaction bool, body func()) {
	if ownTransaction {
		writeStatements(b, []string{"PRAGMA foreign_keys = OFF", "BEGIN"})
	}
	body()
	if ownTransaction {
		writeStatements(b, []string{"COMMIT", "PRAGMA foreign_keys = ON"})
	}
}

func writeStatements(b *strings.Builder, statements []string) {
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
