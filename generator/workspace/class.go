package workspace

import "fmt"

// Class says who owns an emitted file, and thereby what regeneration may do.
type Class int

// The classes.
const (
	Gen    Class = iota + 1 // ours: replaced on every run
	Shared                  // both: merged three ways
	Once                    // theirs: created, then never touched
	Ledger                  // history: only ever added
	// Patch is a file of the user's that we edit in place, such as go.mod. It
	// has no base and is not recorded.
	Patch
)

var classNames = [...]string{Gen: "gen", Shared: "shared", Once: "once", Ledger: "ledger", Patch: "patch"}

// String is the word used in the lock file.
func (c Class) String() string {
	if c < Gen || int(c) >= len(classNames) {
		return fmt.Sprintf("class(%d)", int(c))
	}
	return classNames[c]
}

// MarshalText makes JSON carry the word.
func (c Class) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// parseClass reads a class a lock file may hold.
func parseClass(s string) (Class, bool) {
	for c := Gen; c < Patch; c++ {
		if classNames[c] == s {
			return c, true
		}
	}
	return 0, false
}
