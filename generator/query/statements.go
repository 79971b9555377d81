package query

import (
	"regexp"
	"slices"
	"strings"
)

// statement is one query of a file: from its "-- name:" line to the next.
type statement struct {
	Name    string
	Command string // ":one"
	File    string // "queries/core.sql"
	Line    int    // of the "-- name:" line
	Text    string
}

var (
	nameLine = regexp.MustCompile(`^--\s*name:\s*(\w+)\s+(:\w+)`)
	argument = regexp.MustCompile(`sqlc\.n?arg\(\s*'?(\w+)'?\s*\)`)
)

// split finds the statements of a query file.
func split(file, text string) []statement {
	var all []statement
	for i, line := range strings.SplitAfter(text, "\n") {
		if m := nameLine.FindStringSubmatch(line); m != nil {
			all = append(all, statement{Name: m[1], Command: m[2], File: file, Line: i + 1})
		}
		if len(all) > 0 {
			all[len(all)-1].Text += line
		}
	}
	return all
}

// params returns the names of the statement's parameters.
func (s statement) params() []string {
	var names []string
	for _, m := range argument.FindAllStringSubmatch(s.Text, -1) {
		names = append(names, m[1])
	}
	return names
}

// Has reports whether one of texts, which are query files by path, has a query of that name.
func Has(texts map[string][]byte, name string) bool {
	for file, text := range texts {
		if slices.ContainsFunc(split(file, string(text)), func(s statement) bool { return s.Name == name }) {
			return true
		}
	}
	return false
}
