package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/generator/migration/live"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// existing is a database that init --from-db takes over.
type existing struct {
	dialect     schema.Dialect
	url         string
	found       []migration.FoundTable
	plugins     []string // whose tables and columns are there
	names       []config.TableNames
	pluginNames map[string][]config.TableNames
}

// fromDatabase looks at the database of DATABASE_URL and recognises what Better Auth made.
func (a *App) fromDatabase(ctx context.Context, root string) (*existing, error) {
	e := &existing{url: a.environment(root)("DATABASE_URL"), pluginNames: map[string][]config.TableNames{}}
	if e.url == "" {
		return nil, errors.New("--from-db: DATABASE_URL is not set")
	}
	t := target{url: inFolder(root, e.url), shown: live.RedactURL(e.url)}
	var err error
	if t.dialect, err = dialectOf(e.url); err != nil {
		return nil, err
	}
	if e.dialect = t.dialect; t.absent() {
		return nil, fmt.Errorf("--from-db: there is no database at %s", t.shown)
	}
	if e.found, err = t.inspect(ctx); err != nil {
		return nil, err
	}
	e.recognise(a)
	if len(e.names) == 0 {
		return nil, fmt.Errorf("--from-db: none of the tables in %s looks like one of Better Auth's", t.shown)
	}
	a.showExisting(e)
	return e, nil
}

// dialectOf reads the dialect off a URL.
func dialectOf(url string) (schema.Dialect, error) {
	scheme, _, _ := strings.Cut(url, ":")
	switch scheme {
	case "postgres", "postgresql":
		return schema.Postgres, nil
	case "mysql":
		return schema.MySQL, nil
	case "file":
		return schema.SQLite, nil
	}
	return 0, errors.New("--from-db: DATABASE_URL is of no kind we know; it begins with file:, postgres: or mysql: where we do")
}

// recognise finds the core's tables, and the plugins whose tables and columns are all there.
func (e *existing) recognise(a *App) {
	s := schema.Core()
	for _, p := range a.Plugins {
		if p.Schema == nil {
			continue
		}
		origin := schema.Origin{Plugin: p.ID}
		var options any
		if p.Options != nil {
			options = p.Options()
		}
		patch := p.Schema(options)
		for _, t := range patch.Tables {
			t.Columns = slices.Clone(t.Columns)
			for i := range t.Columns {
				t.Columns[i].Origin = origin
			}
			if t.Origin = origin; !hasTable(s, t.Key) {
				s.Tables = append(s.Tables, t)
			}
		}
		for key, columns := range patch.Columns {
			for i := range s.Tables {
				if s.Tables[i].Key != key {
					continue
				}
				for _, c := range columns {
					c.Origin = origin
					s.Tables[i].Columns = append(slices.Clip(s.Tables[i].Columns), c)
				}
			}
		}
	}
	there := migration.Recognise(e.dialect, s, e.found)
	for _, p := range a.Plugins {
		if p.Schema != nil && hasAll(s, there, p.ID) {
			e.plugins = append(e.plugins, p.ID)
			e.pluginNames[p.ID] = namesOf(there, p.ID)
		}
	}
	slices.Sort(e.plugins)
	e.names = namesOf(there, "core")
}

func hasTable(s schema.Schema, key string) bool { _, ok := s.Table(key); return ok }

// hasAll reports whether every table of a plugin, and every column of its on another's, is there.
func hasAll(s, there schema.Schema, plugin string) bool {
	any := false
	for _, t := range s.Tables {
		found, ok := there.Table(t.Key)
		if t.Origin.Plugin == plugin {
			any = true
			if !ok {
				return false
			}
			continue
		}
		for _, c := range t.Columns {
			if c.Origin.Plugin != plugin {
				continue
			}
			if any = true; !ok {
				return false
			}
			if _, ok := found.Column(c.Key); !ok {
				return false
			}
		}
	}
	return any
}

// namesOf lists the tables of an origin, and its columns on others, with the names that are not their keys.
func namesOf(there schema.Schema, plugin string) []config.TableNames {
	var out []config.TableNames
	for _, t := range there.Tables {
		names := config.TableNames{Key: t.Key}
		if t.Origin.Plugin == plugin && t.Name != t.Key {
			names.Name = t.Name
		}
		for _, c := range t.Columns {
			if c.Origin.Plugin == plugin && c.Name != c.Key {
				names.Fields = append(names.Fields, config.FieldName{Key: c.Key, Name: c.Name})
			}
		}
		if t.Origin.Plugin == plugin || len(names.Fields) > 0 {
			out = append(out, names)
		}
	}
	return out
}

// showExisting says what was recognised, for somebody to check.
func (a *App) showExisting(e *existing) {
	show := func(tables []config.TableNames) {
		for _, t := range tables {
			name := t.Name
			if name == "" {
				name = t.Key
			}
			line := fmt.Sprintf("found    %s", t.Key)
			if name != t.Key {
				line += " as " + name
			}
			for i, f := range t.Fields {
				separator := ", "
				if i == 0 {
					separator = ": "
				}
				line += separator + f.Key + " is " + f.Name
			}
			fmt.Fprintln(a.Out, line)
		}
	}
	show(e.names)
	for _, id := range e.plugins {
		fmt.Fprintf(a.Out, "found    plugin %s\n", id)
		show(slices.DeleteFunc(slices.Clone(e.pluginNames[id]), func(t config.TableNames) bool { return t.Name == "" && len(t.Fields) == 0 }))
	}
}
