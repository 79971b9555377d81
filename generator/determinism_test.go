package generator_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestDeterministic runs the generator in surroundings that have nothing in common but the configuration.
func TestDeterministic(t *testing.T) {
	config := readFile(t, "../golden/custom-sqlite/betterauth.yaml")
	a, b := newProject(t, config), filepath.Join(newProject(t, config), "deeper", "Ünïcode and spaces")
	writeFile(t, filepath.Join(b, "go.mod"), readFile(t, filepath.Join(a, "go.mod")))
	writeFile(t, filepath.Join(b, "betterauth.yaml"), config)
	surroundings(t, a, "TZ=UTC", "LANG=C", "LC_ALL=C", "GOMAXPROCS=1", "USER=root")
	surroundings(t, b, "TZ=Asia/Kathmandu", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8", "GOMAXPROCS=7", "USER=somebody", "GODEBUG=randautoseed=0")
	if diff := difference(snapshot(t, a), snapshot(t, b)); len(diff) > 0 {
		t.Errorf("two runs differ: %s", strings.Join(diff, ", "))
	}
	for name, text := range snapshot(t, a) {
		if strings.Contains(text, a) || strings.Contains(text, os.TempDir()) && !strings.HasSuffix(name, ".base") && !strings.HasSuffix(name, ".go") {
			t.Errorf("%s names a folder of this machine", name)
		}
	}
}

// surroundings runs the generator in a process with a home and an environment of its own.
func surroundings(t *testing.T, dir string, env ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(env, runHere+"="+dir, "HOME="+t.TempDir(), "TMPDIR="+t.TempDir(), "PATH="+os.Getenv("PATH"))
	for _, line := range strings.Fields(command(t, dir, "go", "env", "-changed")) {
		cmd.Env = append(cmd.Env, strings.ReplaceAll(line, "'", ""))
	}
	for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPROXY", "GOSUMDB"} {
		cmd.Env = append(cmd.Env, name+"="+strings.TrimSpace(command(t, dir, "go", "env", name)))
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
