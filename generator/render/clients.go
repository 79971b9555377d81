package render

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"text/template"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/resolve"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
	"github.com/betterauth-gen/betterauth-gen/schema"
	"github.com/betterauth-gen/betterauth-gen/templates"
)

// clientPlugins is the module in which Better Auth 1.7.5 has most plugins of its client.
const clientPlugins = "better-auth/client/plugins"

// defaultBasePath is where Better Auth's client looks for the server unless told otherwise.
const defaultBasePath = "/api/auth"

// clients adds a file for each client of the configuration.
func (t *tree) clients() error {
	if len(t.model.Config.Generation.Clients) == 0 {
		return nil
	}
	const file = "text/auth-client.ts.tmpl"
	text, err := template.New("auth-client.ts.tmpl").
		Funcs(template.FuncMap{"join": strings.Join, "quote": quoteTS}).ParseFS(templates.FS, file)
	if err != nil {
		return fmt.Errorf("template %s: %w", file, err)
	}
	for _, options := range t.model.Config.Generation.Clients {
		var out bytes.Buffer
		if err := text.Execute(&out, newClient(t.model, options)); err != nil {
			return fmt.Errorf("template %s: %w", file, err)
		}
		if err := t.add(options.Path, workspace.Shared, out.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// client is what the template of a client is filled with.
type client struct {
	Server            string // folder of the auth code
	BaseURL, BasePath string // empty: what the client takes by itself
	Imports           []clientImport
	Plugins           []string // calls that make them
	Tables            []clientTable
}

type clientImport struct {
	Module string
	Names  []string
}

// clientTable lists the additional fields of a table.
type clientTable struct {
	Name   string
	Fields []clientField
}

type clientField struct {
	Name       string
	Attributes []string // "type: 'string'"
}

func newClient(m *resolve.Model, options config.ClientOptions) client {
	c := client{Server: m.Output, BaseURL: options.BaseURL, BasePath: basePath(m)}
	for _, p := range m.Plugins {
		if p.Client == nil {
			continue
		}
		arguments := ""
		if p.Client.Arguments != nil {
			arguments = p.Client.Arguments(p.Options)
		}
		c.Plugins = append(c.Plugins, p.Client.Name+"("+arguments+")")
		c.use(cmp.Or(p.Client.Module, clientPlugins), p.Client.Name)
	}
	for _, key := range []string{"user", "session"} { // what the client knows the fields of
		if table := newClientTable(m.Schema, key); len(table.Fields) > 0 {
			c.Tables = append(c.Tables, table)
		}
	}
	if len(c.Tables) > 0 {
		c.use(clientPlugins, "inferAdditionalFields")
	}
	c.use(clientModule(options.Framework), "createAuthClient")
	for _, i := range c.Imports {
		slices.Sort(i.Names)
	}
	slices.SortFunc(c.Imports, func(a, b clientImport) int { return strings.Compare(a.Module, b.Module) })
	return c
}

// use imports a name.
func (c *client) use(module, name string) {
	for i := range c.Imports {
		if c.Imports[i].Module == module {
			c.Imports[i].Names = append(c.Imports[i].Names, name)
			return
		}
	}
	c.Imports = append(c.Imports, clientImport{module, []string{name}})
}

func clientModule(framework string) string {
	if framework == "vanilla" {
		return "better-auth/client"
	}
	return "better-auth/" + framework
}

// basePath returns where the server's routes are, unless the client guesses it. What comes from the
// environment is not known here.
func basePath(m *resolve.Model) string {
	path := m.Options.BasePath
	if u, err := url.Parse(m.Options.BaseURL); err == nil && strings.Trim(u.Path, "/") != "" {
		path = u.Path
	}
	if path = "/" + strings.Trim(path, "/"); path == defaultBasePath {
		return ""
	}
	return path
}

// newClientTable lists the user's own fields of a table; those of plugins come with the client's plugins.
func newClientTable(s schema.Schema, key string) clientTable {
	table := clientTable{Name: key}
	t, _ := s.Table(key)
	for _, c := range t.Columns {
		if c.Origin.Plugin == "" && (c.Input || c.Returned) {
			table.Fields = append(table.Fields, clientField{c.Key, attributes(c)})
		}
	}
	return table
}

// attributes are those of Better Auth's that decide types.
func attributes(c schema.Column) []string {
	list := []string{"type: " + typeTS(c)}
	value, known := defaultTS(c)
	switch {
	case !c.Required, c.Default != nil && !known:
		list = append(list, "required: false")
	default:
		list = append(list, "required: true")
	}
	if known {
		list = append(list, "defaultValue: "+value)
	}
	if !c.Input {
		list = append(list, "input: false")
	}
	if !c.Returned {
		list = append(list, "returned: false")
	}
	return list
}

func typeTS(c schema.Column) string {
	if len(c.Enum) == 0 {
		return quoteTS(c.Type.String())
	}
	values := make([]string, len(c.Enum))
	for i, v := range c.Enum {
		values[i] = quoteTS(v)
	}
	return "[" + strings.Join(values, ", ") + "]"
}

// defaultTS prints a default of a type that Better Auth's types look at.
func defaultTS(c schema.Column) (string, bool) {
	switch {
	case c.Default == nil:
		return "", false
	case c.Default.Now:
		return "new Date()", true
	case c.Type == schema.Date:
		text, _ := c.Default.Value.(string)
		return "new Date(" + quoteTS(text) + ")", true
	case c.Type == schema.String:
		text, ok := c.Default.Value.(string)
		return quoteTS(text), ok
	case c.Type == schema.Boolean, c.Type == schema.Number:
		return fmt.Sprint(c.Default.Value), true
	}
	return "", false
}

// quoteTS prints a text the way TypeScript is mostly written: in single quotes.
func quoteTS(text string) string {
	literal, _ := json.Marshal(text) // a string cannot fail
	inner := strings.ReplaceAll(string(literal[1:len(literal)-1]), `\"`, `"`)
	return "'" + strings.ReplaceAll(inner, "'", `\'`) + "'"
}
