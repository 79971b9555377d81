package live

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"testing/fstest"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// The variables that make the test binary a run that kills itself.
const (
	killAt  = "LIVE_TEST_KILL_AT" // how many points to pass
	killWay = "LIVE_TEST_WAY"
	killDB  = "LIVE_TEST_DATABASE"
	killDir = "LIVE_TEST_DIR"
)

func TestMain(m *testing.M) {
	if os.Getenv(killAt) != "" {
		if err := doomedRun(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// doomedRun migrates and ends the process at the given point, the way a crash
// does.
func doomedRun() error {
	points, err := strconv.Atoi(os.Getenv(killAt))
	if err != nil {
		return err
	}
	log, err := migration.LoadLog(os.DirFS(os.Getenv(killDir)))
	if err != nil {
		return err
	}
	scripts, err := log.Scripts(os.DirFS(filepath.Join(os.Getenv(killDir), "migrations")))
	if err != nil {
		return err
	}
	ctx := context.Background()
	d, _ := log.Dialect()
	m, err := Open(ctx, d, os.Getenv(killDB), scripts)
	if err != nil {
		return err
	}
	m.point = func() {
		if points--; points < 0 {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}
	if os.Getenv(killWay) == "down" {
		_, err = m.Down(ctx, len(log.Entries)-1)
	} else {
		_, err = m.Up(ctx)
	}
	return err
}

// TestKilled kills a run at every point between two effects on the database, up
// and down. The next run must bring the database to where the first was going.
func TestKilled(t *testing.T) {
	target := with(unique(column("handle", schema.String)),
		now(column("seenAt", schema.Date)),
		required(column("plan", schema.String), "free"),
		references(indexed(column("bossId", schema.String)), "user", "set null"))
	target.Tables = append(target.Tables, schema.RateLimit())
	eachDialect(t, func(t *testing.T, d schema.Dialect) {
		want := map[string]string{"up": created(t, d, target), "down": created(t, d, schema.Core())}
		for _, way := range []string{"up", "down"} {
			kills := 0
			for reached := true; reached && kills < 100; kills++ {
				t.Run(fmt.Sprintf("%s %d", way, kills), func(t *testing.T) { // closes its connections
					reached = killAndRepair(t, d, target, way, kills, want[way])
				})
			}
			if kills < 4 || kills == 100 {
				t.Errorf("%s: killed at %d points", way, kills-1)
			}
		}
	})
}

// killAndRepair reports whether the run got as far as the point.
func killAndRepair(t *testing.T, d schema.Dialect, target schema.Schema, way string, point int, want string) bool {
	p := newProject(t, d)
	p.migrate(schema.Core())
	insertRows(t, d, p.db, schema.Core())
	p.write(schema.Diff(p.log.Schema(), target, schema.DiffOptions{}).Changes)
	if way == "down" {
		p.up()
	}
	if !p.killed(way, point) {
		return false
	}
	m := p.open()
	var err error
	if way == "up" {
		_, err = m.Up(t.Context())
	} else {
		err = m.downToFirst(t.Context())
	}
	if err != nil {
		t.Fatalf("the next run: %v", err)
	}
	if got := structure(t, d, p.db); !same(got, want, d == schema.SQLite) {
		t.Errorf("got\n%s\n\nwant\n%s", got, want)
	}
	if got := query(t, p.db, "SELECT count(*) FROM session"); got[0] != "1" {
		t.Errorf("%s sessions, want 1", got[0])
	}
	return true
}

// downToFirst takes back all but the first migration.
func (m *Migrator) downToFirst(ctx context.Context) error {
	for {
		all, err := m.Status(ctx)
		if err != nil || len(all) < 2 || !all[1].Applied {
			return err
		}
		if _, err := m.Down(ctx, 1); err != nil {
			return err
		}
	}
}

// killed runs a child that dies at a point, and reports whether it got that far.
func (p *project) killed(way string, point int) bool {
	p.t.Helper()
	dir := p.t.TempDir()
	for _, files := range []struct {
		folder string
		files  map[string][]byte
	}{{"migrations", contents(p.files)}, {".", contents(p.repo)}} {
		for name, data := range files.files {
			path := filepath.Join(dir, files.folder, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				p.t.Fatal(err)
			}
			if err := os.WriteFile(path, data, 0o644); err != nil {
				p.t.Fatal(err)
			}
		}
	}
	cmd := exec.CommandContext(p.t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), killAt+"="+strconv.Itoa(point), killWay+"="+way, killDB+"="+p.url, killDir+"="+dir)
	cmd.Stderr = os.Stderr
	err := cmd.Run()
	if err == nil {
		return false
	}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || !status.Signaled() {
		p.t.Fatalf("the child failed: %v", err)
	}
	return true
}

func contents(files map[string]*fstest.MapFile) map[string][]byte {
	out := map[string][]byte{}
	for name, file := range files {
		out[name] = file.Data
	}
	return out
}
