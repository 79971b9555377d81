package reconcile

import (
	"path"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// landmark is emitted whatever the configuration says, and only in the folder of the output.
const landmark = "plugins_gen.go"

// relocate takes the record for that of the tree's folder when the user has moved the files there: the folder
// they were recorded in is gone, and there are files in the new one. Otherwise every edit would look like a
// file of somebody else's.
func (in *Input) relocate(r workspace.Reader) error {
	from, to := in.recordedOutput(), in.Tree.Output
	if from == "" || to == "" || from == to {
		return nil
	}
	for dir, want := range map[string]bool{from: false, to: true} {
		if there, err := in.anyBelow(r, dir, from); err != nil || there != want {
			return err
		}
	}
	in.Relocated = map[string]string{}
	move := func(name string) string {
		rest, ok := strings.CutPrefix(name, from+"/")
		if !ok {
			return name
		}
		in.Relocated[path.Join(to, rest)] = name
		return path.Join(to, rest)
	}
	lock := &workspace.Lock{Version: in.Lock.Version}
	for _, e := range in.Lock.Entries {
		e.Path = move(e.Path)
		lock.Entries = append(lock.Entries, e)
	}
	for _, name := range in.Lock.Deleted {
		lock.Deleted = append(lock.Deleted, move(name))
	}
	in.Lock = lock
	return nil
}

// recordedOutput is the folder of the output as it was, or "".
func (in *Input) recordedOutput() string {
	i := slices.IndexFunc(in.Lock.Entries, func(e workspace.Entry) bool { return path.Base(e.Path) == landmark })
	if i < 0 {
		return ""
	}
	return path.Dir(in.Lock.Entries[i].Path)
}

// anyBelow reports whether recorded files are there, with dir in the place of the folder they were recorded in.
func (in *Input) anyBelow(r workspace.Reader, dir, recorded string) (bool, error) {
	for _, e := range in.Lock.Entries {
		rest, ok := strings.CutPrefix(e.Path, recorded+"/")
		if !ok {
			continue
		}
		found := map[string][]byte{}
		if err := readInto(found, rest, r, path.Join(dir, rest)); err != nil || len(found) > 0 {
			return len(found) > 0, err
		}
	}
	return false, nil
}
