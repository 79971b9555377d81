package merge

// hunk replaces the lines old of one file by the lines new of the other.
type hunk struct{ old, new span }

func (h hunk) growth() int { return (h.new.hi - h.new.lo) - (h.old.hi - h.old.lo) }

// hunks is the edit script from a to b, in order, with at least one common
// line between neighbours.
func hunks(a, b []line) []hunk { return hunksOf(keys(a, b)) }

func hunksOf(a, b []int) []hunk {
	d := &differ{a: a, b: b, delA: make([]bool, len(a)), insB: make([]bool, len(b))}
	d.run()
	slide(d.a, d.delA, d.insB)
	slide(d.b, d.insB, d.delA)

	var out []hunk
	for i, j := 0, 0; i < len(a) || j < len(b); {
		if (i == len(a) || !d.delA[i]) && (j == len(b) || !d.insB[j]) {
			i, j = i+1, j+1
			continue
		}
		h := hunk{span{i, i}, span{j, j}}
		for i < len(a) && d.delA[i] {
			i++
		}
		for j < len(b) && d.insB[j] {
			j++
		}
		h.old.hi, h.new.hi = i, j
		out = append(out, h)
	}
	return out
}

// keys numbers the distinct lines of both files, so that comparing two lines
// is comparing two ints.
func keys(a, b []line) ([]int, []int) {
	seen := make(map[string]int, len(a))
	number := func(lines []line) []int {
		out := make([]int, len(lines))
		for i, l := range lines {
			id, ok := seen[l.text]
			if !ok {
				id = len(seen)
				seen[l.text] = id
			}
			out[i] = id
		}
		return out
	}
	return number(a), number(b)
}
