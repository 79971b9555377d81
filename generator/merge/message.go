package merge

import (
	"bytes"
	"fmt"
	"strings"
)

// ConflictMessage shows the three versions of a conflict in the file at path
// for a person to decide, headed by the place in their own file: the one the
// new version moves the declaration out of, if it does.
func ConflictMessage(path string, c Conflict) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d: %s\n", c.Place(path), c.Ours.Start, c.what())
	version(&b, "before", c.Base)
	version(&b, "yours", c.Ours)
	version(&b, "new", c.Theirs)
	return b.String()
}

// Place returns the file that Ours is in, when it is merged into the one at path.
func (c Conflict) Place(path string) string { return firstOf(c.Ours.File, path) }

// what says in a line what happened.
func (c Conflict) what() string {
	name := firstOf(c.Name, "this")
	switch {
	case !c.whole:
	case len(c.Base.Text) == 0:
		return "you and the new version both added " + name
	case len(c.Ours.Text) == 0:
		return "you removed " + name + ", which the new version changes"
	case len(c.Theirs.Text) == 0:
		return "you changed " + name + ", which the new version removes"
	}
	return "you and the new version both changed " + name
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
