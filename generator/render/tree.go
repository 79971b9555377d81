package render

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/emit"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
	"github.com/betterauth-gen/betterauth-gen/generator/resolve"
	"github.com/betterauth-gen/betterauth-gen/generator/source"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
	"github.com/betterauth-gen/betterauth-gen/schema"
	"github.com/betterauth-gen/betterauth-gen/templates"
)

// tree collects the files.
type tree struct {
	model  *resolve.Model
	layout layout
	files  map[string]reconcile.File

	compiled []Store
}

// Tree returns the files of a model, sorted by path, but for those that sqlc makes: the stores can
// compile them.
func Tree(m *resolve.Model) ([]reconcile.File, []Store, error) {
	t := &tree{
		model:  m,
		layout: layout{module: m.Module, output: m.Output, dialect: m.Dialect, plugins: m.Plugins},
		files:  map[string]reconcile.File{},
	}
	for _, step := range []func() error{
		t.reference, t.plugins, t.social, t.framework, t.secondaryStorage, t.instrumentation, t.modelSeam, t.authSeams, t.addStores, t.clients,
	} {
		if err := step(); err != nil {
			return nil, nil, err
		}
	}
	return t.sorted(), t.compiled, nil
}

func (t *tree) sorted() []reconcile.File {
	files := make([]reconcile.File, 0, len(t.files))
	for _, f := range t.files {
		files = append(files, f)
	}
	slices.SortFunc(files, func(a, b reconcile.File) int { return strings.Compare(a.Path, b.Path) })
	return files
}

func (t *tree) add(name string, class workspace.Class, data []byte) error {
	if _, taken := t.files[name]; taken {
		return fmt.Errorf("two sources for %s", name)
	}
	t.files[name] = reconcile.File{Path: name, Class: class, Data: data}
	return nil
}

// reference copies the packages every configuration needs.
func (t *tree) reference() error {
	for _, name := range []string{"core", "secure", "web", "ratelimit", "model"} {
		err := t.copyDir(copySpec{from: templates.FS, dir: "auth/" + name, to: t.layout.file(name), class: workspace.Shared, skip: generated})
		if err != nil {
			return err
		}
	}
	err := t.copyDir(copySpec{from: templates.FS, dir: "auth/authtest", to: t.layout.file("authtest"), class: workspace.Shared, test: true})
	if err != nil {
		return err
	}
	for _, name := range []string{"auth.go", "hooks.go", "mail.go"} {
		if err := t.copyFile(templates.FS, "auth/"+name, t.layout.file(name), workspace.Once); err != nil {
			return err
		}
	}
	return nil
}

func (t *tree) copyFile(from fs.FS, name, to string, class workspace.Class) error {
	text, err := fs.ReadFile(from, name)
	if err != nil {
		return fmt.Errorf("reference code: %w", err)
	}
	if text, err = source.Specialise(to, text, t.importsFor(name, false)); err != nil {
		return err
	}
	return t.add(to, class, text)
}

// copyStore copies the hand-written part of a store: that of a dialect, or memory.
func (t *tree) copyStore(name, to string, test bool) error {
	service := name == schema.Postgres.String() || name == schema.MySQL.String()
	return t.copyDir(copySpec{
		from: templates.FS, dir: "stores/" + name, to: t.layout.file(to), class: workspace.Shared, test: test,
		skip: func(name string) bool {
			forTests := strings.HasPrefix(name, "storetest/") && service // those of a service are ours to run
			return path.Ext(name) != ".go" || generated(name) || strings.HasPrefix(name, "db/") || forTests
		},
	})
}

// plugins copies the packages of the selected plugins, and the files in which the user writes their
// functions.
func (t *tree) plugins() error {
	for _, p := range t.model.Plugins {
		err := t.copyDir(copySpec{from: p.Source, dir: "source", to: t.layout.file(p.Package), class: workspace.Shared})
		if err != nil {
			return fmt.Errorf("plugin %s: %w", p.ID, err)
		}
		if p.App == nil {
			continue
		}
		if err := t.copyDir(copySpec{from: p.App, dir: "app", to: t.layout.output, class: workspace.Once}); err != nil {
			return fmt.Errorf("plugin %s: %w", p.ID, err)
		}
	}
	return nil
}

// framework copies the adapter of the web framework.
func (t *tree) framework() error {
	name := t.model.Framework
	if name == "nethttp" {
		return nil
	}
	return t.copyDir(copySpec{from: templates.FS, dir: "frameworks/" + name, to: t.layout.file(name + "auth"), class: workspace.Shared})
}

// secondaryStorage copies the package that talks to Redis. Its tests need a server and stay here.
func (t *tree) secondaryStorage() error {
	if t.model.SecondaryStorage == "" {
		return nil
	}
	return t.copyDir(copySpec{
		from: templates.FS, dir: "auth/redis", to: t.layout.file("redis"), class: workspace.Shared,
		skip: func(name string) bool { return strings.HasSuffix(name, "_test.go") },
	})
}

// instrumentation copies the package that makes OpenTelemetry spans.
func (t *tree) instrumentation() error {
	if !t.model.Instrumented {
		return nil
	}
	return t.copyDir(copySpec{from: templates.FS, dir: "auth/otelauth", to: t.layout.file("otelauth"), class: workspace.Shared})
}

func (t *tree) modelSeam() error {
	text, err := emit.Model(t.model.Schema, t.model.Dialect)
	if err != nil {
		return err
	}
	return t.add(t.layout.file("model", "model_gen.go"), workspace.Gen, text)
}

func (t *tree) authSeams() error {
	auth := emit.Auth{
		Import: t.layout.importPath(), Imports: t.layout.imports(),
		Core: t.layout.importPath("core"), Store: t.layout.importPath("store"),
		Database: t.model.Database, Settings: t.model.Settings,
	}
	if t.model.SecondaryStorage != "" {
		auth.Redis = t.layout.importPath("redis")
	}
	if t.model.Instrumented {
		auth.OpenTelemetry = t.layout.importPath("otelauth")
	}
	for _, p := range t.model.Plugins {
		auth.Plugins = append(auth.Plugins, emit.AuthPlugin{
			ID: p.ID, Import: t.layout.importPath(p.Package), Package: p.Package, Settings: p.Settings, New: p.Info.New,
		})
	}
	for _, p := range t.model.Providers {
		auth.Providers = append(auth.Providers, emit.AuthProvider{Provider: p, Import: t.layout.importPath("social")})
	}
	auth.Fields = t.tablesWithFields()
	if len(auth.Fields) > 0 {
		functions, err := auth.FieldFunctions(t.layout.importPath("model"))
		if err != nil {
			return err
		}
		if err := t.add(t.layout.file("fields.go"), workspace.Once, functions); err != nil {
			return err
		}
	}
	for _, seam := range []struct {
		name string
		make func() ([]byte, error)
	}{
		{"options_gen.go", auth.Options}, {"plugins_gen.go", auth.PluginList},
		{"social_gen.go", auth.ProviderList}, {"storage_gen.go", auth.SecondaryStorage},
	} {
		text, err := seam.make()
		if err != nil {
			return err
		}
		if err := t.add(t.layout.file(seam.name), workspace.Gen, text); err != nil {
			return err
		}
	}
	return nil
}

// tablesWithFields returns the Go names of the tables with fields of the user's.
func (t *tree) tablesWithFields() []string {
	var names []string
	for _, table := range t.model.Schema.Tables {
		if len(table.OwnFields()) > 0 {
			names = append(names, schema.GoName(table.Key))
		}
	}
	return names
}
