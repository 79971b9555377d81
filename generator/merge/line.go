package merge

// LineIn returns the line of ours that a line of the merged text is, counted
// from one. It is not ours when the merge brought it; then it is the line
// before which it would come.
func LineIn(ours, merged []byte, line int) (at int, isOurs bool) {
	a, b := split(ours), split(merged)
	shift := 0
	for _, h := range hunks(a, b) {
		switch {
		case line-1 < h.new.lo:
			return line - shift, true
		case line-1 < h.new.hi:
			return min(h.old.lo+1, max(len(a), 1)), false
		}
		shift += h.growth()
	}
	return line - shift, true
}
