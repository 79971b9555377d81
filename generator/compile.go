package generator

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
	"github.com/betterauth-gen/betterauth-gen/generator/render"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// storeSum records what the typed queries were made from, so that sqlc need not run again.
const storeSum = ".betterauth/store.sum"

// compile has sqlc type the queries, as the user has edited them, unless what is on disk was made from
// the same texts.
func (b *build) compile(ctx context.Context) error {
	if len(b.stores) == 0 {
		return nil // there is no database to query
	}
	merged, err := b.decide(ctx, b.files, nil)
	if err != nil {
		return err
	}
	if merged.Err() != nil { // first things first: the queries are not settled
		merged.Actions = slices.DeleteFunc(merged.Actions, func(a reconcile.Action) bool { return b.compiles(a.Path) })
		b.plan.Files = merged
		return b.report()
	}
	stores, err := b.edited(merged)
	if err != nil {
		return err
	}
	sums := make([]string, len(stores))
	for i, s := range stores {
		sums[i] = fingerprint(s) + " " + s.Dir
	}
	sum := []byte(strings.Join(sums, "\n") + "\n")
	if reused, ok, err := b.reuse(sum); err != nil || ok {
		b.files = append(b.files, reused...)
		return err
	}
	files, err := compileAll(ctx, stores)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		b.files = append(b.files, reconcile.File{Path: name, Class: workspace.Gen, Data: files[name]})
	}
	b.files = append(b.files, reconcile.File{Path: storeSum, Class: workspace.Gen, Data: sum})
	return nil
}

// compileAll compiles the stores, side by side: each has an sqlc of its own.
func compileAll(ctx context.Context, stores []render.Store) (map[string][]byte, error) {
	results, errs := make([]map[string][]byte, len(stores)), make([]error, len(stores))
	var wait sync.WaitGroup
	for i, s := range stores {
		wait.Go(func() { results[i], errs[i] = s.Compile(ctx) })
	}
	wait.Wait()
	files := map[string][]byte{}
	for i, err := range errs {
		if err != nil {
			return nil, err // of the server's store, if both fail: it is the one with the user's queries
		}
		maps.Copy(files, results[i])
	}
	return files, nil
}

// fingerprint sums up everything the typed queries of a store depend on.
func fingerprint(s render.Store) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(s.Texts)) {
		fmt.Fprintf(h, "%s %d\n%s", name, len(s.Texts[name]), s.Texts[name])
	}
	for _, from := range s.Input.Sources {
		fmt.Fprintf(h, "%s %s\n", from.Name, from.Contract.Import)
		for _, m := range from.Contract.Methods {
			fmt.Fprintf(h, "%s %v %v\n", m.Name, m.Params, m.Results)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// reuse returns the typed queries on disk when they are untouched and were made, by this version, from
// what sum stands for.
func (b *build) reuse(sum []byte) ([]reconcile.File, bool, error) {
	recorded, err := b.optional(storeSum)
	if err != nil || b.Choices.Rebase || string(recorded) != string(sum) {
		return nil, false, err
	}
	lock, err := workspace.ReadLock(b.Reader)
	if err != nil || lock.Version != Version() {
		return nil, false, err
	}
	files := []reconcile.File{{Path: storeSum, Class: workspace.Gen, Data: sum}}
	for _, s := range b.stores {
		for _, entry := range lock.Entries {
			if !compiled(s.Dir, entry.Path) {
				continue
			}
			data, err := b.optional(entry.Path)
			if err != nil || data == nil || workspace.SumOf(data) != entry.Sum {
				return nil, false, err
			}
			files = append(files, reconcile.File{Path: entry.Path, Class: workspace.Gen, Data: data})
		}
	}
	return files, len(files) > 1, nil
}

// compiled reports a file that Compile makes.
func compiled(dir, name string) bool {
	return path.Dir(name) == dir+"/db" || name == dir+"/store_gen.go"
}

// compiles reports a file that this stage adds.
func (b *build) compiles(name string) bool {
	return name == storeSum || slices.ContainsFunc(b.stores, func(s render.Store) bool { return compiled(s.Dir, name) })
}
