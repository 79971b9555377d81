package render

import (
	"path"
	"slices"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/provider"
	"github.com/betterauth-gen/betterauth-gen/generator/resolve"
	"github.com/betterauth-gen/betterauth-gen/generator/source"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
	"github.com/betterauth-gen/betterauth-gen/templates"
)

// social copies what the configured social providers need of package social: what they share, and the
// file of each. A plugin may use what they share, too. Without any there is no package social, and the
// user's module does not need its libraries.
func (t *tree) social() error {
	if len(t.model.Providers) == 0 && !slices.ContainsFunc(t.model.Plugins, usesSocial) {
		return nil
	}
	const dir = "auth/social"
	left, err := source.Without(templates.FS, dir, t.otherProviders())
	if err != nil {
		return err
	}
	err = t.copyDir(copySpec{
		from: templates.FS, dir: dir, to: t.layout.file("social"), class: workspace.Shared,
		skip: func(name string) bool { return path.Ext(name) == ".go" && !slices.Contains(left, name) },
	})
	if err != nil || len(t.model.Providers) == 0 {
		return err
	}
	return t.copyFile(templates.FS, "auth/social.go", t.layout.file("social.go"), workspace.Once)
}

func usesSocial(p resolve.Plugin) bool {
	return slices.Contains(p.Info.Imports, authImport+"/social")
}

// otherProviders returns the files of the providers that are not configured.
func (t *tree) otherProviders() []string {
	var files []string
	for _, p := range provider.List() {
		if !slices.ContainsFunc(t.model.Providers, func(c config.Provider) bool { return c.ID == p.ID }) {
			files = append(files, p.File)
		}
	}
	return files
}
