package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"

	"github.com/betterauth-gen/betterauth-gen/generator/yamledit"
)

// newAddCommand returns the command that adds plugins to betterauth.yaml and generates.
func newAddCommand(a *App) *cobra.Command {
	var o generateOptions
	var options []string
	cmd := &cobra.Command{
		Use:   "add plugin…",
		Short: "Add plugins to betterauth.yaml and generate",
		Long: `add writes plugins at the end of plugins: in betterauth.yaml, where comments and order stay as they are, and
generates. Either both are done or nothing is written.

  betterauth-gen add username two-factor --option two-factor.issuer=Shop
` + exitHelp,
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: a.completeAdd,
		RunE: func(cmd *cobra.Command, ids []string) error {
			added, err := a.pluginsToAdd(ids, options)
			if err != nil {
				return err
			}
			o.edit = func(text []byte) ([]byte, error) { return yamledit.Add(text, added) }
			return a.generate(cmd.Context(), o)
		},
	}
	cmd.Flags().StringArrayVar(&options, "option", nil, "set an option: `plugin.path=value`, or path=value when one plugin is added")
	o.register(cmd)
	a.completeChoices(cmd)
	return cmd
}

// newRemoveCommand returns the command that takes plugins out of betterauth.yaml and generates.
func newRemoveCommand(a *App) *cobra.Command {
	var o generateOptions
	cmd := &cobra.Command{
		Use:   "remove plugin…",
		Short: "Take plugins out of betterauth.yaml and generate",
		Long: `remove takes plugins out of betterauth.yaml and generates. Files of a plugin that you edited stay, and are named.
Its tables stay, too: betterauth-gen migrate drop drops them.
` + exitHelp,
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: a.completeRemove,
		RunE: func(cmd *cobra.Command, ids []string) error {
			o.edit = func(text []byte) ([]byte, error) { return yamledit.Remove(text, ids) }
			return a.generate(cmd.Context(), o)
		},
	}
	o.register(cmd)
	a.completeChoices(cmd)
	return cmd
}

// pluginsToAdd checks ids and gives each plugin its options.
func (a *App) pluginsToAdd(ids, options []string) ([]yamledit.Plugin, error) {
	known := a.pluginIDs()
	out := make([]yamledit.Plugin, len(ids))
	for i, id := range ids {
		if !slices.Contains(known, id) {
			return nil, fmt.Errorf("there is no plugin %q%s", id, hint(id, known))
		}
		out[i].ID = id
	}
	for _, text := range options {
		path, value, ok := strings.Cut(text, "=")
		if !ok || path == "" {
			return nil, fmt.Errorf("--option %s: want plugin.path=value", text)
		}
		i := 0
		if id, rest, dotted := strings.Cut(path, "."); dotted && slices.Contains(ids, id) {
			i, path = slices.Index(ids, id), rest
		} else if len(ids) > 1 {
			return nil, fmt.Errorf("--option %s: say of which plugin: %s.%s", text, oneOf(ids), path)
		}
		out[i].Options = append(out[i].Options, yamledit.Option{Path: path, Value: scalar(value)})
	}
	for i := range out {
		slices.SortFunc(out[i].Options, func(x, y yamledit.Option) int { return strings.Compare(x.Path, y.Path) })
	}
	return out, nil
}

// scalar returns value as YAML that means it: as it is when that is one value, else quoted.
func scalar(value string) string {
	var parsed map[string]any
	if err := yaml.Unmarshal([]byte("k: "+value+"\n"), &parsed); err == nil && len(parsed) == 1 && value != "" &&
		!strings.ContainsAny(value, "\n#") {
		return value
	}
	return fmt.Sprintf("%q", value)
}
