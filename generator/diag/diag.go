// Package diag describes what is wrong and where, so that every stage of the
// generator reports in one shape and a reader can jump to the line.
package diag

import (
	"cmp"
	"fmt"
	"strings"
)

// Position is a place in a file. Line and Col count from one, Col in bytes;
// zero means unknown.
type Position struct {
	File string `json:"file,omitempty"`
	Line int    `json:"line,omitempty"`
	Col  int    `json:"col,omitempty"`
}

// String prints as much of file:line:col as is known.
func (p Position) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	for _, n := range []int{p.Line, p.Col} {
		if n <= 0 {
			break
		}
		if b.Len() > 0 {
			b.WriteByte(':')
		}
		fmt.Fprintf(&b, "%d", n)
	}
	return b.String()
}

func (p Position) compare(q Position) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}

// Severity says whether a diagnostic stops the run.
type Severity int

// The severities, most serious first.
const (
	Error   Severity = iota + 1 // nothing is written
	Warning                     // the run goes on, somebody should look
	Note                        // for information
)

// String is the word printed before the message.
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	case Note:
		return "note"
	default:
		return fmt.Sprintf("severity(%d)", int(s))
	}
}

// MarshalText makes JSON carry the word, not the number.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (s *Severity) UnmarshalText(text []byte) error {
	for _, known := range []Severity{Error, Warning, Note} {
		if known.String() == string(text) {
			*s = known
			return nil
		}
	}
	return fmt.Errorf("unknown severity %q", text)
}

// Diagnostic is one finding. Summary is a single line; Detail may run over
// several; Suggestion says what to do about it.
type Diagnostic struct {
	Severity   Severity `json:"severity"`
	Code       string   `json:"code,omitempty"` // stable, for tools
	Summary    string   `json:"summary"`
	Detail     string   `json:"detail,omitempty"`
	Pos        Position `json:"pos,omitzero"`
	Suggestion string   `json:"suggestion,omitempty"`
	// Sensitive: the line holds a secret, so it is not shown.
	Sensitive bool `json:"-"`
}

// String is the one-line form, "file:line:col: error: summary (suggestion)".
func (d Diagnostic) String() string {
	var b strings.Builder
	if pos := d.Pos.String(); pos != "" {
		b.WriteString(pos + ": ")
	}
	b.WriteString(d.Severity.String() + ": " + d.Summary)
	if d.Suggestion != "" {
		b.WriteString(" (" + d.Suggestion + ")")
	}
	return b.String()
}
