package merge

import "slices"

// paired finds what both sides have put in the place of one and the same chunk of base, and gives it the
// key of that chunk. Without it, a declaration that each side has renamed otherwise would be two new ones,
// and so would one that nothing but its text identifies, `var _ = Describe(…)`, when both sides edit it.
func paired(base, ours, theirs []chunk) (o, t []chunk) {
	inBase, inOurs, inTheirs := byKey(base), byKey(ours), byKey(theirs)
	for i, c := range base {
		if inOurs[c.key] != nil || inTheirs[c.key] != nil {
			continue
		}
		x, y := standIn(base, i, ours, inBase, inTheirs), standIn(base, i, theirs, inBase, inOurs)
		nameless := c.stays
		if x >= 0 && (y >= 0 || nameless) {
			ours = withKey(ours, x, c.key)
			inOurs = byKey(ours)
		}
		if y >= 0 && (x >= 0 || nameless) {
			theirs = withKey(theirs, y, c.key)
			inTheirs = byKey(theirs)
		}
	}
	return ours, theirs
}

func withKey(list []chunk, i int, key string) []chunk {
	list = slices.Clone(list)
	list[i].key = key
	return list
}

// standIn returns the index in side of the chunk that stands for base[i], which side does not have any
// more, or -1: of the new chunks the first that is much like it, or else the one that is where it was.
func standIn(base []chunk, i int, side []chunk, inBase, inOther map[string]*chunk) int {
	fresh := func(c chunk) bool { return inBase[c.key] == nil && inOther[c.key] == nil }
	for n, c := range side {
		if fresh(c) && alike(base[i].text, c.text) {
			return n
		}
	}
	at := 0
	for j := i - 1; j >= 0 && at == 0; j-- {
		at = 1 + slices.IndexFunc(side, func(c chunk) bool { return c.key == base[j].key })
	}
	if at < len(side) && fresh(side[at]) {
		return at
	}
	return -1
}

// alike reports that at least half of two texts is lines they have in common.
func alike(a, b []byte) bool {
	x, y := split(a), split(b)
	common, at := 0, 0
	for _, h := range append(hunks(x, y), hunk{old: span{len(x), len(x)}}) {
		for _, l := range x[at:h.old.lo] {
			common += len(l.text)
		}
		at = h.old.hi
	}
	return 4*common >= len(a)+len(b)
}
