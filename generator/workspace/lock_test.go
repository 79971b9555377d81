package workspace

import (
	"strings"
	"testing"
)

func TestLockRoundTrip(t *testing.T) {
	sum := SumOf([]byte("x\n"))
	in := &Lock{Version: "v1.2.3", Entries: []Entry{
		{Shared, sum, "b/with space.go"}, {Gen, sum, "a_gen.go"}, {Ledger, sum, "z.sql"}, {Once, sum, "c.go"},
	}}
	text := in.Format()
	want := "# Which files betterauth-gen emitted, and their checksums. Commit this file.\nversion: v1.2.3\nfiles:\n" +
		"- gen " + string(sum) + " a_gen.go\n- shared " + string(sum) + " b/with space.go\n" +
		"- once " + string(sum) + " c.go\n- ledger " + string(sum) + " z.sql\n"
	if string(text) != want {
		t.Errorf("got\n%s", text)
	}
	crlf := strings.ReplaceAll(string(text), "\n", "\r\n")
	for _, form := range []string{string(text), crlf} {
		out, err := ParseLock([]byte(form))
		if err != nil {
			t.Fatal(err)
		}
		if out.Version != "v1.2.3" || string(out.Format()) != want {
			t.Errorf("got %+v", out)
		}
	}
	if e, ok := in.Find("c.go"); !ok || e.Class != Once {
		t.Errorf("got %v, %v", e, ok)
	}
}

func TestSumIgnoresLineEndings(t *testing.T) {
	if SumOf([]byte("a\r\nb\r\n")) != SumOf([]byte("a\nb\n")) || SumOf([]byte("a")) == SumOf([]byte("a\n")) {
		t.Error("SumOf is wrong")
	}
}

func TestLockErrors(t *testing.T) {
	sum := string(SumOf(nil))
	head := "version: v1\nfiles:\n"
	for text, want := range map[string]string{
		"":                                            `.betterauth/lock.yaml:1:1: error: expected "version: "`,
		"# only a comment\n":                          "1:1: error: no version line",
		"files:\n":                                    `1:1: error: expected "version: "`,
		"version: \nfiles:\n":                         "1:1: error: expected",
		"version: v1\n- gen x y\n":                    `2:1: error: expected "files:"`,
		head + "gen " + sum + " a\n":                  `3:1: error: expected "- class`,
		head + "- gen " + sum + "\n":                  `3:1: error: expected "- class`,
		head + "- mine " + sum + " a\n":               `3:3: error: unknown class "mine"`,
		head + "- patch " + sum + " a\n":              `3:3: error: unknown class "patch"`,
		head + "- gen 12 a\n":                         `3:7: error: "12" is not a SHA-256`,
		head + "- gen " + sum + " ../a\n":             "3:72: error: ",
		head + "- gen " + sum + " a\n\n":              `4:1: error: expected "- class`,
		head + strings.Repeat("- gen "+sum+" a\n", 2): "4:72: error: a is already on line 3",
		head + "<<<<<<< x\n=======\n>>>>>>> y\n":      "unresolved merge conflict",
	} {
		_, err := ParseLock([]byte(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func TestReadLockMissing(t *testing.T) {
	lock, err := ReadLock(open(t, t.TempDir()))
	if err != nil || lock.Version != "" || len(lock.Entries) != 0 {
		t.Errorf("got %v, %v", lock, err)
	}
}

func FuzzParseLock(f *testing.F) {
	f.Add([]byte("version: v1\nfiles:\n- gen " + string(SumOf(nil)) + " a\n"))
	f.Add([]byte("version: v1\nfiles:\n- shared x ../y\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		lock, err := ParseLock(data)
		if err != nil {
			if !strings.Contains(err.Error(), LockPath+":") {
				t.Errorf("no position: %v", err)
			}
			return
		}
		again, err := ParseLock(lock.Format())
		if err != nil || string(again.Format()) != string(lock.Format()) {
			t.Errorf("not stable: %v", err)
		}
	})
}

func TestPaths(t *testing.T) {
	for _, bad := range []string{"", ".", "/a", "../a", "a/../b", "a//b", "a\nb", `a\b`, "c:x", ".git/config"} {
		if CheckPath(bad) == nil {
			t.Errorf("%q accepted", bad)
		}
	}
	for _, good := range []string{"a", "a b/c.go", ".env", ".gitignore", "ö.go"} {
		if err := CheckPath(good); err != nil {
			t.Error(err)
		}
	}
	if path, ok := PathOfBase(BasePath("x/y.go")); !ok || path != "x/y.go" {
		t.Errorf("got %q, %v", path, ok)
	}
	if _, ok := PathOfBase("x.base"); ok {
		t.Error("not below the base folder")
	}
}
