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
	d := decider{
		in: in, recorded: map[string]workspace.Entry{}, bases: map[string][]byte{},
		results: map[string]merge.Result{}, moved: map[string][]string{}, declined: map[string][]string{},
		decided: map[string]bool{},
	}
	for _, e := range in.Lock.Entries {
		d.recorded[e.Path] = e
	}
	d.follow()
	for _, f := range in.Tree.files {
		d.emitted(f)
	}
	for _, e := range in.Lock.Entries {
		if _, still := in.Tree.Find(e.Path); !still {
			d.dropped(e)
		}
	}
	d.own()
	for _, p := range in.Patches {
		d.patched(p)
	}
	slices.SortFunc(d.actions, func(a, b Action) int { return cmp.Compare(a.Path, b.Path) })
	return &Plan{Actions: d.actions, lock: d.lock(), bases: d.bases, in: in, decided: d.decided}
}

type decider struct {
	in       Input
	recorded map[string]workspace.Entry
	actions  []Action
	entries  []workspace.Entry // of the new lock
	bases    map[string][]byte // to be on disk afterwards
	deleted  []string          // files the user deleted
	// What was found out about files that both sides changed, or that are gone.
	results         map[string]merge.Result
	moved, declined map[string][]string
	// decided are the files whose outcome a choice of the user made.
	decided map[string]bool
}

func (d *decider) lock() *workspace.Lock {
	return &workspace.Lock{Version: d.in.Version, Entries: d.entries, Deleted: d.deleted}
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
	if base, ok := d.in.base(a.Path); ok {
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
	if kept, ok := d.in.base(e.Path); ok && known && e.Class == workspace.Shared {
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
	r, followed := d.results[a.Path]
	switch {
	case a.Ours == nil && followed && r.Text == nil && r.Clean():
		d.deleted = append(d.deleted, a.Path)
		d.record(a.with(Keep, nil, "what is in it is in files of yours"))
	case a.Ours == nil && followed:
		d.joined(a, r)
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
	case d.in.Choices.Rebase, d.chosen(d.in.Choices.Force, a.Path):
		d.record(a.with(Update, a.replaced(), "edits overwritten on request"))
	default:
		d.retain(a.with(Refuse, nil, "a generated file was edited by hand"))
	}
}

func (d *decider) shared(a Action) {
	c := d.in.Choices
	r, followed := d.results[a.Path]
	switch {
	case a.Ours == nil && d.chosen(c.Restore, a.Path):
		d.record(a.with(Create, a.Theirs, "restored on request"))
	case a.Ours == nil:
		d.gone(a)
	case merge.Same(a.Ours, a.Theirs) && !followed:
		d.record(a.with(Keep, a.Ours, ""))
	case d.chosen(c.Force, a.Path):
		d.record(a.with(Update, a.replaced(), "edits overwritten on request"))
	case merge.HasMarkers(a.Ours):
		d.retain(a.with(Refuse, nil, "conflict markers are left in the file"))
	case followed:
		d.joined(a, r)
	case a.Base != nil && merge.Same(a.Ours, a.Base):
		d.record(a.with(Update, a.replaced(), ""))
	case a.Base != nil && merge.Same(a.Theirs, a.Base):
		d.record(a.with(Keep, a.Ours, "edited"))
	case a.Base == nil || merge.HasMarkers(a.Base):
		d.settle(a.with(Refuse, nil, "the text it was generated as is lost"))
	default:
		d.joined(a, merge.File(a.Path, a.Base, a.Ours, a.Theirs))
	}
}

// settle applies the user's choice to an action that would stop the run.
// Whatever is chosen, the new text becomes the base: the question has been
// answered and is not asked again.
func (d *decider) settle(a Action) {
	c := d.in.Choices
	switch {
	case d.chosen(c.Ours, a.Path) && a.Ours == nil && a.Kind == Conflict: // what is yours is in another file so far
		d.put(a.with(Merge, a.Resolve(merge.Ours), "new version declined on request"))
	case d.chosen(c.Ours, a.Path):
		d.put(a.with(Keep, a.Ours, "new version declined on request"))
	case d.chosen(c.Theirs, a.Path) && a.Class == workspace.Patch:
		d.put(a.with(Merge, a.Resolve(merge.Theirs), "new version taken on request"))
	case d.chosen(c.Theirs, a.Path):
		d.put(a.with(Update, a.replaced(), "edits overwritten on request"))
	case d.resolved(a):
		d.put(a.with(Merge, c.Resolved[a.Path].Text, "as you decided"))
	case a.Kind == Conflict && merge.HasMarkers(a.Result) && (d.chosen(c.Markers, a.Path) || slices.Contains(c.Markers, everyFile)):
		d.put(a.with(Merge, a.Result, "with conflict markers"))
	default:
		d.retain(a)
	}
}

// resolved reports that the user has settled the conflicts of a, of these very
// texts.
func (d *decider) resolved(a Action) bool {
	r, ok := d.in.Choices.Resolved[a.Path]
	return ok && string(r.Ours) == string(a.Ours) && string(r.Theirs) == string(a.Theirs)
}

// once files are the user's from the moment they exist.
func (d *decider) once(a Action, e workspace.Entry) {
	switch {
	case a.Ours == nil && d.chosen(d.in.Choices.Restore, a.Path):
		d.record(a.with(Create, a.Theirs, "restored on request"))
	case a.Ours == nil:
		d.gone(a)
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
		d.gone(a)
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
	r, followed := d.results[e.Path]
	switch {
	case followed && r.Text == nil && r.Clean():
		d.forget(a.with(Delete, nil, "its declarations are in other files now"))
	case followed && r.Clean():
		d.retain(a.with(Orphan, r.Text, "no longer emitted; it holds your code, so that stays"))
	case followed:
		d.joined(a, r)
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

// chosen reports that the user chose paths, path among them. It is asked where that makes the outcome.
func (d *decider) chosen(paths []string, path string) bool {
	if !slices.Contains(paths, path) {
		return false
	}
	d.decided[path] = true
	return true
}

func (a Action) with(k Kind, result []byte, reason string) Action {
	a.Kind, a.Result, a.Reason = k, result, reason
	return a
}

// replaced is the new text with the line endings of the file it replaces.
func (a Action) replaced() []byte { return merge.WithEndings(a.Theirs, a.Ours) }
