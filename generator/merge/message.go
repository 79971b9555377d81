package merge

import (
	"bytes"
	"fmt"
	"strings"
)

// ConflictMessage shows the three versions of a conflict for a person to
// decide, headed by the place in their own file.
func ConflictMessage(path string, c Conflict) string {
	var b strings.Builder
	what := "this"
	if c.Name != "" {
		what = c.Name
	}
	fmt.Fprintf(&b, "%s:%d: you and the new version both changed %s\n", path, c.Ours.Start, what)
	version(&b, "before", c.Base)
	version(&b, "yours", c.Ours)
	version(&b, "new", c.Theirs)
	return b.String()
}

func version(b *strings.Builder, title string, s Side) {
	fmt.Fprintf(b, "  %s%s:\n", title, place(s))
	if isBinary(s.Text) {
		fmt.Fprintf(b, "    (binary, %d bytes)\n", len(s.Text))
		return
	}
	if len(s.Text) == 0 {
		b.WriteString("    (nothing)\n")
		return
	}
	text := bytes.TrimSuffix(s.Text, []byte("\n"))
	for line := range strings.SplitSeq(string(text), "\n") {
		b.WriteString("    | " + line + "\n")
	}
}

func place(s Side) string {
	of := ""
	if s.File != "" {
		of = " of " + s.File
	}
	switch s.End - s.Start {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf(", line %d%s", s.Start, of)
	default:
		return fmt.Sprintf(", lines %d-%d%s", s.Start, s.End-1, of)
	}
}
