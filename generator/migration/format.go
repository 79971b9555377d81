package migration

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// Text is a file in the folder of the migrations.
type Text struct {
	Name string
	Data []byte
}

// Formatter writes migrations the way a tool reads them, and reads them back.
type Formatter interface {
	// Name is the value of migrations.format.
	Name() string
	// Print returns the files of a migration. The first is the one that goes up,
	// which the change log names.
	Print(base string, d schema.Dialect, steps Steps) []Text
	// Read returns what a migration of the change log does. A way back that has
	// no file is empty.
	Read(dir fs.FS, d schema.Dialect, name string) (Script, error)
	// Tool is the program that applies the files, and keeps count of them in a
	// table of its own; nil if betterauth-gen does.
	Tool() *Tool
}

// Tool is a migration program of somebody else's.
type Tool struct {
	Up, Down string // commands, with $DIR for the folder
}

// Formats lists every format, the default first.
func Formats() []Formatter {
	return []Formatter{gooseFormat{}, golangMigrateFormat{}, atlasFormat{}, plainFormat{}}
}

// FormatNamed returns a format by its name; none is the default.
func FormatNamed(name string) (Formatter, error) {
	for _, f := range Formats() {
		if f.Name() == name || name == "" {
			return f, nil
		}
	}
	return nil, fmt.Errorf("unknown migration format %q", name)
}

// Command returns what to type to apply migrations, or to take the last one
// back, where another tool does that.
func (t Tool) Command(template, dir string) string { return strings.ReplaceAll(template, "$DIR", dir) }

// body prints the statements of one direction, each preceded by its comment.
func body(steps Steps, print func(*strings.Builder, []string)) string {
	var b strings.Builder
	for _, step := range steps {
		if step.Comment != "" {
			b.WriteString("-- " + step.Comment + "\n")
		}
		print(&b, step.Up)
	}
	return b.String()
}

// plainStatements writes statements for tools that tell them apart by SQL's own
// rules.
func plainStatements(b *strings.Builder, statements []string) {
	for _, s := range statements {
		b.WriteString(s + ";\n\n")
	}
}

// ended cuts blank lines at the end of a file.
func ended(text string) []byte { return []byte(strings.TrimRight(text, "\n") + "\n") }

// halfway warns readers of MySQL migrations.
const halfway = "-- MySQL commits every statement. "
