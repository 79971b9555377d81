// Command genlist writes generator/provider/list_gen.go, the list of built-in social providers. go
// generate runs it in the folder of package provider.
package main

import (
	"fmt"
	"os"

	"github.com/betterauth-gen/betterauth-gen/templates"
)

func main() {
	text, err := render(templates.FS, "auth/social")
	if err == nil {
		err = os.WriteFile("list_gen.go", text, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "genlist:", err)
		os.Exit(1)
	}
}
