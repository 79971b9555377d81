package reconcile

import (
	"fmt"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/merge"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// Diagnostic codes.
const (
	CodeConflict = "BA111"
	CodeRefused  = "BA112"
	CodeOrphan   = "BA113"
	CodeDeleted  = "BA114"
	CodeLeft     = "BA115"
)

// Reasons that the report looks at.
const (
	reasonDeleted = "deleted by you, and left so"
	// reasonUncommitted is not the decider's: it takes git to know.
	reasonUncommitted = "has changes that are not committed, and the new version would be merged into it"
	reasonMoved       = "moved by you to "
	reasonForeign     = "a file that betterauth-gen did not write is in the way"
	reasonDiffers     = "the new version differs; yours was left alone"
	reasonTaken       = "already there; it was left alone"
	reasonRewritten   = "edited since it was written; it was left alone"
)

// Diagnostic is what is reported of an action, if anything.
func (a Action) Diagnostic() (diag.Diagnostic, bool) {
	d := diag.Diagnostic{Pos: diag.Position{File: a.Path}, Summary: a.Reason}
	switch {
	case a.Kind == Conflict:
		d.Severity, d.Code = diag.Error, CodeConflict
		d.Detail = a.conflictDetail()
		d.Suggestion = fmt.Sprintf("--ours %[1]s keeps your file, --theirs %[1]s takes the new one, --markers lets you edit", a.Path)
		if len(a.Conflicts) > 0 {
			d.Pos = diag.Position{File: a.Conflicts[0].Place(a.Path), Line: a.Conflicts[0].Ours.Start}
		}
	case a.Kind == Refuse:
		d.Severity, d.Code = diag.Error, CodeRefused
		d.Suggestion = a.remedy()
	case a.Kind == Orphan:
		d.Severity, d.Code = diag.Warning, CodeOrphan
		d.Suggestion = "delete it when you no longer need it"
	case a.Kind == Keep && strings.HasPrefix(a.Reason, reasonMoved):
		d.Severity, d.Code = diag.Note, CodeDeleted
	case a.Kind == Keep && a.Reason == reasonDeleted:
		d.Severity, d.Code = diag.Note, CodeDeleted
		d.Suggestion = "--restore " + a.Path + " brings it back"
	case a.Reason == reasonDiffers, a.Reason == reasonTaken, a.Reason == reasonRewritten:
		d.Severity, d.Code = diag.Note, CodeLeft
	default:
		return diag.Diagnostic{}, false
	}
	return d, true
}

// remedy says what to do by hand about a refusal.
func (a Action) remedy() string {
	force := "--force " + a.Path + " overwrites it"
	switch {
	case a.Reason == reasonUncommitted:
		return "commit it, so that git can bring it back, or use --allow-dirty"
	case merge.HasMarkers(a.Base):
		return "generate --rebase takes the text from before the branches parted"
	case merge.HasMarkers(a.Ours):
		return "resolve them, then generate again"
	case a.Class == workspace.Gen && a.Reason != reasonForeign:
		return "move the change to a file you own or to betterauth.yaml; " + force
	case a.Reason == reasonForeign:
		return "move or rename it; " + force
	default:
		return "restore " + workspace.BasePath(a.Path) + " from version control; --ours " + a.Path + " keeps your file; " + force
	}
}

func (a Action) conflictDetail() string {
	parts := make([]string, len(a.Conflicts))
	for i, c := range a.Conflicts {
		parts[i] = merge.ConflictMessage(a.Path, c)
	}
	return strings.Join(parts, "")
}
