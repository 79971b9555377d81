package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"text/template"

	"github.com/betterauth-gen/betterauth-gen/generator/provider"
	"github.com/betterauth-gen/betterauth-gen/templates"
)

// Choices are what init asks for. Empty members take the defaults of [DefaultGeneration].
type Choices struct {
	AppName                  string
	Dialect                  string
	Output                   string
	Framework                string
	EmailAndPassword         bool
	RequireEmailVerification bool
	Plugins                  []string // ids to turn on
	Available                []string // ids to mention when none is turned on
	DatabaseURL              string   // of a database that is there; empty: an example
	Names                    []TableNames
	PluginNames              map[string][]TableNames // by id
	Providers                []string                // ids of social providers to turn on
}

// Credential is an option of a social provider that comes from the environment.
type Credential struct {
	Option   string // "clientSecret"
	Variable string // "GOOGLE_CLIENT_SECRET"
}

// Credentials returns what the social provider with that id gets from its developers' console: the name and the
// secret of the application there.
func Credentials(id string) []Credential {
	p, ok := provider.ByID(id)
	if !ok {
		return nil
	}
	out := []Credential{{Option: p.ClientID()}, {Option: "clientSecret"}}
	for i := range out {
		out[i].Variable = variableFor("socialProviders." + p.ID + "." + out[i].Option)
	}
	return out
}

// Template returns a commented betterauth.yaml.
func Template(c Choices) ([]byte, error) {
	defaults := DefaultGeneration()
	fill(&c.AppName, "Better Auth")
	fill(&c.Dialect, defaults.Database.Dialect)
	fill(&c.Output, defaults.Output)
	fill(&c.Framework, defaults.Framework)
	const file = "text/betterauth.yaml.tmpl"
	t, err := template.New("betterauth.yaml.tmpl").Funcs(template.FuncMap{"quote": quote, "credentials": Credentials}).ParseFS(templates.FS, file)
	if err != nil {
		return nil, fmt.Errorf("template %s: %w", file, err)
	}
	var out bytes.Buffer
	if err := t.Execute(&out, c); err != nil {
		return nil, fmt.Errorf("template %s: %w", file, err)
	}
	return out.Bytes(), nil
}

// Frameworks lists the choices for a comment.
func (c Choices) Frameworks() string { return strings.Join(frameworks(), ", ") }

// Database reports that there is to be one.
func (c Choices) Database() bool { return c.Dialect != NoDatabase }

// URL is the database URL for .env; empty without a database.
func (c Choices) URL() string {
	if c.DatabaseURL != "" {
		return c.DatabaseURL
	}
	return c.ExampleURL()
}

// ExampleURL is a database URL of the chosen dialect; empty without a database.
func (c Choices) ExampleURL() string {
	switch c.Dialect {
	case "postgres":
		return "postgres://user:password@localhost:5432/app"
	case "mysql":
		return "mysql://user:password@localhost:3306/app"
	case NoDatabase:
		return ""
	}
	return "file:auth.db"
}

func fill(s *string, value string) {
	if *s == "" {
		*s = value
	}
}

// quote returns s as YAML; a JSON string is one. ${ is escaped, or it would name a variable.
func quote(s string) (string, error) {
	text, err := json.Marshal(strings.ReplaceAll(s, "${", "$${"))
	return string(text), err
}
