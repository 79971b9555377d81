package reconcile

import (
	"fmt"
	"slices"
)

// Choices are what the user said about single files.
type Choices struct {
	Force   []string // overwrite, although edited or not ours
	Ours    []string // in a conflict keep the file on disk
	Theirs  []string // in a conflict take the new text
	Restore []string // create again, although deleted
	// Markers writes conflicts into these files instead of stopping; "*" stands
	// for every file.
	Markers []string
	// Rebase replaces every generated file, edited or not, and takes bases that
	// version control could not merge from before the branches parted.
	Rebase bool
	// Resolved are files whose conflicts the user has settled one by one.
	Resolved map[string]Resolution
}

// everyFile stands for all files in Choices.Markers.
const everyFile = "*"

// Resolution is a merged text, good for the texts it was made from.
type Resolution struct{ Ours, Theirs, Text []byte }

// Choice is what the user said about one file, by the flag it was said with.
type Choice struct{ Flag, Path string }

// Each calls visit for every file that a flag names. The path may be changed in place.
func (c *Choices) Each(visit func(flag string, path *string)) {
	for _, list := range []struct {
		flag  string
		paths []string
	}{{"--force", c.Force}, {"--ours", c.Ours}, {"--theirs", c.Theirs}, {"--restore", c.Restore}, {"--markers", c.Markers}} {
		for i := range list.paths {
			if list.paths[i] != everyFile {
				visit(list.flag, &list.paths[i])
			}
		}
	}
}

// Clone returns choices that can be changed without changing c.
func (c Choices) Clone() Choices {
	for _, paths := range []*[]string{&c.Force, &c.Ours, &c.Theirs, &c.Restore, &c.Markers} {
		*paths = slices.Clone(*paths)
	}
	return c
}

// Validate returns an error when two flags say different things about one file.
func (c Choices) Validate() (err error) {
	said := map[string]string{}
	c.Each(func(flag string, path *string) {
		if before, twice := said[*path]; twice && before != flag && err == nil {
			err = fmt.Errorf("%s and %s contradict each other about %s", before, flag, *path)
		}
		said[*path] = flag
	})
	return err
}

// Idle returns the choices that decided nothing: those about files that betterauth-gen has nothing to do with, and
// those about files in which there was nothing to decide.
func (p *Plan) Idle() (unknown, needless []Choice) {
	p.in.Choices.Each(func(flag string, path *string) {
		c := Choice{flag, *path}
		_, own := p.in.Own[c.Path]
		switch {
		case p.decided[c.Path]:
		case own, slices.ContainsFunc(p.Actions, func(a Action) bool { return a.Path == c.Path }):
			needless = append(needless, c)
		default:
			unknown = append(unknown, c)
		}
	})
	return unknown, needless
}
