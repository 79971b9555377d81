package replay

import (
	"maps"
	"path"
	"slices"
)

// Select takes the files that both sides changed, and those of the same folders that declare, in some
// version, what another one declares in some version: between these, declarations have been moved.
func (m *Merge) Select(files map[string]Versions) {
	contested := map[string]bool{}
	declaring := map[string]map[string][]string{} // folder → name → files
	for file, v := range files {
		dir := path.Dir(file)
		contested[dir] = contested[dir] || v.Contested()
		if declaring[dir] == nil {
			declaring[dir] = map[string][]string{}
		}
		for name := range v.names() {
			declaring[dir][name] = append(declaring[dir][name], file)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		v, dir := files[file], path.Dir(file)
		if v.Contested() || contested[dir] && v.changed() && v.shares(declaring[dir]) {
			m.Files = append(m.Files, newFile(file, v))
		}
	}
}

func (v Versions) names() map[string]bool {
	return reader{}.readAll(map[string][]byte{"base": v.Base, "ours": v.Ours, "theirs": v.Theirs}).names
}

func (v Versions) shares(declaring map[string][]string) bool {
	for name := range v.names() {
		if len(declaring[name]) > 1 {
			return true
		}
	}
	return false
}

// changed reports that the file is not the same in all versions that are merged.
func (v Versions) changed() bool {
	return string(v.Base) != string(v.Ours) || string(v.Base) != string(v.Theirs)
}
