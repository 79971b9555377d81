package render

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/emit"
	"github.com/betterauth-gen/betterauth-gen/generator/query"
	"github.com/betterauth-gen/betterauth-gen/generator/source"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
	"github.com/betterauth-gen/betterauth-gen/schema"
	"github.com/betterauth-gen/betterauth-gen/templates"
)

// A Store is the database layer of one dialect, before sqlc has run.
type Store struct {
	// Dir is the folder of package store in the user's repository.
	Dir   string
	Input query.Input
	// Texts are what sqlc starts from, by path below Dir: schema.sql, sqlc.yaml, queries/*.sql.
	Texts map[string][]byte
}

// stores returns the store of the server and, where the server's database is a service, the SQLite
// store its tests run on.
func (t *tree) stores() ([]Store, error) {
	main, err := t.store(t.model.Dialect, "store")
	if err != nil || t.model.Dialect == schema.SQLite {
		return []Store{main}, err
	}
	test, err := t.store(schema.SQLite, testStore)
	return []Store{main, test}, err
}

func (t *tree) store(d schema.Dialect, dir string) (Store, error) {
	in, err := t.queryInput(d, dir)
	if err != nil {
		return Store{}, err
	}
	texts, err := query.Render(in)
	return Store{Dir: t.layout.file(dir), Input: in, Texts: texts}, err
}

// queryInput collects the queries and Store interfaces of the core and the plugins.
func (t *tree) queryInput(d schema.Dialect, dir string) (query.Input, error) {
	core, err := source.Core()
	if err != nil {
		return query.Input{}, err
	}
	coreQueries, err := fs.Sub(templates.FS, "queries")
	if err != nil {
		return query.Input{}, err
	}
	in := query.Input{
		Dialect: d, Schema: t.model.Schema, SchemaName: t.model.Config.Generation.Database.SchemaName,
		Dir:         t.layout.file(dir),
		ModelImport: t.layout.importPath("model"), DBImport: t.layout.importPath(dir, "db"),
		Sources: []query.Source{{
			Name: "core", Templates: coreQueries,
			Contract: query.Contract{Import: t.layout.importPath("core"), Package: "core", Methods: core.Store},
		}},
	}
	if t.model.CountsInDatabase() {
		counters, err := RateLimit(t.layout.importPath("ratelimit"))
		if err != nil {
			return query.Input{}, err
		}
		in.Sources = append(in.Sources, counters)
	}
	for _, p := range t.model.Plugins {
		s := query.Source{Name: p.ID, Contract: query.Contract{
			Import: t.layout.importPath(p.Package), Package: p.Package, Methods: p.Info.Store,
		}}
		if p.Queries != nil {
			if s.Templates, err = fs.Sub(p.Queries, "queries"); err != nil {
				return query.Input{}, fmt.Errorf("plugin %s: %w", p.ID, err)
			}
		}
		in.Sources = append(in.Sources, s)
	}
	return in, nil
}

// RateLimit is what counting requests in the database asks of a store. The package that asks for it is
// at importPath.
func RateLimit(importPath string) (query.Source, error) {
	info, diags := source.Inspect(templates.FS, "auth/ratelimit", "ratelimit")
	if err := diags.Err(); err != nil {
		return query.Source{}, err
	}
	queries, err := fs.Sub(templates.FS, "queries/ratelimit")
	return query.Source{
		Name: "rateLimit", Templates: queries,
		Contract: query.Contract{Import: importPath, Package: "ratelimit", Methods: info.Store},
	}, err
}

// addStores adds the hand-written part of each store and the texts sqlc starts from.
func (t *tree) addStores() error {
	if !t.model.Database {
		return t.addMemory()
	}
	stores, err := t.stores()
	if err != nil {
		return err
	}
	for _, s := range stores {
		test := s.Input.Dialect != t.model.Dialect
		if err := t.copyStore(s.Input.Dialect.String(), strings.TrimPrefix(s.Dir, t.layout.output+"/"), test); err != nil {
			return err
		}
		for _, name := range slices.Sorted(maps.Keys(s.Texts)) {
			class := workspace.Gen
			if path.Dir(name) == "queries" && !test {
				class = workspace.Shared
			}
			if err := t.add(path.Join(s.Dir, name), class, s.Texts[name]); err != nil {
				return err
			}
		}
	}
	t.compiled = stores
	return nil
}

// addMemory adds the store of an application without a database. Its tests run on it, too.
func (t *tree) addMemory() error {
	tables := t.tablesWithFields()
	if err := t.copyStore("memory", "store", false); err != nil || len(tables) == 0 {
		return err
	}
	text, err := emit.MemoryFields(t.layout.importPath("store"), t.layout.importPath("model"), tables)
	if err != nil {
		return err
	}
	return t.add(t.layout.file("store", "store_gen.go"), workspace.Gen, text)
}

// Compile has sqlc type the queries of s and returns the files it leads to.
func (s Store) Compile(ctx context.Context) (map[string][]byte, error) {
	compiled, err := query.Compile(ctx, s.Input, s.Texts)
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte, len(compiled))
	for name, data := range compiled {
		files[path.Join(s.Dir, name)] = data
	}
	return files, nil
}
