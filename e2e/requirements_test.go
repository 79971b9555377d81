package e2e_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/plugins"
	"github.com/betterauth-gen/betterauth-gen/plugins/all"
)

// The requirements that emitted code is held to are numbered; a test names those it proves in a comment such
// as "security: 11, 14".
const (
	firstRequirement = 1
	lastRequirement  = 50
)

// awaited are the requirements that wait for a plugin there is not yet, by its id.
var awaited = map[int]string{45: "passkey", 46: "passkey", 47: "passkey"}

// marker finds the numbers a test names.
var marker = regexp.MustCompile(`security: (\d+(?:,? \d+)*)`)

// TestEveryRequirementHasATest fails when a requirement has lost its last test.
func TestEveryRequirementHasATest(t *testing.T) {
	proven := map[int]string{}
	for name, text := range testFiles(t) {
		for _, match := range marker.FindAllStringSubmatch(text, -1) {
			for _, number := range strings.FieldsFunc(match[1], func(r rune) bool { return r == ',' || r == ' ' }) {
				n, err := strconv.Atoi(number)
				if err != nil || n < firstRequirement || n > lastRequirement {
					t.Errorf("%s names requirement %s", name, number)
				}
				proven[n] = name
			}
		}
	}
	for n := firstRequirement; n <= lastRequirement; n++ {
		plugin, waits := awaited[n]
		switch {
		case waits && isPlugin(plugin):
			t.Errorf("plugin %s is there: requirement %d waits no longer", plugin, n)
		case !waits && proven[n] == "":
			t.Errorf("no test names requirement %d", n)
		}
	}
}

// advisories are flaws of Better Auth and its peers that must not be ours, by the beginning of their id. What is
// not "" are the ids of plugins one of which an entry waits for.
var advisories = map[string]string{
	"GHSA-g38m":      "",                                 // whose account an account becomes when it is linked
	"GHSA-qq9h":      "",                                 // what somebody prepared at an address before its owner came
	"GHSA-2vg6":      "",                                 // sessions of a deleted user
	"GHSA-p6v2":      "",                                 // limits by single IPv6 addresses
	"GHSA-xg6x":      "",                                 // the cookie cache instead of a second factor
	"GHSA-x732":      "",                                 // slashes that dodge limits and disabled paths
	"CVE-2025-61928": "",                                 // identity taken from a body
	"PR #8067":       "",                                 // one code, many sessions
	"CVE-2026-32700": "",                                 // Devise: a change of address that proves another one
	"GHSA-hc7v":      "magic-link",                       // magic links
	"GHSA-fmh4":      "organization",                     // whose invitation it is
	"#9154":          "organization",                     // an invitation accepted twice
	"GHSA-cq3f":      "device-authorization",             // whose device code it is
	"GHSA-xr8f":      "oauth-provider oidc-provider mcp", // who may make clients
	"GHSA-7w99":      "oauth-provider oidc-provider mcp", // redemption of codes
	"GHSA-392p":      "oauth-provider oidc-provider mcp", // rotation of refresh tokens
	"GHSA-p2fr":      "oauth-provider oidc-provider mcp", // resource indicators
	"GHSA-pw9m":      "oauth-provider oidc-provider mcp", // handling of refresh tokens
	"GHSA-86j7":      "oauth-provider oidc-provider mcp", // schemes of redirects
	"GHSA-9h47":      "oauth-provider oidc-provider mcp", // defaults of the protocol
	"GHSA-5rr4":      "sso",                              // registration of providers
	"GHSA-gv74":      "sso",                              // registration of providers
	"GHSA-8c5h":      "sso",                              // domains
	"GHSA-phx7":      "sso",                              // domains
	"GHSA-j8v8":      "scim",                             // tokens of directories
	"GHSA-4vcf":      "passkey",                          // whose passkey it is
}

// TestEveryAdvisoryHasATest fails when an advisory is not named by a test, or its plugin has come.
func TestEveryAdvisoryHasATest(t *testing.T) {
	var tests strings.Builder
	for _, text := range testFiles(t) {
		tests.WriteString(text)
	}
	for id, waitsFor := range advisories {
		named := strings.Contains(tests.String(), id)
		switch {
		case waitsFor == "" && !named:
			t.Errorf("no test names %s", id)
		case waitsFor != "" && !named && isPlugin(waitsFor):
			t.Errorf("plugin %s is there, and no test names %s", waitsFor, id)
		}
	}
}

// TestEveryPluginIsIntruded fails when the endpoints of a plugin are not tried as a stranger and as somebody else.
//
// security: 48
func TestEveryPluginIsIntruded(t *testing.T) {
	folders, err := filepath.Glob("../plugins/*/source")
	if err != nil || len(folders) < 2 {
		t.Fatalf("%d plugins, %v", len(folders), err)
	}
	for _, folder := range folders {
		source, tests := goText(t, folder, false), goText(t, folder, true)
		if !strings.Contains(source, "core.Handle(") {
			continue
		}
		for _, check := range []string{".AsStranger()", ".AsSomebodyElse()", ".WithoutDatabase()", ".Redirected("} {
			if !strings.Contains(tests, check) {
				t.Errorf("%s: no test calls %s", folder, check)
			}
		}
	}
}

// goText returns the Go files of a folder, the tests or the others.
func goText(t *testing.T, folder string, tests bool) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") == tests {
			file, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			text.Write(file)
		}
	}
	return text.String()
}

// testFiles returns the texts of all tests of the repository but this one.
func testFiles(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir():
			if base := e.Name(); base == "node_modules" || base == "golden" || base != "." && strings.HasPrefix(base, ".") {
				return fs.SkipDir
			}
			return nil
		case !strings.HasSuffix(name, "_test.go") && !strings.HasSuffix(name, ".txtar") && !strings.HasPrefix(name, "e2e/scenarios/"),
			name == "e2e/requirements_test.go":
			return nil
		}
		text, err := fs.ReadFile(root, name)
		files[name] = string(text)
		return err
	})
	if err != nil || len(files) < 100 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	return files
}

// isPlugin reports that there is a plugin with one of the ids.
func isPlugin(ids string) bool {
	return slices.ContainsFunc(all.Plugins(), func(p *plugins.Plugin) bool { return slices.Contains(strings.Fields(ids), p.ID) })
}
