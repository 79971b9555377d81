package merge

// slide moves every run of changed lines as far down as it can go without
// changing the meaning, and joins runs that meet. A run may move by one line
// whenever the line leaving it at one end equals the line entering it at the
// other. If it can face a change of the other file on the way, it stays at
// the lowest such place, so that a deletion and an insertion become one
// replacement. One fixed rule, the one git has, makes both sides of a merge
// put the same edit at the same line.
func slide(file []int, changed, other []bool) {
	facing := runsBeforeLine(other)
	for lo, k := 0, 0; lo < len(file); {
		if !changed[lo] {
			lo, k = lo+1, k+1
			continue
		}
		r := run{file: file, changed: changed, lo: lo, hi: lo + 1, k: k}
		r.absorb()
		r.settle(facing)
		lo, k = r.hi, r.k
	}
}

// runsBeforeLine tells for each k whether lines were changed just before the
// k-th unchanged line. Unchanged lines pair up between the two files, so k
// means the same place in both.
func runsBeforeLine(changed []bool) []bool {
	out := []bool{false}
	for _, c := range changed {
		if c {
			out[len(out)-1] = true
		} else {
			out = append(out, false)
		}
	}
	return out
}

// run is a maximal range [lo, hi) of changed lines after k unchanged ones.
type run struct {
	file    []int
	changed []bool
	lo, hi  int
	k       int
}

func (r *run) settle(facing []bool) {
	var matched bool
	for size := 0; size != r.hi-r.lo; {
		size = r.hi - r.lo
		for r.up() {
		}
		matched = facing[r.k]
		for r.down() {
			matched = matched || facing[r.k]
		}
	}
	for matched && !facing[r.k] {
		r.up()
	}
}

func (r *run) up() bool {
	if r.lo == 0 || r.file[r.lo-1] != r.file[r.hi-1] {
		return false
	}
	r.lo, r.hi, r.k = r.lo-1, r.hi-1, r.k-1
	r.changed[r.lo], r.changed[r.hi] = true, false
	r.absorb()
	return true
}

func (r *run) down() bool {
	if r.hi == len(r.file) || r.file[r.lo] != r.file[r.hi] {
		return false
	}
	r.changed[r.lo], r.changed[r.hi] = false, true
	r.lo, r.hi, r.k = r.lo+1, r.hi+1, r.k+1
	r.absorb()
	return true
}

// absorb takes in changed lines the run has come to touch.
func (r *run) absorb() {
	for r.lo > 0 && r.changed[r.lo-1] {
		r.lo--
	}
	for r.hi < len(r.file) && r.changed[r.hi] {
		r.hi++
	}
}
