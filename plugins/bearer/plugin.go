// Package bearer is the plugin "bearer": sessions in the Authorization header.
package bearer

import (
	"embed"

	"github.com/betterauth-gen/betterauth-gen/plugins"
	bearer "github.com/betterauth-gen/betterauth-gen/plugins/bearer/source"
)

//go:embed source
var files embed.FS

// Plugin returns the plugin.
func Plugin() *plugins.Plugin {
	return &plugins.Plugin{
		ID:      "bearer",
		Package: "bearer",
		Summary: "Sessions in the Authorization header, for clients without cookies",
		Options: func() any {
			options := bearer.DefaultOptions()
			return &options
		},
		Source: files,
	}
}
