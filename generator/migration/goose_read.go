package migration

import (
	"fmt"
	"strings"
)

// parseGoose reads a migration by goose's rules: annotations divide the file, and
// a statement ends where a line does with a semicolon, except between
// StatementBegin and StatementEnd.
func parseGoose(name, text string) (Script, error) {
	r := gooseReader{script: Script{File: name}}
	for i, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if err := r.line(line); err != nil {
			return Script{}, fmt.Errorf("%s:%d: %w", name, i+1, err)
		}
	}
	switch {
	case r.section == nil:
		return Script{}, fmt.Errorf("%s: there is no line %q", name, "-- +goose Up")
	case r.block || strings.TrimSpace(strings.Join(r.lines, "")) != "":
		return Script{}, fmt.Errorf("%s: the last statement has no end", name)
	}
	return r.script, nil
}

type gooseReader struct {
	script  Script
	section *[]string // of the script; nil before the first annotation
	lines   []string  // of the statement that is being read
	block   bool      // between StatementBegin and StatementEnd
}

func (r *gooseReader) line(line string) error {
	trimmed := strings.TrimSpace(line)
	if annotation, ok := strings.CutPrefix(trimmed, "-- +goose "); ok {
		return r.annotation(strings.TrimSpace(annotation))
	}
	if r.section == nil {
		if trimmed != "" && !strings.HasPrefix(trimmed, "--") {
			return fmt.Errorf("a statement before %q", "-- +goose Up")
		}
		return nil
	}
	if !r.block && (strings.HasPrefix(trimmed, "--") || trimmed == "" && len(r.lines) == 0) {
		return nil
	}
	if r.block || !strings.HasSuffix(withoutComment(trimmed), ";") {
		r.lines = append(r.lines, line)
		return nil
	}
	r.lines = append(r.lines, withoutComment(line))
	r.end()
	return nil
}

func (r *gooseReader) annotation(annotation string) error {
	switch strings.ToLower(annotation) {
	case "no transaction":
		r.script.NoTransaction = true
	case "up":
		r.section = &r.script.Up
	case "down":
		if r.section == nil {
			return fmt.Errorf("Down comes before Up")
		}
		r.section = &r.script.Down
	case "statementbegin":
		r.block = true
	case "statementend":
		r.block = false
		if r.section != nil {
			r.end()
		}
	default:
		return fmt.Errorf("betterauth-gen does not know the annotation %q; run the file with goose", annotation)
	}
	return nil
}

// end closes a statement and drops its final semicolon.
func (r *gooseReader) end() {
	statement := strings.TrimSpace(strings.Join(r.lines, "\n"))
	if r.lines = nil; statement == "" {
		return
	}
	*r.section = append(*r.section, strings.TrimSuffix(statement, ";"))
}

// withoutComment cuts a comment off the end of a line, as goose does.
func withoutComment(line string) string {
	if before, _, found := strings.Cut(line, "--"); found && strings.HasSuffix(strings.TrimSpace(before), ";") {
		line = before
	}
	return strings.TrimRight(line, " \t")
}
