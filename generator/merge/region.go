package merge

// span is a half-open range of line numbers.
type span struct{ lo, hi int }

// author says who changed a region of the base.
type author int

const (
	nobody author = iota + 1
	oursOnly
	theirsOnly
	bothSides
)

// region pairs a range of the base with what became of it on either side.
// The regions of a merge follow each other and cover all three files.
type region struct {
	by                 author
	base, ours, theirs span
}

// regions walks the two edit scripts base→ours and base→theirs together.
// Changes that overlap or touch form one region, as in git: two edits of
// neighbouring lines are too close to be independent.
func regions(base, ours, theirs []line) []region {
	a, b := hunks(base, ours), hunks(base, theirs)
	var out []region
	at := region{} // the end of what is covered so far
	for len(a) > 0 || len(b) > 0 {
		start := firstStart(a, b)
		out = appendRegion(out, &at, nobody, span{at.base.hi, start}, 0, 0)

		end, dOurs, dTheirs, by := start, 0, 0, author(0)
		for {
			switch {
			case len(a) > 0 && a[0].old.lo <= end:
				end, dOurs = max(end, a[0].old.hi), dOurs+a[0].growth()
				by, a = join(by, oursOnly), a[1:]
				continue
			case len(b) > 0 && b[0].old.lo <= end:
				end, dTheirs = max(end, b[0].old.hi), dTheirs+b[0].growth()
				by, b = join(by, theirsOnly), b[1:]
				continue
			}
			break
		}
		out = appendRegion(out, &at, by, span{start, end}, dOurs, dTheirs)
	}
	return appendRegion(out, &at, nobody, span{at.base.hi, len(base)}, 0, 0)
}

func firstStart(a, b []hunk) int {
	switch {
	case len(a) == 0:
		return b[0].old.lo
	case len(b) == 0:
		return a[0].old.lo
	default:
		return min(a[0].old.lo, b[0].old.lo)
	}
}

func join(a, b author) author {
	if a == 0 || a == b {
		return b
	}
	return bothSides
}

// appendRegion extends all three files past base, which grew by dOurs and
// dTheirs lines on the two sides.
func appendRegion(out []region, at *region, by author, base span, dOurs, dTheirs int) []region {
	n := base.hi - base.lo
	*at = region{
		by:     by,
		base:   base,
		ours:   span{at.ours.hi, at.ours.hi + n + dOurs},
		theirs: span{at.theirs.hi, at.theirs.hi + n + dTheirs},
	}
	if by == nobody && n == 0 {
		return out
	}
	return append(out, *at)
}
