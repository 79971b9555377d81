package replay

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
)

// TestReplay merges again what public projects have merged. A clean merge loses no declaration and no edit,
// and where both sides changed a declaration it is what the project made of it; explained.txt has the
// reasons of those that are not. The log counts the files that changed on both sides.
func TestReplay(t *testing.T) {
	merges, err := filepath.Glob("testdata/*.json.gz")
	if err != nil || len(merges) == 0 {
		t.Fatalf("%d merges, %v", len(merges), err)
	}
	explained := explanations(t)
	var sum score
	for _, file := range merges {
		m, err := Read(file)
		if err != nil {
			t.Fatal(err)
		}
		folders, err := m.Folders()
		if err != nil {
			t.Fatal(err)
		}
		var s score
		for _, dir := range slices.Sorted(maps.Keys(folders)) {
			s.add(replayFolder(t, m.Project, folders[dir], explained))
		}
		t.Logf("%-22s %v", m.Project, s)
		sum.add(s)
	}
	t.Logf("%-22s %v", "all", sum)
	if sum.worse > 0 || 10*sum.clean < 11*sum.git {
		t.Errorf("of %d conflicts, git merge-file has settled %d", sum.files-sum.clean, sum.worse)
	}
	for e, needed := range explained {
		if !needed {
			t.Errorf("explained, but not so any more: %s", e)
		}
	}
}

func replayFolder(t *testing.T, project string, files map[string]Versions, explained map[string]bool) (s score) {
	t.Helper()
	plan, err := Again(files)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]byte{}
	for name, v := range files {
		if v.Ours != nil {
			got[name] = v.Ours
		}
	}
	kinds := map[string]reconcile.Kind{}
	for _, a := range plan.Actions {
		kinds[a.Path] = a.Kind
		if got[a.Path] = a.Result; a.Result == nil {
			delete(got, a.Path)
		}
	}
	reader := reader{}
	folder := reader.left(files, plan, got)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		v := files[name]
		if !v.Contested() {
			continue
		}
		s.files++
		if v.Git {
			s.git++
		}
		if stopped(kinds[name]) {
			if v.Git {
				s.worse++
			}
			continue
		}
		s.clean++
		faults := reader.judge(name, v, got[name], folder)
		if len(faults) == 0 && reader.same(got[name], v.Result) {
			s.same++
		}
		for _, f := range faults {
			key := project + "\t" + f.Path + "\t" + f.What
			if _, ok := explained[key]; ok {
				explained[key] = true
				continue
			}
			t.Errorf("%s\t%s", key, f.Why)
		}
	}
	return s
}

// left is what a folder declares after a merge. A conflict shows both sides.
func (r reader) left(files map[string]Versions, plan *reconcile.Plan, got map[string][]byte) source {
	texts := maps.Clone(got)
	for _, a := range plan.Actions {
		if stopped(a.Kind) {
			texts[a.Path], texts[a.Path+" (new)"] = files[a.Path].Ours, files[a.Path].Theirs
		}
	}
	all := r.readAll(texts)
	for _, a := range plan.Actions {
		if stopped(a.Kind) {
			all.count(string(a.Result))
		}
	}
	return all
}

func stopped(k reconcile.Kind) bool { return k == reconcile.Conflict || k == reconcile.Refuse }

// TestNotice finds the origin of every merge named beside the data.
func TestNotice(t *testing.T) {
	text, err := os.ReadFile("testdata/NOTICE")
	if err != nil {
		t.Fatal(err)
	}
	merges, err := filepath.Glob("testdata/*.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range merges {
		m, err := Read(file)
		if err != nil {
			t.Fatal(err)
		}
		entry := fmt.Sprintf("\n%s (%s)\n\t%s\n\t%s\n\t%s\n\t%s\n", m.Project, m.Licence, m.Base, m.Ours, m.Theirs, m.Result)
		if !strings.Contains(string(text), entry) || len(m.Notices) == 0 {
			t.Errorf("%s has no notice", file)
		}
	}
}

// score counts files that changed on both sides.
type score struct{ files, git, clean, worse, same int }

func (s *score) add(o score) {
	s.files += o.files
	s.git += o.git
	s.clean += o.clean
	s.worse += o.worse
	s.same += o.same
}

func (s score) String() string {
	return fmt.Sprintf("%4d files: %4d clean, %4d by git merge-file; %4d as the project has it", s.files, s.clean, s.git, s.same)
}

// same reports that a file declares what another one does, word for word.
func (r reader) same(a, b []byte) bool {
	x, okX := r.read(a)
	y, okY := r.read(b)
	return okX && okY && maps.Equal(x.decls, y.decls)
}

// explanations reads explained.txt: merge, file, declaration or line, and reason, with tabs between them.
// The reasons are for people; whether one was needed is noted in the map.
func explanations(t *testing.T) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("explained.txt")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for l := range strings.Lines(string(text)) {
		if strings.HasPrefix(l, "#") || strings.TrimSpace(l) == "" {
			continue
		}
		fields := strings.SplitN(strings.TrimSpace(l), "\t", 4)
		if len(fields) != 4 {
			t.Fatalf("explained.txt: %q gives no reason", l)
		}
		out[strings.Join(fields[:3], "\t")] = false
	}
	return out
}
