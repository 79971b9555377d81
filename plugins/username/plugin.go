// Package username is the plugin "username": sign-in with a name.
package username

import (
	"embed"

	"github.com/betterauth-gen/betterauth-gen/plugins"
	username "github.com/betterauth-gen/betterauth-gen/plugins/username/source"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

//go:embed source app queries
var files embed.FS

// Plugin returns the plugin.
func Plugin() *plugins.Plugin {
	return &plugins.Plugin{
		ID:      "username",
		Package: "username",
		Summary: "Sign-in with a name instead of an e-mail address",
		Options: func() any {
			options := username.DefaultOptions()
			return &options
		},
		Source:   files,
		App:      files,
		Queries:  files,
		Schema:   patch,
		Validate: validate,
		Client:   &plugins.Client{Name: "usernameClient", Arguments: clientArguments},
		Functions: map[string]string{
			"usernameValidator":            "username.Funcs.ValidateUsername",
			"displayUsernameValidator":     "username.Funcs.ValidateDisplayUsername",
			"usernameNormalization":        "username.Funcs.NormalizeUsername",
			"displayUsernameNormalization": "username.Funcs.NormalizeDisplayUsername",
		},
	}
}

// patch adds the two names to users. The column of the name to display is there even when the option
// turns it off, so that the code compiles either way; it then stays empty and is not returned.
func patch(options any) schema.Patch {
	return schema.Patch{Columns: map[string][]schema.Column{"user": {
		{Key: "username", Name: "username", Type: schema.String, Unique: true, Sortable: true, Input: true, Returned: true},
		{
			Key: "displayUsername", Name: "displayUsername", Type: schema.String, Input: true,
			Returned: options.(*username.Options).DisplayUsername,
		},
	}}}
}

// clientArguments tell the client that users have no name to display.
func clientArguments(options any) string {
	if options.(*username.Options).DisplayUsername {
		return ""
	}
	return "{ displayUsername: false }"
}

func validate(options any) []plugins.Problem {
	o := options.(*username.Options)
	if o.MinUsernameLength < 1 {
		return []plugins.Problem{{Path: "minUsernameLength", Message: "want at least 1"}}
	}
	if o.MaxUsernameLength < o.MinUsernameLength {
		return []plugins.Problem{{Path: "maxUsernameLength", Message: "is less than minUsernameLength"}}
	}
	if o.MaxUsernameLength > 255 {
		return []plugins.Problem{{Path: "maxUsernameLength", Message: "want at most 255, which the column holds on MySQL"}}
	}
	return nil
}
