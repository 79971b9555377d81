package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestListIsFresh(t *testing.T) {
	want, err := render("../..")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../all/all_gen.go")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("plugins/all/all_gen.go is stale, run go generate ./plugins; want\n%s", want)
	}
}

func TestWriteListsPluginFoldersOnly(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "beta/plugin.go", "package beta\n\nfunc Plugin() any { return nil }\n")
	put(t, dir, "alpha/plugin.go", "package alpha\n\nfunc Plugin() any { return nil }\n")
	put(t, dir, "empty/source/x.go", "package empty\n")
	if err := write(dir); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "all", "all_gen.go"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "\t\talpha.Plugin(),\n\t\tbeta.Plugin(),\n\t}") || strings.Contains(string(text), "empty") {
		t.Errorf("got\n%s", text)
	}
}

func TestFolderWithoutPluginFuncIsAnError(t *testing.T) {
	for text, want := range map[string]string{
		"package gamma\n\nvar Plugin = 1\n":     "no func Plugin",
		"package other\n\nfunc Plugin() {}\n":   "want gamma",
		"package gamma\n\nfunc (x T) Plugin( {": "expected",
	} {
		dir := t.TempDir()
		put(t, dir, "gamma/plugin.go", text)
		if _, err := render(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
