package cli

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/betterauth-gen/betterauth-gen/generator"
	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// What is offered to a shell is a help, so whatever goes wrong here offers less and says nothing.

// completeAdd offers the plugins that are neither on nor on the line yet.
func (a *App) completeAdd(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	on := a.pluginsOn()
	return a.offerPlugins(func(id string) bool { return !slices.Contains(on, id) && !slices.Contains(args, id) })
}

// completeRemove offers the plugins that are on and not on the line yet.
func (a *App) completeRemove(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	on := a.pluginsOn()
	return a.offerPlugins(func(id string) bool { return slices.Contains(on, id) && !slices.Contains(args, id) })
}

func (a *App) offerPlugins(wanted func(id string) bool) ([]string, cobra.ShellCompDirective) {
	var out []string
	for _, p := range a.Plugins {
		if wanted(p.ID) {
			out = append(out, p.ID+"\t"+p.Summary)
		}
	}
	slices.Sort(out)
	return out, cobra.ShellCompDirectiveNoFileComp
}

// pluginsOn returns the plugins in betterauth.yaml.
func (a *App) pluginsOn() []string {
	ws, _, err := a.openProject()
	if err != nil {
		return nil
	}
	defer func() { _ = ws.Close() }()
	text, err := ws.ReadFile(config.FileName)
	if err != nil {
		return nil
	}
	cfg, _ := config.Load(config.FileName, text, a.Plugins)
	if cfg == nil {
		return nil
	}
	var ids []string
	for _, p := range cfg.Plugins {
		ids = append(ids, p.ID)
	}
	return ids
}

// completeDrop offers what migrate drop can drop: unused tables and columns, and the plugins they are of.
func (a *App) completeDrop(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	const directive = cobra.ShellCompDirectiveNoFileComp
	if len(args) > 0 {
		return nil, directive
	}
	ws, root, err := a.openProject()
	if err != nil {
		return nil, directive
	}
	defer func() { _ = ws.Close() }()
	model, _, err := generator.Load(cmd.Context(), generator.Request{Root: root, Reader: ws, FS: ws.FS(), Known: a.Plugins})
	if err != nil {
		return nil, directive
	}
	log, err := migration.LoadLog(ws.FS())
	if err != nil {
		return nil, directive
	}
	var out []string
	for _, c := range migration.Unused(log, model.Schema) {
		out = append(out, c.Subject(), pluginOf(c))
	}
	out = slices.DeleteFunc(out, func(name string) bool { return name == "" })
	slices.Sort(out)
	return slices.Compact(out), directive
}

// pluginOf returns the plugin that what is dropped is of, or "".
func pluginOf(change schema.Change) string {
	switch c := change.(type) {
	case schema.DropTable:
		return c.Table.Origin.Plugin
	case schema.DropColumn:
		return c.Column.Origin.Plugin
	}
	return ""
}

// completeFiles offers the files of betterauth-gen that choose picks, relative to the folder the command runs in when
// they are below it.
func (a *App) completeFiles(choose func(filesJSON) []string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		ws, root, err := a.openProject()
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		defer func() { _ = ws.Close() }()
		states, err := fileStates(ws)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		paths := choose(states)
		for i, path := range paths {
			if start, err := filepath.Abs(a.dir); err == nil {
				if local, ok := below(start, filepath.Join(root, filepath.FromSlash(path))); ok {
					paths[i] = local
				}
			}
		}
		return paths, cobra.ShellCompDirectiveNoFileComp
	}
}

// completeChoices completes the flags that name files.
func (a *App) completeChoices(cmd *cobra.Command) {
	edited := a.completeFiles(func(f filesJSON) []string { return f.Edited })
	for _, flag := range []string{"ours", "theirs", "markers"} {
		_ = cmd.RegisterFlagCompletionFunc(flag, edited)
	}
	_ = cmd.RegisterFlagCompletionFunc("restore", a.completeFiles(func(f filesJSON) []string { return f.Missing }))
}

// completeOf completes one of a few words.
func completeOf(words ...string) cobra.CompletionFunc {
	return cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)
}

// completeList completes the last of words with commas between them.
func completeList(words ...string) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		before := typed[:strings.LastIndexByte(typed, ',')+1]
		var out []string
		for _, word := range words {
			if !slices.Contains(strings.Split(before, ","), word) {
				out = append(out, before+word)
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
}
