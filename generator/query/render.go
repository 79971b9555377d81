package query

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"text/template"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/gofile"
	"github.com/betterauth-gen/betterauth-gen/generator/migration"
)

// CodeTemplate marks a query template that cannot be rendered.
const CodeTemplate = "BA050"

const (
	queryDir  = "queries"
	extension = ".tmpl"
)

// Render returns the texts sqlc starts from, by their path below the store package: schema.sql,
// sqlc.yaml and queries/*.sql. Users may edit the latter.
func Render(in Input) (map[string][]byte, error) {
	if err := checkNames(in).Err(); err != nil {
		return nil, err
	}
	ddl, err := migration.CreateSQL(in.Dialect, in.Schema)
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	files := map[string][]byte{
		"schema.sql": []byte("-- " + gofile.Header + "\n\n" + ddl),
		"sqlc.yaml":  config(in),
	}
	var diags diag.List
	for _, s := range in.Sources {
		renderSource(in, s, files, &diags)
	}
	return files, diags.Err()
}

func renderSource(in Input, s Source, files map[string][]byte, diags *diag.List) {
	if s.Templates == nil {
		return
	}
	names, err := fs.Glob(s.Templates, "*.sql"+extension)
	if err != nil || len(names) == 0 {
		return // the pattern is good; a plugin may have no queries
	}
	for _, name := range names {
		text, err := renderFile(in, s, name)
		target := path.Join(queryDir, strings.TrimSuffix(name, extension))
		switch _, taken := files[target]; {
		case err != nil:
			diags.Errorf(templateError(s, name, err))
		case taken:
			diags.Errorf(diag.Position{File: label(s, name)}, CodeTemplate, "%s", "another plugin has a query file of this name")
		default:
			files[target] = text
		}
	}
}

func renderFile(in Input, s Source, name string) ([]byte, error) {
	text, err := fs.ReadFile(s.Templates, name)
	if err != nil {
		return nil, err
	}
	t, err := template.New(name).Option("missingkey=error").Funcs(namer{in.Dialect, in.Schema}.functions()).Parse(string(text))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, nil); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// label names a template so that those of different plugins can be told apart.
func label(s Source, name string) string { return path.Join(s.Name, queryDir, name) }

var templatePlace = regexp.MustCompile(`^[^:]+:(\d+)(?::\d+)?: (.*)$`)

// templateError takes the place out of an error of package template, "template: core.sql.tmpl:3:9: …".
func templateError(s Source, name string, err error) (diag.Position, string, string, string) {
	pos := diag.Position{File: label(s, name)}
	message := strings.TrimPrefix(err.Error(), "template: ")
	if m := templatePlace.FindStringSubmatch(message); m != nil {
		pos.Line, message = number(m[1]), m[2]
	}
	var exec template.ExecError
	if errors.As(err, &exec) {
		if cause := errors.Unwrap(exec.Err); cause != nil {
			message = cause.Error()
		}
	}
	return pos, CodeTemplate, "%s", message
}
