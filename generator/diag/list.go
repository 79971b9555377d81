package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// List collects all findings of a stage, because fixing them one run at a
// time is tedious.
type List []Diagnostic

// Add appends d.
func (l *List) Add(d Diagnostic) { *l = append(*l, d) }

// Errorf appends an error at pos.
func (l *List) Errorf(pos Position, code, format string, args ...any) {
	l.Add(Diagnostic{Severity: Error, Code: code, Pos: pos, Summary: fmt.Sprintf(format, args...)})
}

// Warnf appends a warning at pos.
func (l *List) Warnf(pos Position, code, format string, args ...any) {
	l.Add(Diagnostic{Severity: Warning, Code: code, Pos: pos, Summary: fmt.Sprintf(format, args...)})
}

// Notef appends a note at pos.
func (l *List) Notef(pos Position, code, format string, args ...any) {
	l.Add(Diagnostic{Severity: Note, Code: code, Pos: pos, Summary: fmt.Sprintf(format, args...)})
}

// Sort orders by position, then severity, code and text, and drops exact
// repetitions, so that output does not depend on the order of discovery.
func (l *List) Sort() {
	slices.SortStableFunc(*l, compare)
	*l = slices.Compact(*l)
}

func compare(a, b Diagnostic) int {
	return cmp.Or(
		a.Pos.compare(b.Pos),
		cmp.Compare(a.Severity, b.Severity),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Summary, b.Summary),
		cmp.Compare(a.Detail, b.Detail),
		cmp.Compare(a.Suggestion, b.Suggestion),
	)
}

// Errors returns the diagnostics that stop a run.
func (l List) Errors() List {
	var out List
	for _, d := range l {
		if d.Severity == Error {
			out = append(out, d)
		}
	}
	return out
}

// Err is nil when l holds no error, and otherwise a *ListError with the
// errors sorted.
func (l List) Err() error {
	errs := l.Errors()
	if len(errs) == 0 {
		return nil
	}
	errs.Sort()
	return &ListError{List: errs}
}

// ListError is a List on its way through an error return.
type ListError struct{ List List }

// Error prints one line per diagnostic.
func (e *ListError) Error() string {
	lines := make([]string, len(e.List))
	for i, d := range e.List {
		lines[i] = d.String()
	}
	return strings.Join(lines, "\n")
}
