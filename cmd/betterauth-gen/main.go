// Command betterauth-gen scaffolds authentication into a Go repository and keeps it up to date.
package main

import (
	"os"

	"github.com/betterauth-gen/betterauth-gen/cmd/betterauth-gen/cli"
	"github.com/betterauth-gen/betterauth-gen/plugins/all"
)

func main() { os.Exit(cli.Main(all.Plugins()...)) }
