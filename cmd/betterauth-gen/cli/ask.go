package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/mod/module"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/provider"
	"github.com/betterauth-gen/betterauth-gen/generator/scaffold"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// ask settles init's questions: a flag answers one, then --yes takes the default, then the person at
// the terminal is asked.
func (a *App) ask(cmd *cobra.Command, root string, o initOptions, newModule bool, d scaffold.Detected, there *existing) (scaffold.Choices, error) {
	q := &questions{app: a, cmd: cmd, yes: o.yes}
	c := scaffold.Choices{Module: d.Module, Secret: newSecret()}
	if newModule {
		c.Module = q.input("module", o.module, "Module path:", moduleName(root), checkModule)
	} else if o.module != "" && o.module != d.Module {
		return c, fmt.Errorf("--module is for a new module; go.mod says %s", d.Module)
	}
	c.AppName = filepath.Base(root)
	if there == nil {
		c.Dialect = q.choose("dialect", o.dialect, "Database:", dialectNames(), preset(d.Dialect, "sqlite"))
	} else if c.Dialect = there.dialect.String(); o.dialect != "" && o.dialect != c.Dialect {
		return c, fmt.Errorf("--dialect is %s, but DATABASE_URL is that of a %s database", o.dialect, c.Dialect)
	}
	c.Output = q.input("output", o.output, "Folder of the code:", config.DefaultGeneration().Output, nil)
	c.Framework = q.choose("framework", o.frame, "Web framework:", frameworkNames(), d.Framework)
	wanted := []string{featurePassword}
	if !c.Database() {
		wanted = nil // passwords would end with the process
	}
	features := q.several("features", o.features, "Features:", featureNames(), wanted)
	c.EmailAndPassword = slices.Contains(features, featurePassword)
	c.RequireEmailVerification = slices.Contains(features, featureVerification)
	var plugins []string
	if c.EmailAndPassword && !o.yes {
		plugins = a.proposed()
	}
	if there != nil {
		plugins, c.DatabaseURL, c.Names, c.PluginNames = there.plugins, there.url, there.names, there.pluginNames
	}
	c.Plugins = q.several("plugins", o.pluginList, "Plugins:", a.pluginIDs(), plugins)
	c.Available = a.pluginIDs()
	c.Providers = q.several("providers", o.providerIDs, "Social providers:", provider.IDs(), nil)
	return c, q.err
}

// proposed are the plugins that are ticked for a person who is asked. --yes takes none of them.
func (a *App) proposed() []string {
	var ids []string
	for _, p := range a.Plugins {
		if p.Proposed {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// questions asks until the first error.
type questions struct {
	app *App
	cmd *cobra.Command
	yes bool
	err error
}

func (q *questions) input(flag, given, question, preset string, check func(string) error) string {
	answer := preset
	switch {
	case q.err != nil:
		return ""
	case q.cmd.Flags().Changed(flag):
		answer = given
	case !q.yes:
		answer, q.err = q.app.Prompt.Input(question, preset, "", check)
	}
	if q.err == nil && check != nil {
		if err := check(answer); err != nil {
			q.err = fmt.Errorf("--%s: %w", flag, err)
		}
	}
	return answer
}

func (q *questions) choose(flag, given, question string, options []string, preset string) string {
	switch {
	case q.err != nil:
		return ""
	case q.cmd.Flags().Changed(flag):
		if !slices.Contains(options, given) {
			q.err = fmt.Errorf("--%s is %q, want %s", flag, given, oneOf(options))
		}
		return given
	case q.yes:
		return preset
	}
	var answer string
	answer, q.err = q.app.Prompt.Select(question, options, preset)
	return answer
}

func (q *questions) several(flag string, given []string, question string, options, preset []string) []string {
	switch {
	case q.err != nil:
		return nil
	case q.cmd.Flags().Changed(flag):
		for _, item := range given {
			if !slices.Contains(options, item) {
				q.err = fmt.Errorf("--%s: there is no %q%s", flag, item, hint(item, options))
			}
		}
		return given
	case q.yes || len(options) == 0:
		return preset
	}
	var answer []string
	answer, q.err = q.app.Prompt.MultiSelect(question, options, preset)
	return answer
}

func hint(item string, options []string) string {
	if near := config.Suggest(item, options); near != "" {
		return "; " + near
	}
	return "; want " + oneOf(options)
}

func oneOf(options []string) string {
	last := len(options) - 1
	return strings.Join(options[:last], ", ") + " or " + options[last]
}

func preset(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

func frameworkNames() []string { return []string{"nethttp", "chi", "gin", "echo", "fiber"} }

func featureNames() []string { return []string{featurePassword, featureVerification} }

func dialectNames() []string {
	var names []string
	for _, d := range schema.Dialects() {
		names = append(names, d.String())
	}
	return append(names, config.NoDatabase)
}

// moduleName suggests a module path: the name of the folder, as far as a module path may have it.
func moduleName(root string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, filepath.Base(root))
	if name = strings.Trim(name, "-._"); name == "" || checkModule(name) != nil {
		return "app"
	}
	return name
}

func checkModule(path string) error {
	if path == "" {
		return errors.New("a module path is needed")
	}
	return module.CheckImportPath(path)
}
