package e2e_test

import (
	"os/exec"
	"testing"
)

// TestRecipes runs the recipes of docs/frameworks.md that can run here, with a browser.
func TestRecipes(t *testing.T) {
	t.Parallel()
	p := setup(t)
	inBrowser(t, p, "recipes.mjs", "cookie-cache")
}

// TestOpenIDProvider signs in with a real OpenID provider, through its pages.
//
// security: 37
func TestOpenIDProvider(t *testing.T) {
	t.Parallel()
	p := setup(t)
	inBrowser(t, p, "openid.mjs", "openid")
}

// TestCrossOrigin signs in from pages of other origins, with the option cors.
//
// security: 19
func TestCrossOrigin(t *testing.T) {
	t.Parallel()
	p := setup(t)
	inBrowser(t, p, "cors.mjs", "cors", "cors-across-sites")
}

// inBrowser runs a script that has a browser, and servers with configurations of configs.mjs.
func inBrowser(t *testing.T, p programs, script string, configs ...string) {
	t.Helper()
	needNode(t)
	browser, err := exec.LookPath("chromium")
	need(t, err == nil, "Chromium", "apt-get install chromium")
	p.mustBuild(t, "sqlite", configs...)
	run := p.node(script, "--exec", p.serve)
	run.env = append(run.env, "CHROMIUM="+browser)
	t.Log(run.run(t))
}
