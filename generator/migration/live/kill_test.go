package live

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/fstest"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// The variables that make the test binary a run that kills itself.
const (
	killAt  = "LIVE_TEST_KILL_AT" // how many writes may pass
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

// doomedRun migrates and ends the process in place of the given write.
func doomedRun() error {
	writes, err := strconv.Atoi(os.Getenv(killAt))
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
	d := log.Entries[0].Dialect
	name, dsn, err := dataSource(d, os.Getenv(killDB))
	if err != nil {
		return err
	}
	db, err := openDying(name, dsn, writes)
	if err != nil {
		return err
	}
	m, err := newMigrator(d, db, scripts)
	if err != nil {
		return err
	}
	if os.Getenv(killWay) == "down" {
		_, err = m.Down(context.Background(), len(log.Entries)-1)
	} else {
		_, err = m.Up(context.Background())
	}
	return err
}

// TestKilled kills a run in place of each of its writes, the first run on an empty database, one on a database
// with rows, and one on the way back. What is half done then is said, and the next run brings the database to
// where the first was going, with each migration recorded once.
func TestKilled(t *testing.T) {
	target := with(unique(column("handle", schema.String)),
		now(column("seenAt", schema.Date)),
		required(column("plan", schema.String), "free"),
		references(indexed(column("bossId", schema.String)), "user", "set null"))
	target.Tables = append(target.Tables, schema.RateLimit())
	eachDialect(t, func(t *testing.T, d schema.Dialect) {
		for _, way := range []string{"first", "up", "down"} {
			c := &crash{dialect: d, way: way, target: target}
			c.before(t)
			const together = 8
			kills := 0
			for c.ended.Load() == 0 && kills < 200 {
				t.Run(fmt.Sprintf("%s from %d", way, kills), func(t *testing.T) { // ends when all of them have
					for range together {
						write := kills
						t.Run(strconv.Itoa(write), func(t *testing.T) {
							t.Parallel()
							c.at(t, write)
						})
						kills++
					}
				})
			}
			if n := kills - int(c.ended.Load()); n < 8 || kills >= 200 {
				t.Errorf("%s: killed in place of %d writes", way, n)
			}
		}
	})
}

// crash is a run that does not come to its end.
type crash struct {
	dialect schema.Dialect
	way     string
	target  schema.Schema
	whole   []string     // structures after each number of migrations
	ended   atomic.Int32 // runs that had come to their end before
}

// project returns the migrations, none of them applied. The first run has one.
func (c *crash) project(t *testing.T) *project {
	p := newProject(t, c.dialect)
	p.write(schema.Diff(schema.Schema{}, schema.Core(), schema.DiffOptions{}).Changes)
	if c.way != "first" {
		p.write(schema.Diff(p.log.Schema(), c.target, schema.DiffOptions{}).Changes)
	}
	return p
}

// before reads what whole migrations leave.
func (c *crash) before(t *testing.T) {
	p := c.project(t)
	for n := range len(p.log.Entries) + 1 {
		c.whole = append(c.whole, created(t, c.dialect, p.log.SchemaAfter(n)))
	}
}

// at kills the run in place of the given write, unless it comes to its end before.
func (c *crash) at(t *testing.T, write int) {
	p := c.project(t)
	if c.way != "first" {
		p.upTo(1)
		insertRows(t, c.dialect, p.db, schema.Core())
	}
	if c.way == "down" {
		p.up()
	}
	if !p.killed(c.way, write) {
		c.ended.Add(1)
		return
	}
	c.isSaid(t, p)
	m := p.open()
	want := len(p.log.Entries)
	if c.way != "down" {
		if _, err := m.Up(t.Context()); err != nil {
			t.Fatalf("the next run: %v", err)
		}
	} else {
		want = 1
		if err := m.downToFirst(t.Context()); err != nil {
			t.Fatalf("the next run: %v", err)
		}
	}
	if got := structure(t, c.dialect, p.db); !same(got, c.whole[want], c.dialect == schema.SQLite) {
		t.Errorf("got\n%s\n\nwant\n%s", got, c.whole[want])
	}
	c.recordedOnce(t, p, want)
	if got := query(t, p.db, "SELECT count(*) FROM session"); c.way != "first" && got[0] != "1" {
		t.Errorf("%s sessions, want 1", got[0])
	}
}

// isSaid looks at a database after a kill. It is as a whole number of migrations leaves it, or the status says
// where one stopped. PostgreSQL's indexes of their own begin anew, whatever is left of them.
func (c *crash) isSaid(t *testing.T, p *project) {
	t.Helper()
	all, err := p.open().Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	n, stopped := 0, false
	for _, s := range all {
		stopped = stopped || s.Stopped != nil
		if s.Applied {
			n++
		}
	}
	scripts := p.scripts()
	beginsAnew := func(i int) bool {
		return c.dialect == schema.Postgres && i >= 0 && i < len(scripts) && scripts[i].NoTransaction
	}
	if got := structure(t, c.dialect, p.db); !stopped && !beginsAnew(n) && !beginsAnew(n-1) && !same(got, c.whole[n], c.dialect == schema.SQLite) {
		t.Errorf("%d migrations are recorded, and nothing is said of\n%s\n\nwant\n%s", n, got, c.whole[n])
	}
}

// recordedOnce checks what the database remembers of its migrations.
func (c *crash) recordedOnce(t *testing.T, p *project, want int) {
	t.Helper()
	for _, row := range query(t, p.db, "SELECT version_id, count(*) FROM "+VersionTable+" GROUP BY version_id") {
		if !strings.HasSuffix(row, "|1") {
			t.Errorf("recorded %s times", row)
		}
	}
	if got := query(t, p.db, "SELECT count(*) FROM "+VersionTable+" WHERE version_id > 0"); got[0] != strconv.Itoa(want) {
		t.Errorf("%s migrations are recorded, want %d", got[0], want)
	}
	all, err := p.open().Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if m.Stopped != nil {
			t.Errorf("%s stopped at %d", m.File, m.Stopped.Statement)
		}
	}
}

// upTo applies the first n migrations.
func (p *project) upTo(n int) {
	p.t.Helper()
	m, err := Open(p.t.Context(), p.dialect, p.url, p.scripts()[:n])
	if err == nil {
		_, err = m.Up(p.t.Context())
	}
	if err != nil {
		p.t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		p.t.Fatal(err)
	}
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

// killed runs a child that dies in place of a write, and reports whether it got that far.
func (p *project) killed(way string, write int) bool {
	p.t.Helper()
	dir := p.onDisk()
	cmd := exec.CommandContext(p.t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), killAt+"="+strconv.Itoa(write), killWay+"="+way, killDB+"="+p.url, killDir+"="+dir)
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

// onDisk writes the repository into a folder, with the migrations below it.
func (p *project) onDisk() string {
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
	return dir
}

func contents(files map[string]*fstest.MapFile) map[string][]byte {
	out := map[string][]byte{}
	for name, file := range files {
		out[name] = file.Data
	}
	return out
}
