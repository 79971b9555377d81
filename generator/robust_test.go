package generator_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
)

const (
	someConfig  = "emailAndPassword: {enabled: true}\n"
	otherConfig = "emailAndPassword: {enabled: true, minPasswordLength: 12}\n"
	oneMore     = someConfig + "plugins: {bearer: {}}\n"
)

// TestRefusals is what can be wrong with a folder. Each is named in the error, and nothing is written.
func TestRefusals(t *testing.T) {
	generated := generate(t, someConfig)
	for _, c := range []struct {
		name  string
		wreck func(t *testing.T, dir string)
		want  string
	}{
		{"syntax error in go.mod", func(t *testing.T, dir string) {
			writeFile(t, filepath.Join(dir, "go.mod"), "module example.com/shop\n\nrequire (\n")
		}, "go.mod:"},
		{"go.mod without a module", func(t *testing.T, dir string) {
			writeFile(t, filepath.Join(dir, "go.mod"), "go 1.26.0\n")
		}, "go.mod has no module line"},
		{"a folder called go.mod", func(t *testing.T, dir string) {
			replaceWithFolder(t, filepath.Join(dir, "go.mod"))
		}, "go.mod is a folder, where a file belongs"},
		{"a folder called betterauth.yaml", func(t *testing.T, dir string) {
			replaceWithFolder(t, filepath.Join(dir, "betterauth.yaml"))
		}, "betterauth.yaml is a folder, where a file belongs"},
		{"a folder in the way of a file", func(t *testing.T, dir string) {
			writeFile(t, filepath.Join(dir, "internal/auth/bearer/plugin.go/x"), "")
		}, "internal/auth/bearer/plugin.go is a folder, where a file belongs"},
		{"a file in the way of a folder", func(t *testing.T, dir string) {
			writeFile(t, filepath.Join(dir, "internal/auth/bearer"), "")
		}, "internal/auth/bearer is a file, where a folder belongs"},
		{"a read-only file", func(t *testing.T, dir string) {
			if err := os.Chmod(filepath.Join(dir, "internal/auth/plugins_gen.go"), 0o444); err != nil {
				t.Fatal(err)
			}
		}, "internal/auth/plugins_gen.go is read-only; make it writable first"},
		{"internal/auth is a link out of the module", func(t *testing.T, dir string) {
			moved := filepath.Join(t.TempDir(), "auth")
			if err := os.Rename(filepath.Join(dir, "internal/auth"), moved); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(moved, filepath.Join(dir, "internal/auth")); err != nil {
				t.Fatal(err)
			}
		}, "internal/auth is a symbolic link out of the module"},
		{"a damaged lock", func(t *testing.T, dir string) {
			writeFile(t, filepath.Join(dir, ".betterauth/lock.yaml"), "\x00")
		}, ".betterauth/lock.yaml"},
		{"a damaged change log", func(t *testing.T, dir string) {
			writeFile(t, filepath.Join(dir, ".betterauth/changes/20260101000000_x.yaml"), "changes: [")
		}, "changes/20260101000000_x.yaml"},
		{"a configuration of ten megabytes", func(t *testing.T, dir string) {
			writeFile(t, filepath.Join(dir, "betterauth.yaml"), oneMore+strings.Repeat("# nothing\n", 1<<20))
		}, "betterauth.yaml"},
		{"a configuration as deep as a well", func(t *testing.T, dir string) {
			writeFile(t, filepath.Join(dir, "betterauth.yaml"), "user: "+strings.Repeat("[", 1<<16))
		}, "betterauth.yaml"},
		{"aliases that multiply", func(t *testing.T, dir string) {
			writeFile(t, filepath.Join(dir, "betterauth.yaml"), laughs())
		}, "betterauth.yaml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := copyOf(t, generated)
			writeFile(t, filepath.Join(dir, "betterauth.yaml"), oneMore)
			c.wreck(t, dir)
			expectRefusal(t, dir, c.want)
		})
	}
}

// expectRefusal runs the generator, which must fail, say so, and leave the folder as it is.
func expectRefusal(t *testing.T, dir, want string) {
	t.Helper()
	before := snapshot(t, dir)
	p, err := run(t.Context(), dir)
	if err == nil {
		t.Fatal("no error")
	}
	said := err.Error()
	if p != nil {
		for _, d := range p.Diags {
			said += "\n" + d.String()
		}
	}
	if !strings.Contains(said, want) || len(said) > 4000 {
		t.Errorf("said %.4000s, want %q", said, want)
	}
	if diff := difference(before, snapshot(t, dir)); len(diff) > 0 {
		t.Errorf("changed %v", diff)
	}
}

func replaceWithFolder(t *testing.T, name string) {
	t.Helper()
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(name, 0o755); err != nil {
		t.Fatal(err)
	}
}

// laughs is a document of a few lines that stands for a billion values.
func laughs() string {
	text := "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c <= 'j'; c++ {
		ref := "*" + string(c-1)
		text += string(c) + ": &" + string(c) + " [" + strings.Repeat(ref+", ", 9) + ref + "]\n"
	}
	return text + "trustedOrigins: *j\n"
}

// TestConfigChangesMeanwhile edits and deletes the configuration after it was read.
func TestConfigChangesMeanwhile(t *testing.T) {
	generated := generate(t, someConfig)
	for name, change := range map[string]func(name string) error{
		"edited":  func(name string) error { return os.WriteFile(name, []byte(otherConfig), 0o644) },
		"deleted": os.Remove,
	} {
		for _, config := range []string{oneMore, someConfig} { // with and without something to write
			dir := copyOf(t, generated)
			file := filepath.Join(dir, "betterauth.yaml")
			writeFile(t, file, config)
			p, ws, err := plan(t.Context(), dir, reconcile.Choices{})
			if err != nil {
				t.Fatal(err)
			}
			if err := change(file); err != nil {
				t.Fatal(err)
			}
			before := snapshot(t, dir)
			err = p.Apply(t.Context(), ws)
			if err == nil || !strings.Contains(err.Error(), "betterauth.yaml changed on disk since it was read") {
				t.Errorf("%s: %v", name, err)
			}
			if diff := difference(before, snapshot(t, dir)); len(diff) > 0 {
				t.Errorf("%s: changed %v", name, diff)
			}
			_ = ws.Close()
		}
	}
}

// TestNoToolchain takes the go command away. What needs it says so; what does not goes on.
func TestNoToolchain(t *testing.T) {
	generated := generate(t, someConfig)
	t.Setenv("PATH", t.TempDir())
	expectRefusal(t, newProject(t, someConfig), "install Go from https://go.dev/dl")

	changed := copyOf(t, generated)
	writeFile(t, filepath.Join(changed, "betterauth.yaml"), otherConfig)
	expectRefusal(t, changed, "install Go from https://go.dev/dl")

	if p := mustRun(t, generated); !p.Empty() {
		t.Error("there is something to do")
	}
	writeFile(t, filepath.Join(generated, "internal/auth/store/schema.sql"), "")
	if err := os.Remove(filepath.Join(generated, "internal/auth/store/schema.sql")); err != nil {
		t.Fatal(err)
	}
	mustRun(t, generated) // no Go file changes
	readFile(t, filepath.Join(generated, "internal/auth/store/schema.sql"))
}

// TestNoHome runs without what the go command keeps its caches by.
func TestNoHome(t *testing.T) {
	dir := newProject(t, someConfig)
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = []string{runHere + "=" + dir, "PATH=" + os.Getenv("PATH")}
	before := snapshot(t, dir)
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "GOCACHE") && !strings.Contains(string(out), "GOPATH") && !strings.Contains(string(out), "HOME") {
		t.Errorf("%v: %s", err, out)
	}
	if diff := difference(before, snapshot(t, dir)); len(diff) > 0 {
		t.Errorf("changed %v", diff)
	}
}

// TestNoSpace fills the disk, and then makes it read-only.
func TestNoSpace(t *testing.T) {
	generated := generate(t, someConfig)
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=6m"); err != nil {
		t.Skipf("cannot mount a small disk: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(disk, 0) })
	if err := os.CopyFS(disk, os.DirFS(generated)); err != nil {
		t.Fatalf("the disk is too small for the project itself: %v", err)
	}
	writeFile(t, filepath.Join(disk, "betterauth.yaml"), someConfig+"plugins: {username: , two-factor: , bearer: }\n")
	fill(t, filepath.Join(disk, "ballast"), 64<<10)
	expectRefusal(t, disk, "no space left on device")
	if err := os.Remove(filepath.Join(disk, "ballast")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("", disk, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	expectRefusal(t, disk, "read-only file system")
}

// fill writes to a file until so many bytes are left on its disk.
func fill(t *testing.T, name string, left int) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	written, block := int64(0), make([]byte, 4096)
	for {
		n, err := f.Write(block)
		written += int64(n)
		if err != nil {
			break
		}
	}
	if err := f.Truncate(max(0, written-int64(left))); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestVendorAndWorkspace runs where the go command does not look for modules in go.mod alone.
func TestVendorAndWorkspace(t *testing.T) {
	generated := generate(t, someConfig)
	t.Run("vendor", func(t *testing.T) {
		dir := copyOf(t, generated)
		command(t, dir, "go", "mod", "vendor")
		writeFile(t, filepath.Join(dir, "betterauth.yaml"), oneMore)
		for _, d := range mustRun(t, dir).Diags {
			t.Errorf("%v", d)
		}
		command(t, dir, "go", "build", "./...")
		writeFile(t, filepath.Join(dir, "betterauth.yaml"), oneMore+"socialProviders: {google: {clientId: \"${ID}\", clientSecret: \"${SECRET}\"}}\n")
		if diags := mustRun(t, dir).Diags; len(diags) != 1 || diags[0].Code != generator.CodeVendor {
			t.Errorf("got %v", diags)
		}
	})
	t.Run("workspace", func(t *testing.T) {
		above := t.TempDir()
		dir := filepath.Join(above, "shop")
		if err := os.CopyFS(dir, os.DirFS(generated)); err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(above, "lib/go.mod"), "module example.com/lib\n\ngo 1.26.0\n")
		writeFile(t, filepath.Join(above, "lib/lib.go"), "package lib\n\nconst Name = \"lib\"\n")
		writeFile(t, filepath.Join(above, "go.work"), "go 1.26.0\n\nuse (\n\t./lib\n\t./shop\n)\n")
		writeFile(t, filepath.Join(dir, "main.go"), "package main\n\nimport \"example.com/lib\"\n\nfunc main() { println(lib.Name) }\n")
		writeFile(t, filepath.Join(dir, "betterauth.yaml"), oneMore)
		for _, d := range mustRun(t, dir).Diags {
			t.Errorf("%v", d)
		}
		command(t, dir, "go", "build", "./...")
	})
	t.Run("workspace from the start", func(t *testing.T) {
		t.Setenv("GOPROXY", "off") // which has none of the workspace's modules
		above := t.TempDir()
		dir := filepath.Join(above, "shop")
		if err := os.CopyFS(dir, os.DirFS(newProject(t, someConfig))); err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(above, "lib/go.mod"), "module example.com/lib\n\ngo 1.26.0\n\nrequire example.com/nowhere v1.0.0\n")
		writeFile(t, filepath.Join(above, "lib/name/name.go"), "package name\n\nconst Name = \"lib\"\n")
		writeFile(t, filepath.Join(above, "go.work"), "go 1.26.0\n\nuse (\n\t./lib\n\t./shop\n)\n\nreplace example.com/nowhere v1.0.0 => ./nowhere\n")
		writeFile(t, filepath.Join(above, "nowhere/go.mod"), "module example.com/nowhere\n")
		writeFile(t, filepath.Join(dir, "main.go"), "package main\n\nimport \"example.com/lib/name\"\n\nfunc main() { println(name.Name) }\n")
		writeFile(t, filepath.Join(dir, "internal/auth/own.go"), "package auth\n\nimport \"example.com/lib/name\"\n\nvar _ = name.Name\n")
		for _, d := range mustRun(t, dir).Diags {
			t.Errorf("%v", d)
		}
		if mod := readFile(t, filepath.Join(dir, "go.mod")); strings.Contains(mod, "example.com/lib") || strings.Contains(mod, "nowhere") {
			t.Errorf("go.mod is\n%s", mod)
		}
		command(t, dir, "go", "build", "./...")
	})
	t.Run("workspace that imports us", importedByNeighbour)
	t.Run("workspace without us", func(t *testing.T) {
		above := t.TempDir()
		writeFile(t, filepath.Join(above, "go.work"), "go 1.26.0\n")
		dir := filepath.Join(above, "shop")
		if err := os.CopyFS(dir, os.DirFS(newProject(t, someConfig))); err != nil {
			t.Fatal(err)
		}
		mustRun(t, dir) // a first run changes go.mod, and leaves go.work out
		writeFile(t, filepath.Join(dir, "betterauth.yaml"), oneMore)
		mustRun(t, dir)
	})
}

// importedByNeighbour has a module of the workspace use what an option gives another name, in a run that changes
// go.mod and in one that does not.
func importedByNeighbour(t *testing.T) {
	above := t.TempDir()
	dir := filepath.Join(above, "shop")
	config := "output: authn\ndatabase: {dialect: sqlite}\nemailAndPassword: {enabled: true}\n"
	if err := os.CopyFS(dir, os.DirFS(newProject(t, config+"user: {additionalFields: {plan: {type: string, required: false}}}\n"))); err != nil {
		t.Fatal(err)
	}
	mustRun(t, dir)
	writeFile(t, filepath.Join(above, "go.work"), "go 1.26.0\n\nuse (\n\t./app\n\t./shop\n)\n")
	writeFile(t, filepath.Join(above, "app/go.mod"), "module example.com/app\n\ngo 1.26.0\n")
	writeFile(t, filepath.Join(above, "app/plan.go"), "package app\n\nimport \"example.com/shop/authn/model\"\n\nfunc Plan(u *model.User) any { return u.Plan }\n")
	command(t, dir, "go", "build", "./...", "example.com/app")

	for name, more := range map[string]string{"same go.mod": "", "other go.mod": "socialProviders: {google: {clientId: \"${ID}\", clientSecret: \"${SECRET}\"}}\n"} {
		writeFile(t, filepath.Join(dir, "betterauth.yaml"), config+"user: {additionalFields: {tier: {type: string, required: false}}}\n"+more)
		_, err := run(t.Context(), dir)
		if err == nil || !strings.Contains(err.Error(), "../app/plan.go:5:41") || !strings.Contains(err.Error(), "Plan") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	// What was broken before is no obstacle.
	writeFile(t, filepath.Join(above, "app/plan.go"), "package app\n\nimport \"example.com/shop/authn/model\"\n\nfunc Plan(u *model.User) any { return u.Nothing }\n")
	mustRun(t, dir)
}

// TestModuleBehindLink: the folder of the module may be a symbolic link.
func TestModuleBehindLink(t *testing.T) {
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(newProject(t, "database: {dialect: sqlite}\nemailAndPassword: {enabled: true}\n"), link); err != nil {
		t.Skip(err)
	}
	p, err := run(t.Context(), link)
	if err != nil || len(p.Modules) == 0 {
		t.Errorf("error %v, added %v", err, p.Modules)
	}
}

// TestMissingMigrations: deleted migrations, and a folder without them, do not pass for up to date.
func TestMissingMigrations(t *testing.T) {
	dir := generate(t, "database: {dialect: sqlite}\nemailAndPassword: {enabled: true}\n")
	if err := os.Rename(filepath.Join(dir, "migrations"), filepath.Join(dir, "elsewhere")); err != nil {
		t.Fatal(err)
	}
	if _, err := run(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "auth_init.sql is missing") {
		t.Errorf("got %v", err)
	}
	writeFile(t, filepath.Join(dir, "betterauth.yaml"), readFile(t, filepath.Join(dir, "betterauth.yaml"))+"migrations: {dir: elsewhere}\n")
	if p := mustRun(t, dir); len(p.Migrations) > 0 {
		t.Errorf("planned %v", p.Migrations)
	}
}
