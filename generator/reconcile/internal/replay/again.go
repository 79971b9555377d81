package replay

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// Again merges the files of one folder as a run would: base is what was emitted last, ours is on disk, and
// theirs is emitted now.
func Again(files map[string]Versions) (*reconcile.Plan, error) {
	in := reconcile.Input{
		Version: "new", Lock: &workspace.Lock{},
		Disk: map[string][]byte{}, Bases: map[string][]byte{}, Own: map[string][]byte{},
	}
	var tree []reconcile.File
	for name, v := range files {
		if v.Base != nil {
			in.Lock.Entries = append(in.Lock.Entries, workspace.Entry{Class: workspace.Shared, Sum: workspace.SumOf(v.Base), Path: name})
			in.Bases[name] = v.Base
		}
		if v.Theirs != nil {
			tree = append(tree, reconcile.File{Path: name, Class: workspace.Shared, Data: v.Theirs})
		}
		switch {
		case v.Ours == nil:
		case v.Base == nil && v.Theirs == nil:
			in.Own[name] = v.Ours
		default:
			in.Disk[name] = v.Ours
		}
	}
	slices.SortFunc(in.Lock.Entries, func(a, b workspace.Entry) int { return strings.Compare(a.Path, b.Path) })
	var err error
	if in.Tree, err = reconcile.NewTree(tree...); err != nil {
		return nil, fmt.Errorf("merge again: %w", err)
	}
	return reconcile.Decide(in), nil
}

// Folders are the files of a merge by their folder.
func (m *Merge) Folders() (map[string]map[string]Versions, error) {
	out := map[string]map[string]Versions{}
	for _, f := range m.Files {
		v, err := f.Versions()
		if err != nil {
			return nil, err
		}
		dir := path.Dir(f.Path)
		if out[dir] == nil {
			out[dir] = map[string]Versions{}
		}
		out[dir][f.Path] = v
	}
	return out, nil
}
