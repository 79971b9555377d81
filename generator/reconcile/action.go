package reconcile

import (
	"fmt"
	"io/fs"

	"github.com/betterauth-gen/betterauth-gen/generator/merge"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// Kind is what happens to a file.
type Kind int

// The kinds. Conflict and Refuse stop the run; nothing at all is written.
const (
	Create   Kind = iota + 1 // new on disk
	Update                   // replaced; nothing of the user's was in it
	Merge                    // the user's edits and ours joined
	Keep                     // left as it is
	Delete                   // no longer emitted and never edited
	Orphan                   // no longer emitted but edited: left to the user
	Conflict                 // both changed the same place
	Refuse                   // would destroy something of the user's
)

var kindNames = [...]string{
	Create: "create", Update: "update", Merge: "merge", Keep: "keep",
	Delete: "delete", Orphan: "orphan", Conflict: "conflict", Refuse: "refuse",
}

// String is the word shown in reports.
func (k Kind) String() string {
	if k < Create || int(k) >= len(kindNames) {
		return fmt.Sprintf("kind(%d)", int(k))
	}
	return kindNames[k]
}

// MarshalText makes JSON carry the word.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Action is the decision about one file. Base, Ours, Theirs and Result are
// the text emitted last, on disk, emitted now, and to be on disk; nil means
// there is none.
type Action struct {
	Path      string
	Class     workspace.Class
	Kind      Kind
	Base      []byte
	Ours      []byte
	Theirs    []byte
	Result    []byte
	Mode      fs.FileMode
	Conflicts []merge.Conflict
	Reason    string // why, where the kind alone does not say

	resolve func(pick func(merge.Conflict) []byte) []byte
}

// Resolve returns the merged text of a conflict with each place replaced by
// what pick says.
func (a Action) Resolve(pick func(merge.Conflict) []byte) []byte { return a.resolve(pick) }

// Writes reports whether the file on disk changes.
func (a Action) Writes() bool { return a.change().Writes() }
