package generator

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/advisory"
	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/merge"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
	"github.com/betterauth-gen/betterauth-gen/generator/resolve"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// CodeAdvisory marks what a run does about a known flaw.
const CodeAdvisory = "BA131"

// Outcome is what a run does about a flaw that is in the code.
type Outcome string

// The outcomes.
const (
	FixedCleanly  Outcome = "fixed"    // the flawed code was ours alone, and is replaced
	FixedByMerge  Outcome = "merged"   // the fix goes between edits of the user's
	FixConflicts  Outcome = "conflict" // edits are in the way of the fix
	FixIsDeclined Outcome = "declined" // the user keeps, moved or deleted what the fix would change
)

// Advised is an advisory that concerns this run: at its start the code does not have the fix.
type Advised struct {
	advisory.Finding
	Outcome Outcome
}

// advise finds out what the plan does about known flaws, by looking at the code before and after.
func (b *build) advise() error {
	m, actions := b.plan.Model, b.plan.Files.Actions
	now, err := onDisk(b.Reader, m)
	if err != nil {
		return err
	}
	then := now
	then.Package = func(dir string) (map[string][]byte, error) {
		files, err := now.Package(dir)
		if err == nil {
			carryOut(files, path.Join(m.Output, dir), actions)
		}
		return files, err
	}
	for _, a := range concerning(m, b.Advisories) {
		before, err := now.Look(a)
		if err != nil {
			return err
		}
		after, err := then.Look(a)
		if err != nil {
			return err
		}
		if !before.Outstanding() {
			continue
		}
		advised := Advised{before, outcome(before, after, m.Output, actions)}
		b.plan.Advisories = append(b.plan.Advisories, advised)
		b.plan.Diags.Add(advised.diagnostic())
	}
	return nil
}

// carryOut makes of files, which are those in dir, what they will be.
func carryOut(files map[string][]byte, dir string, actions []reconcile.Action) {
	for _, a := range actions {
		switch {
		case path.Dir(a.Path) != dir || !isCode(a.Path) || a.Kind == reconcile.Conflict || a.Kind == reconcile.Refuse:
		case a.Result == nil:
			delete(files, a.Path)
		default:
			files[a.Path] = a.Result
		}
	}
}

// outcome judges by the probe alone whether the flaw goes; what the plan does to the files only says how.
func outcome(before, after advisory.Finding, output string, actions []reconcile.Action) Outcome {
	places := []string{before.Path, after.Path}
	for _, file := range before.Files {
		places = append(places, path.Join(output, file))
	}
	done := FixedCleanly
	if after.Outstanding() {
		done = FixIsDeclined
	}
	for _, a := range actions {
		switch {
		case !after.Outstanding():
			if a.Path == after.Path && a.Kind == reconcile.Merge {
				return FixedByMerge
			}
		case slices.Contains(places, a.Path):
			if a.Kind == reconcile.Conflict || a.Kind == reconcile.Refuse || a.Writes() && merge.HasMarkers(a.Result) {
				return FixConflicts
			}
		}
	}
	return done
}

func (a Advised) diagnostic() diag.Diagnostic {
	d := diag.Diagnostic{
		Severity: diag.Warning, Code: CodeAdvisory, Pos: diag.Position{File: a.Path, Line: a.Line},
		Summary: fmt.Sprintf("%s, %s: %s", a.ID, a.Severity, a.Title),
	}
	switch a.Outcome {
	case FixedCleanly:
		d.Severity, d.Detail = diag.Note, "the new version fixes it"
	case FixedByMerge:
		d.Detail = "the new version fixes it, between your edits; please review them"
	case FixConflicts:
		d.Detail = "your edits and the fix conflict; the flaw stays until they are settled"
	case FixIsDeclined:
		d.Suggestion = a.Advice + "; if your code is fine, say why: advisories.allow: {" + a.ID + ": …}"
		d.Detail = "the fix is not in your code, which the new version leaves as it is"
		if a.State == advisory.Unknown {
			d.Detail = fmt.Sprintf("%s is not in package %s any more; see whether your code has the fix", a.Probe.Declaration, a.Probe.Package)
		}
	}
	return d
}

// Outstanding returns those of list that the code on disk does not have the fix of.
func Outstanding(r workspace.Reader, m *resolve.Model, list []advisory.Advisory) ([]advisory.Finding, error) {
	project, err := onDisk(r, m)
	if err != nil {
		return nil, err
	}
	var out []advisory.Finding
	for _, a := range concerning(m, list) {
		f, err := project.Look(a)
		if err != nil {
			return nil, err
		}
		if f.Outstanding() {
			out = append(out, f)
		}
	}
	return out, nil
}

// concerning leaves out what the user has judged.
func concerning(m *resolve.Model, list []advisory.Advisory) []advisory.Advisory {
	return slices.DeleteFunc(slices.Clone(list), func(a advisory.Advisory) bool {
		_, judged := m.Config.Generation.Advisories.Allow.Get(a.ID)
		return judged
	})
}

// onDisk is the code as it is.
func onDisk(r workspace.Reader, m *resolve.Model) (advisory.Project, error) {
	lock, err := workspace.ReadBothLocks(r)
	if err != nil {
		return advisory.Project{}, err
	}
	return advisory.Project{
		Import: path.Join(m.Module, m.Output),
		Package: func(dir string) (map[string][]byte, error) {
			return packageFiles(r, path.Join(m.Output, dir))
		},
		Emitted: func(file string) (string, bool) {
			where := path.Join(m.Output, file)
			_, ok := lock.Find(where)
			return where, ok
		},
	}, nil
}

// packageFiles reads the Go files in dir, without tests.
func packageFiles(r workspace.Reader, dir string) (map[string][]byte, error) {
	names, err := r.List(dir)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, name := range names {
		if path.Dir(name) != dir || !isCode(name) {
			continue
		}
		if files[name], err = r.ReadFile(name); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// isCode reports a Go file that is no test.
func isCode(name string) bool { return path.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go") }
