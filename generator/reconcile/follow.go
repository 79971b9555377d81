package reconcile

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/merge"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// follow looks for declarations that were moved between files, in the folders
// where something cannot be merged file by file, and merges these files
// together.
func (d *decider) follow() {
	lost := map[string][]string{}
	var both []merge.Version      // files that both sides changed
	changing := map[string]bool{} // folders in which the new version changes something
	edited := map[string]bool{}   // folders in which the user did
	for name := range d.in.Own {
		edited[path.Dir(name)] = true
	}
	for _, f := range d.in.Tree.files {
		if _, known := d.recorded[f.Path]; !known && f.Class == workspace.Shared {
			changing[path.Dir(f.Path)] = true
		}
	}
	for _, e := range d.in.Lock.Entries {
		if e.Class != workspace.Shared || d.answered(e.Path) {
			continue
		}
		v := d.version(e.Path)
		if v.Base == nil || merge.HasMarkers(v.Base) || merge.HasMarkers(v.Ours) {
			continue
		}
		dir := path.Dir(e.Path)
		changed := v.Theirs == nil || !merge.Same(v.Theirs, v.Base)
		changing[dir] = changing[dir] || changed
		edited[dir] = edited[dir] || v.Ours == nil || !merge.Same(v.Ours, v.Base)
		switch {
		case v.Ours == nil:
			lost[dir] = append(lost[dir], e.Path)
		case !changed || merge.Same(v.Ours, v.Base) || v.Theirs != nil && merge.Same(v.Ours, v.Theirs):
			continue
		case v.Theirs == nil:
			lost[dir] = append(lost[dir], e.Path)
		default:
			both = append(both, v)
		}
	}
	for i, r := range merge.Files(both) {
		name := both[i].Path
		if d.results[name] = r; !r.Clean() {
			lost[path.Dir(name)] = append(lost[path.Dir(name)], name)
		}
	}
	for dir := range changing {
		if changing[dir] && edited[dir] && lost[dir] == nil {
			lost[dir] = []string{} // for what both sides moved
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(lost)) {
		slices.Sort(lost[dir])
		followed := merge.Package(d.versions(dir), lost[dir])
		maps.Copy(d.moved, followed.Moved)
		maps.Copy(d.declined, followed.Declined)
		if changing[dir] {
			maps.Copy(d.results, followed.Results)
		}
	}
}

// answered reports a file about which the user has decided as a whole.
func (d *decider) answered(path string) bool {
	c := d.in.Choices
	return slices.ContainsFunc([][]string{c.Force, c.Restore, c.Ours, c.Theirs}, func(paths []string) bool { return slices.Contains(paths, path) })
}

// version is a recorded file in its three versions.
func (d *decider) version(path string) merge.Version {
	v := merge.Version{Path: path, Ours: d.in.Disk[path]}
	v.Base, _ = d.in.base(path)
	if v.Base == nil {
		if e := d.recorded[path]; v.Ours != nil && workspace.SumOf(v.Ours) == e.Sum {
			v.Base = v.Ours
		}
	}
	if f, ok := d.in.Tree.Find(path); ok {
		v.Theirs = f.Data
	}
	return v
}

// versions are the files of a folder that hold code of the user's, or could.
func (d *decider) versions(dir string) []merge.Version {
	files := map[string]merge.Version{}
	for _, e := range d.in.Lock.Entries {
		if path.Dir(e.Path) != dir || d.answered(e.Path) {
			continue
		}
		switch e.Class {
		case workspace.Shared:
			files[e.Path] = d.version(e.Path)
		case workspace.Once:
			files[e.Path] = merge.Version{Path: e.Path, Ours: d.in.Disk[e.Path]}
		}
	}
	for _, f := range d.in.Tree.files {
		if _, known := d.recorded[f.Path]; !known && path.Dir(f.Path) == dir && f.Class == workspace.Shared && d.in.Disk[f.Path] == nil {
			files[f.Path] = merge.Version{Path: f.Path, Theirs: f.Data}
		}
	}
	for name, text := range d.in.Own {
		if path.Dir(name) == dir && !merge.HasMarkers(text) {
			files[name] = merge.Version{Path: name, Ours: text}
		}
	}
	out := make([]merge.Version, 0, len(files))
	for _, name := range slices.Sorted(maps.Keys(files)) {
		out = append(out, files[name])
	}
	return out
}

// own decides about the user's own files to which declarations were moved.
func (d *decider) own() {
	for _, name := range slices.Sorted(maps.Keys(d.results)) {
		ours, own := d.in.Own[name]
		if e, known := d.recorded[name]; known && e.Class == workspace.Once {
			ours, own = d.in.Disk[name], true
			d.actions = slices.DeleteFunc(d.actions, func(a Action) bool { return a.Path == name })
		}
		if !own {
			continue
		}
		d.joined(Action{Path: name, Class: workspace.Patch, Ours: ours}, d.results[name])
	}
}

// joined decides about a file that was merged.
func (d *decider) joined(a Action, r merge.Result) {
	if !r.Clean() {
		a.Conflicts = r.Conflicts
		a.resolve = r.Resolve
		d.settle(a.with(Conflict, r.Text, "changed here and in the new version"))
		return
	}
	kind := Merge
	switch {
	case a.Ours == nil:
		kind = Create
	case string(r.Text) == string(a.Ours):
		kind = Keep
	}
	d.put(a.with(kind, r.Text, ""))
}

// put records a file of ours, and leaves one of the user's unrecorded. What is no longer emitted stays on
// record as it was.
func (d *decider) put(a Action) {
	switch {
	case a.Class == workspace.Patch:
		d.forget(a)
	case a.Theirs == nil:
		d.retain(a)
	default:
		d.record(a)
	}
}

// gone decides about a recorded file that the user deleted. It is named once.
func (d *decider) gone(a Action) {
	d.deleted = append(d.deleted, a.Path)
	reason := reasonDeleted
	if slices.Contains(d.in.Lock.Deleted, a.Path) {
		reason = ""
	}
	to, moved := d.moved[a.Path]
	if moved {
		if reason != "" {
			reason = reasonMoved + strings.Join(to, ", ")
		}
		if names := d.declined[a.Path]; len(names) > 0 {
			reason = reasonMoved + strings.Join(to, ", ") + "; without " + strings.Join(names, ", ") + ", which you deleted and the new version changes"
		}
		d.record(a.with(Keep, nil, reason)) // what changed was merged there
		return
	}
	d.retain(a.with(Keep, nil, reason))
}
