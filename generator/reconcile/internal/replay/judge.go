package replay

import (
	"fmt"
	"maps"
	"slices"
)

// Fault is what is wrong, or at least different, about a merge that was clean. What names the declaration
// or the line.
type Fault struct{ Path, What, Why string }

// judge compares a clean merge of one file with its versions. Folder is what the merge left in the whole
// folder, where declarations may have been moved to.
func (r reader) judge(file string, v Versions, merged []byte, folder source) []Fault {
	j := judgement{path: file, folder: folder}
	var parsed [4]bool
	j.base, parsed[0] = r.read(v.Base)
	j.ours, parsed[1] = r.read(v.Ours)
	j.theirs, parsed[2] = r.read(v.Theirs)
	j.merged, parsed[3] = r.read(merged)
	if slices.Contains(parsed[:3], false) {
		return nil
	}
	if !parsed[3] {
		j.fault(file, "does not parse")
		return j.faults
	}
	j.names()
	result, _ := r.read(v.Result)
	if !maps.Equal(result.decls, j.merged.decls) {
		j.lines(result)
		j.result(result)
	}
	return j.faults
}

type judgement struct {
	path                       string
	base, ours, theirs, merged source
	folder                     source
	faults                     []Fault
}

func (j *judgement) fault(what, format string, args ...any) {
	j.faults = append(j.faults, Fault{j.path, what, fmt.Sprintf(format, args...)})
}

// names finds declarations that were lost: one side has them, and the other did not take them away.
func (j *judgement) names() {
	for _, side := range [][2]source{{j.ours, j.theirs}, {j.theirs, j.ours}} {
		for _, name := range slices.Sorted(maps.Keys(side[0].names)) {
			if !j.folder.names[name] && (!j.base.names[name] || side[1].names[name]) {
				j.fault(name, "the declaration is lost")
			}
		}
	}
}

// lines finds edits that were lost. A line that is in no version twice has come, gone or stayed on each
// side, so there is no doubt about what has to be.
func (j *judgement) lines(result source) {
	for _, l := range slices.Sorted(maps.Keys(union(j.base.lines, j.ours.lines, j.theirs.lines))) {
		b, o, t := j.base.lines[l], j.ours.lines[l], j.theirs.lines[l]
		got := j.merged.lines[l]
		if max(b, o, t) > 1 || got == result.lines[l] {
			continue
		}
		want := o
		if o == b {
			want = t
		}
		switch {
		case got < want && j.folder.lines[l] == 0:
			j.fault(l, "the line is lost")
		case got > want && want == 0:
			j.fault(l, "the line has come back")
		case got > want:
			j.fault(l, "the line is there twice")
		}
	}
}

// result compares with what the project made of it. Of a declaration that at most one side changed there
// is nothing to decide; where the project has it otherwise, it went on working.
func (j *judgement) result(result source) {
	for _, key := range slices.Sorted(maps.Keys(j.merged.decls)) {
		b, o, t, m := j.base.decls[key], j.ours.decls[key], j.theirs.decls[key], j.merged.decls[key]
		r, there := result.decls[key]
		if there && m != r && o != b && t != b && o != t {
			j.fault(key, "both sides changed it, and the project has it otherwise")
		}
	}
}

func union(sets ...map[string]int) map[string]bool {
	out := map[string]bool{}
	for _, s := range sets {
		for k := range s {
			out[k] = true
		}
	}
	return out
}
