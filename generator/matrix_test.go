package generator_test

import (
	"bytes"
	"fmt"
	"go/format"
	"path"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/plugins/all"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

const ourModule = "github.com/betterauth-gen/betterauth-gen"

// staticcheckTool is the linter, at the version scripts/lint.sh uses.
const staticcheckTool = "honnef.co/go/tools/cmd/staticcheck@v0.8.2"

// TestMatrix compiles the code, and the tests, of sets of plugins: none and all on every database, and on one
// or another of them each plugin alone, every two together, one without the other, and without both.
func TestMatrix(t *testing.T) {
	ids := pluginIDs()
	dialects := schema.Dialects()
	for _, d := range dialects {
		compileSet(t, d, nil)
		compileSet(t, d, ids)
	}
	for i, id := range ids {
		compileSet(t, dialects[i%len(dialects)], []string{id})
	}
	if testing.Short() {
		return
	}
	for i, plugins := range halves(ids) {
		compileSet(t, dialects[i%len(dialects)], plugins)
	}
}

func compileSet(t *testing.T, d schema.Dialect, plugins []string) {
	t.Run(d.String()+"/"+nameOf(plugins), func(t *testing.T) {
		t.Parallel()
		dir := generate(t, configOf(d, plugins))
		command(t, dir, "go", "vet", "-trimpath", "./...")
		checkTree(t, dir)
		if p := mustRun(t, dir); !p.Empty() {
			t.Error("a second run has something to do")
		}
	})
}

// TestStaticcheck lints the code of all plugins on every database.
func TestStaticcheck(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	for _, d := range schema.Dialects() {
		t.Run(d.String(), func(t *testing.T) {
			dir := generate(t, configOf(d, pluginIDs()))
			command(t, dir, "go", "run", staticcheckTool, "./...")
		})
	}
	t.Run("none", func(t *testing.T) {
		command(t, generate(t, withoutDatabase), "go", "run", staticcheckTool, "./...")
	})
}

// withoutDatabase is a configuration with all that goes without one.
const withoutDatabase = `
database: {dialect: none}
emailAndPassword: {enabled: true}
user:
  additionalFields:
    plan: {type: [free, team], defaultValue: free}
    birthday: {type: date, required: false}
    tags: {type: "string[]", required: false}
    preferences: {type: json, required: false}
session: {additionalFields: {device: {type: string, required: false, returned: false}}}
account: {additionalFields: {label: {type: string, required: false}}}
plugins: {bearer: , generic-oauth: }
`

// requiredFields are those no sign-up can do without.
const requiredFields = `
framework: chi
user:
  additionalFields:
    handle: {type: string, unique: true, sortable: true}
    badge: {type: number, unique: true}
    born: {type: date}
    plan: {type: [free, team]}
    agreed: {type: boolean}
`

// TestEmittedTests runs the tests a user gets, where names and columns are not those they were written with.
func TestEmittedTests(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	configs := map[string]string{
		"custom": readFile(t, "../golden/custom-sqlite/betterauth.yaml"), "no database": withoutDatabase,
		"required fields": configOf(schema.MySQL, pluginIDs()) + requiredFields,
	}
	for _, ids := range []string{"serial", "false"} { // golden/custom-sqlite has uuid
		configs["ids "+ids] = configOf(schema.Postgres, pluginIDs()) + "advanced: {database: {generateId: " + ids + "}}\n"
	}
	for name, config := range configs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := generate(t, config)
			command(t, dir, "go", "vet", "-trimpath", "./...")
			command(t, dir, "go", "test", "-trimpath", "./...")
		})
	}
}

// checkTree checks what compilers do not: the layout of the text, and that the code is on its own.
func checkTree(t *testing.T, dir string) {
	t.Helper()
	for name, text := range snapshot(t, dir) {
		switch path.Ext(name) {
		case ".go":
			formatted, err := format.Source([]byte(text))
			if err != nil || !bytes.Equal(formatted, []byte(text)) {
				t.Errorf("%s is not as gofmt has it: %v", name, err)
			}
			fallthrough
		case ".mod", ".sum", ".sql":
			if strings.Contains(text, ourModule) {
				t.Errorf("%s mentions our module", name)
			}
		}
	}
}

func pluginIDs() []string {
	var ids []string
	for _, p := range all.Plugins() {
		ids = append(ids, p.ID)
	}
	return ids
}

// halves splits names in two so often that every two names have been in different halves, and returns
// both halves of each split: as many splits as the highest index has binary digits.
func halves(names []string) [][]string {
	var out [][]string
	for digit := 1; digit < len(names); digit *= 2 {
		var with, without []string
		for i, name := range names {
			if i&digit != 0 {
				with = append(with, name)
			} else {
				without = append(without, name)
			}
		}
		out = append(out, with, without)
	}
	return out
}

func nameOf(plugins []string) string {
	if len(plugins) == 0 {
		return "core"
	}
	return strings.Join(plugins, "+")
}

func configOf(d schema.Dialect, plugins []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "database: {dialect: %s}\nemailAndPassword: {enabled: true}\n", d)
	if len(plugins) > 0 {
		b.WriteString("plugins:\n")
	}
	for _, id := range plugins {
		fmt.Fprintf(&b, "  %s:\n", id)
	}
	return b.String()
}
