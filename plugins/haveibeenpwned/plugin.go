// Package haveibeenpwned is the plugin "have-i-been-pwned": passwords known from data breaches are refused.
package haveibeenpwned

import (
	"embed"
	"fmt"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/plugins"
	haveibeenpwned "github.com/betterauth-gen/betterauth-gen/plugins/haveibeenpwned/source"
)

//go:embed source app
var files embed.FS

// Plugin returns the plugin.
func Plugin() *plugins.Plugin {
	return &plugins.Plugin{
		ID:       "have-i-been-pwned",
		Package:  "haveibeenpwned",
		Summary:  "No passwords that are known from data breaches",
		Proposed: true,
		Options: func() any {
			options := haveibeenpwned.DefaultOptions()
			return &options
		},
		Source:   files,
		App:      files,
		Validate: validate,
	}
}

func validate(options any) []plugins.Problem {
	var problems []plugins.Problem
	for i, path := range options.(*haveibeenpwned.Options).Paths {
		if !strings.HasPrefix(path, "/") {
			problems = append(problems, plugins.Problem{
				Path:    fmt.Sprintf("paths[%d]", i),
				Message: "want the path of an endpoint below the base path, such as /sign-up/email",
			})
		}
	}
	return problems
}
