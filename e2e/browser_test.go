package e2e_test

import (
	"os"
	"os/exec"
	"testing"
)

// TestRecipes runs the recipes of docs/frameworks.md that need no packages of their own, with a browser.
func TestRecipes(t *testing.T) {
	t.Parallel()
	p := setup(t)
	inBrowser(t, p, []string{"cookie-cache"}, "recipes.mjs")
}

// recipesWithPackages are the recipes of docs/frameworks.md with a package.json of their own. make recipes installs
// what it says, and sets BETTERAUTH_RECIPES: that takes minutes, the first time.
var recipesWithPackages = []string{"nuxt", "sveltekit", "solidstart", "tanstack", "workers"}

// TestRecipesWithOwnPackages runs them, one after the other, with a browser.
func TestRecipesWithOwnPackages(t *testing.T) {
	if os.Getenv("BETTERAUTH_RECIPES") == "" {
		t.Skip("NOT TESTED: make recipes installs the packages and runs this")
	}
	p := setup(t)
	for _, recipe := range recipesWithPackages {
		t.Run(recipe, func(t *testing.T) {
			inBrowser(t, p, []string{"cookie-cache"}, "recipes.mjs", "--recipe", recipe)
		})
	}
}

// TestOpenIDProvider signs in with a real OpenID provider, through its pages.
//
// security: 37
func TestOpenIDProvider(t *testing.T) {
	t.Parallel()
	p := setup(t)
	inBrowser(t, p, []string{"openid"}, "openid.mjs")
}

// TestCrossOrigin signs in from pages of other origins, with the option cors.
//
// security: 19
func TestCrossOrigin(t *testing.T) {
	t.Parallel()
	p := setup(t)
	inBrowser(t, p, []string{"cors", "cors-across-sites"}, "cors.mjs")
}

// inBrowser runs a script that has a browser, and servers with configurations of configs.mjs.
func inBrowser(t *testing.T, p programs, configs []string, script string, args ...string) {
	t.Helper()
	needNode(t)
	browser, err := exec.LookPath("chromium")
	need(t, err == nil, "Chromium", "apt-get install chromium")
	p.mustBuild(t, "sqlite", configs...)
	run := p.node(script, append([]string{"--exec", p.serve}, args...)...)
	run.env = append(run.env, "CHROMIUM="+browser)
	t.Log(run.run(t))
}
