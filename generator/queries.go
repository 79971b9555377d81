package generator

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/merge"
	"github.com/betterauth-gen/betterauth-gen/generator/query"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
	"github.com/betterauth-gen/betterauth-gen/generator/render"
	"github.com/betterauth-gen/betterauth-gen/generator/source"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// edited returns the stores as the user has edited them: their queries, and the Store interfaces that are
// the contract of these.
func (b *build) edited(merged *reconcile.Plan) ([]render.Store, error) {
	tree := disk{b: b, actions: map[string]reconcile.Action{}}
	for _, a := range merged.Actions {
		tree.actions[a.Path] = a
	}
	stores := slices.Clone(b.stores)
	for i := range stores {
		if err := tree.edit(&stores[i], b.plan.Model.Dialect); err != nil {
			return nil, err
		}
	}
	return stores, nil
}

// disk is the user's repository as it will be, before the queries are compiled.
type disk struct {
	b       *build
	actions map[string]reconcile.Action // by path
}

func (d disk) edit(s *render.Store, server schema.Dialect) error {
	own, err := d.ownQueries(*s)
	if err != nil {
		return err
	}
	texts := maps.Clone(s.Texts)
	for name := range s.Texts {
		switch a, ok := d.actions[path.Join(s.Dir, name)]; {
		case !ok || merge.HasMarkers(a.Result): // left out until these are resolved
		case a.Result == nil:
			delete(texts, name)
		default:
			texts[name] = a.Result
		}
	}
	maps.Copy(texts, own)
	s.Texts = texts
	pristine := s.Input.Sources
	if s.Input.Sources, err = d.contracts(pristine); err != nil {
		return err
	}
	if s.Input.Dialect != server {
		s.Input.Optional = added(pristine, s.Input.Sources, own)
	}
	return nil
}

// ownQueries returns the query files of a store that only the user has, by path below it. sqlc.yaml names
// the whole folder.
func (d disk) ownQueries(s render.Store) (map[string][]byte, error) {
	own := map[string][]byte{}
	dir := path.Join(s.Dir, "queries")
	entries, err := fs.ReadDir(d.b.FS, dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		if _, emitted := d.actions[name]; emitted || e.IsDir() || path.Ext(name) != ".sql" || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if own[path.Join("queries", e.Name())], err = d.b.Reader.ReadFile(name); err != nil {
			return nil, err
		}
	}
	return own, nil
}

// contracts returns sources with the Store interfaces as the user has edited them, in whatever file of the
// package they are. One that cannot be read stays as it was emitted: the type-check says what is wrong.
func (d disk) contracts(sources []query.Source) ([]query.Source, error) {
	out := slices.Clone(sources)
	for i, from := range sources {
		if len(from.Contract.Methods) == 0 {
			continue
		}
		files, err := d.goFiles(strings.TrimPrefix(from.Contract.Import, d.b.module.path()+"/"))
		if err != nil {
			return nil, err
		}
		methods, diags := source.StoreMethods(files)
		if slices.ContainsFunc(diags, func(d diag.Diagnostic) bool { return d.Code != source.CodeGoSyntax }) {
			return nil, diags.Err()
		}
		if len(diags) == 0 && len(methods) > 0 {
			out[i].Contract.Methods = methods
		}
	}
	return out, nil
}

// goFiles returns the Go files of a folder, but for tests, by path.
func (d disk) goFiles(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for name, a := range d.actions {
		if path.Dir(name) == dir && path.Ext(name) == ".go" && !isTest(name) && a.Result != nil {
			files[name] = a.Result
		}
	}
	entries, err := fs.ReadDir(d.b.FS, dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		if _, emitted := d.actions[name]; emitted || e.IsDir() || path.Ext(name) != ".go" || isTest(name) {
			continue
		}
		if files[name], err = d.b.Reader.ReadFile(name); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// added returns the methods that the user added, or changed, and wrote no query for in own.
func added(pristine, edited []query.Source, own map[string][]byte) map[string]bool {
	methods := map[string]bool{}
	for i, from := range edited {
		for _, m := range from.Contract.Methods {
			same := func(p source.Method) bool { return p.Name == m.Name && query.Signature(p) == query.Signature(m) }
			if !slices.ContainsFunc(pristine[i].Contract.Methods, same) && !query.Has(own, m.Name) {
				methods[m.Name] = true
			}
		}
	}
	return methods
}
