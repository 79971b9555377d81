package scaffold

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"text/template"

	"github.com/betterauth-gen/betterauth-gen/generator"
	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/gomod"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
	"github.com/betterauth-gen/betterauth-gen/generator/render"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
	"github.com/betterauth-gen/betterauth-gen/templates"
)

// Choices are the answers to init's questions.
type Choices struct {
	config.Choices
	Module string // path of the module
	Secret string // of .env
}

// Files makes the files of a first run. newModule is true in an empty folder: then there is a go.mod
// and a program, too.
func Files(r workspace.Reader, c Choices, newModule bool) (*generator.First, error) {
	s := &scaffold{reader: r, first: &generator.First{}}
	text, err := config.Template(c.Choices)
	if err != nil {
		return nil, err
	}
	s.create(config.FileName, text, 0)
	if err := s.environment(c); err != nil {
		return nil, err
	}
	if err := s.ignore(c); err != nil {
		return nil, err
	}
	if newModule {
		if err := s.program(c); err != nil {
			return nil, err
		}
	}
	return s.first, s.err
}

type scaffold struct {
	reader workspace.Reader
	first  *generator.First
	err    error
}

// create adds a file unless there is one: what is there is the user's.
func (s *scaffold) create(name string, data []byte, mode fs.FileMode) {
	switch exists, err := s.reader.Exists(name); {
	case err != nil:
		s.err = errors.Join(s.err, err)
	case !exists:
		s.first.Files = append(s.first.Files, reconcile.Patch{Path: name, After: data, Mode: mode})
	}
}

// environment adds .env, which only its owner may read, and an example of it for version control.
func (s *scaffold) environment(c Choices) error {
	for name, values := range map[string]environment{
		".env":         {Secret: c.Secret, DatabaseURL: c.URL(), Providers: c.Providers},
		".env.example": {DatabaseURL: c.ExampleURL(), Providers: c.Providers},
	} {
		text, err := values.render()
		if err != nil {
			return err
		}
		var mode fs.FileMode
		if values.Secret != "" {
			mode = 0o600
		}
		s.create(name, text, mode)
	}
	return nil
}

type environment struct {
	Secret, DatabaseURL string
	Providers           []string // ids
}

func (e environment) render() ([]byte, error) {
	t, err := template.New("env.tmpl").Funcs(template.FuncMap{"credentials": config.Credentials}).ParseFS(templates.FS, "text/env.tmpl")
	if err != nil {
		return nil, fmt.Errorf(".env: %w", err)
	}
	var text bytes.Buffer
	if err := t.Execute(&text, e); err != nil {
		return nil, fmt.Errorf(".env: %w", err)
	}
	return text.Bytes(), nil
}

// ignore keeps .env, and a SQLite database, out of version control.
func (s *scaffold) ignore(c Choices) error {
	before, err := s.reader.ReadFile(".gitignore")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if errors.Is(err, fs.ErrNotExist) {
		before = nil
	}
	wanted := []string{".env"}
	if c.Dialect == "sqlite" {
		wanted = append(wanted, "*.db", "*.db-shm", "*.db-wal")
	}
	after := string(before)
	if after != "" && !strings.HasSuffix(after, "\n") {
		after += "\n"
	}
	for _, pattern := range wanted {
		if !ignored(after, pattern) {
			after += pattern + "\n"
		}
	}
	if after != string(before) {
		s.first.Files = append(s.first.Files, reconcile.Patch{Path: ".gitignore", Before: before, After: []byte(after)})
	}
	return nil
}

func ignored(text, pattern string) bool {
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == pattern || line == "/"+pattern {
			return true
		}
	}
	return false
}

// program adds go.mod and a main.go that serves the handler and a small page.
func (s *scaffold) program(c Choices) error {
	mod, err := gomod.New(c.Module)
	if err != nil {
		return err
	}
	s.first.Mod = mod
	files, err := render.Program(c.Module, c.Output, c.Framework)
	if err != nil {
		return err
	}
	for _, f := range files {
		if path.Ext(f.Path) == ".go" {
			if exists, err := s.reader.Exists(f.Path); err == nil && exists {
				return fmt.Errorf("%s is in the way of the program that init would write; move it, or run go mod init to add auth to your own", f.Path)
			}
		}
		s.create(f.Path, f.Data, 0)
	}
	return nil
}
