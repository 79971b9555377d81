package reconcile

import (
	"cmp"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/merge"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// Decide makes the plan: one action per file, sorted by path. It looks at
// nothing but its argument.
func Decide(in Input) *Plan {
	if in.Lock == nil {
		in.Lock = &workspace.Lock{}
	}
	d := decider{in: in, recorded: map[string]workspace.Entry{}, bases: map[string][]byte{}}
	for _, e := range in.Lock.Entries {
		d.recorded[e.Path] = e
	}
	for _, f := range in.Tree.files {
		d.emitted(f)
	}
	for _, e := range in.Lock.Entries {
		if _, still := in.Tree.Find(e.Path); !still {
			d.dropped(e)
		}
	}
	for _, p := range in.Patches {
		d.patched(p)
	}
	slices.SortFunc(d.actions, func(a, b Action) int { return cmp.Compare(a.Path, b.Path) })
	return &Plan{Actions: d.actions, lock: d.lock(), bases: d.bases, in: in}
}

type decider struct {
	in       Input
	recorded map[string]workspace.Entry
	actions  []Action
	entries  []workspace.Entry // of the new lock
	bases    map[string][]byte // to be on disk afterwards
}

func (d *decider) lock() *workspace.Lock {
	return &workspace.Lock{Version: d.in.Version, Entries: d.entries}
}

// record puts a into the plan and its file into the lock as emitted now.
func (d *decider) record(a Action) {
	d.entries = append(d.entries, workspace.Entry{Class: a.Class, Sum: workspace.SumOf(a.Theirs), Path: a.Path})
	if a.Class == workspace.Shared {
		d.bases[a.Path] = merge.Normalize(a.Theirs)
	}
	d.actions = append(d.actions, a)
}

// retain puts a into the plan and leaves the record of its file as it was.
func (d *decider) retain(a Action) {
	if e, ok := d.recorded[a.Path]; ok {
		d.entries = append(d.entries, e)
	}
	if base, ok := d.in.Bases[a.Path]; ok {
		d.bases[a.Path] = base
	}
	d.actions = append(d.actions, a)
}

// forget puts a into the plan and drops the record of its file.
func (d *decider) forget(a Action) { d.actions = append(d.actions, a) }

// emitted decides about a file the generator still emits.
func (d *decider) emitted(f File) {
	e, known := d.recorded[f.Path]
	a := Action{Path: f.Path, Class: f.Class, Mode: f.Mode, Ours: d.in.Disk[f.Path], Theirs: f.Data}
	a.Base = d.base(e, known, a.Ours)
	switch {
	case !known:
		d.unknown(a)
	case f.Class == workspace.Gen:
		d.gen(a, e)
	case f.Class == workspace.Shared:
		d.shared(a)
	case f.Class == workspace.Once:
		d.once(a, e)
	default:
		d.ledger(a, e)
	}
}

// base finds the text emitted last: kept for shared files, and for others, or
// when the copy is lost, the file on disk if its checksum says it is pristine.
func (d *decider) base(e workspace.Entry, known bool, ours []byte) []byte {
	if kept, ok := d.in.Bases[e.Path]; ok && known && e.Class == workspace.Shared {
		return kept
	}
	if known && ours != nil && workspace.SumOf(ours) == e.Sum {
		return ours
	}
	return nil
}

// unknown decides about a file we have no record of: what is there already
// is somebody else's, unless it is the very same text.
func (d *decider) unknown(a Action) {
	switch {
	case a.Ours == nil:
		d.record(a.with(Create, a.Theirs, ""))
	case merge.Same(a.Ours, a.Theirs):
		d.record(a.with(Keep, a.Ours, "adopted: already as emitted"))
	case d.chosen(d.in.Choices.Force, a.Path):
		d.record(a.with(Update, a.replaced(), "overwritten on request"))
	case a.Class == workspace.Once:
		d.record(a.with(Keep, a.Ours, reasonTaken))
	default:
		d.retain(a.with(Refuse, nil, reasonForeign))
	}
}

// gen files are ours. A missing one is no edit, for some keep generated files
// out of version control, so it comes back.
func (d *decider) gen(a Action, e workspace.Entry) {
	switch {
	case a.Ours == nil:
		d.record(a.with(Create, a.Theirs, "was missing"))
	case merge.Same(a.Ours, a.Theirs):
		d.record(a.with(Keep, a.Ours, ""))
	case workspace.SumOf(a.Ours) == e.Sum:
		d.record(a.with(Update, a.replaced(), ""))
	case d.chosen(d.in.Choices.Force, a.Path):
		d.record(a.with(Update, a.replaced(), "edits overwritten on request"))
	default:
		d.retain(a.with(Refuse, nil, "a generated file was edited by hand"))
	}
}

func (d *decider) shared(a Action) {
	c := d.in.Choices
	switch {
	case a.Ours == nil && d.chosen(c.Restore, a.Path):
		d.record(a.with(Create, a.Theirs, "restored on request"))
	case a.Ours == nil:
		d.retain(a.with(Keep, nil, reasonDeleted))
	case merge.Same(a.Ours, a.Theirs):
		d.record(a.with(Keep, a.Ours, ""))
	case d.chosen(c.Force, a.Path):
		d.record(a.with(Update, a.replaced(), "edits overwritten on request"))
	case merge.HasMarkers(a.Ours):
		d.retain(a.with(Refuse, nil, "conflict markers are left in the file"))
	case a.Base != nil && merge.Same(a.Ours, a.Base):
		d.record(a.with(Update, a.replaced(), ""))
	case a.Base != nil && merge.Same(a.Theirs, a.Base):
		d.record(a.with(Keep, a.Ours, "edited"))
	case a.Base == nil || merge.HasMarkers(a.Base):
		d.settle(a.with(Refuse, nil, "the text it was generated as is lost"))
	default:
		d.merged(a)
	}
}

// merged joins the user's edits with what changed in the generator.
func (d *decider) merged(a Action) {
	result := merge.Merge(a.Base, a.Ours, a.Theirs)
	if result.Clean() {
		d.record(a.with(Merge, result.Text, ""))
		return
	}
	a.Conflicts = result.Conflicts
	d.settle(a.with(Conflict, result.Text, "changed here and in the new version"))
}

// settle applies the user's choice to an action that would stop the run.
// Whatever is chosen, the new text becomes the base: the question has been
// answered and is not asked again.
func (d *decider) settle(a Action) {
	c := d.in.Choices
	switch {
	case d.chosen(c.Ours, a.Path):
		d.record(a.with(Keep, a.Ours, "new version declined on request"))
	case d.chosen(c.Theirs, a.Path):
		d.record(a.with(Update, a.replaced(), "edits overwritten on request"))
	case c.Markers && a.Kind == Conflict && merge.HasMarkers(a.Result):
		d.record(a.with(Merge, a.Result, "with conflict markers"))
	default:
		d.retain(a)
	}
}

// once files are the user's from the moment they exist.
func (d *decider) once(a Action, e workspace.Entry) {
	switch {
	case a.Ours == nil && d.chosen(d.in.Choices.Restore, a.Path):
		d.record(a.with(Create, a.Theirs, "restored on request"))
	case a.Ours == nil:
		d.retain(a.with(Keep, nil, reasonDeleted))
	case workspace.SumOf(a.Theirs) != e.Sum:
		d.record(a.with(Keep, a.Ours, reasonDiffers))
	default:
		d.record(a.with(Keep, a.Ours, ""))
	}
}

// ledger files are history: once written they are never written again.
func (d *decider) ledger(a Action, e workspace.Entry) {
	switch {
	case a.Ours == nil && d.chosen(d.in.Choices.Restore, a.Path):
		d.record(a.with(Create, a.Theirs, "restored on request"))
	case a.Ours == nil:
		d.retain(a.with(Keep, nil, reasonDeleted))
	case workspace.SumOf(a.Ours) != e.Sum:
		d.retain(a.with(Keep, a.Ours, reasonRewritten))
	default:
		d.retain(a.with(Keep, a.Ours, ""))
	}
}

// dropped decides about a file the generator no longer emits. Of files that are the user's, Go code that
// was never touched goes, too: without the package it was written for it does not compile.
func (d *decider) dropped(e workspace.Entry) {
	a := Action{Path: e.Path, Class: e.Class, Ours: d.in.Disk[e.Path]}
	a.Base = d.base(e, true, a.Ours)
	pristine := a.Base != nil && a.Ours != nil && merge.Same(a.Ours, a.Base)
	switch {
	case e.Class == workspace.Ledger:
		d.retain(a.with(Keep, a.Ours, ""))
	case a.Ours == nil:
		d.forget(a.with(Delete, nil, "already gone"))
	case d.chosen(d.in.Choices.Force, a.Path), pristine && (e.Class != workspace.Once || strings.HasSuffix(e.Path, ".go")):
		d.forget(a.with(Delete, nil, ""))
	default:
		d.retain(a.with(Orphan, a.Ours, "no longer emitted; it holds your code, so it stays"))
	}
}

func (d *decider) patched(p Patch) {
	a := Action{Path: p.Path, Class: workspace.Patch, Mode: p.Mode, Ours: p.Before, Theirs: p.After}
	switch {
	case p.Before == nil && p.After != nil:
		d.forget(a.with(Create, p.After, ""))
	case p.After == nil && p.Before != nil:
		d.forget(a.with(Delete, nil, ""))
	case string(p.Before) == string(p.After):
		d.forget(a.with(Keep, p.Before, ""))
	default:
		d.forget(a.with(Update, p.After, ""))
	}
}

func (d *decider) chosen(paths []string, path string) bool { return slices.Contains(paths, path) }

func (a Action) with(k Kind, result []byte, reason string) Action {
	a.Kind, a.Result, a.Reason = k, result, reason
	return a
}

// replaced is the new text with the line endings of the file it replaces.
func (a Action) replaced() []byte { return merge.WithEndings(a.Theirs, a.Ours) }
