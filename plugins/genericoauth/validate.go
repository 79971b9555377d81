package genericoauth

import (
	"fmt"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/plugins"
	genericoauth "github.com/betterauth-gen/betterauth-gen/plugins/genericoauth/source"
)

// validate reports providers that cannot work. The server would log them and leave them out.
func validate(options any) []plugins.Problem {
	var problems []plugins.Problem
	var seen []string
	for i, o := range options.(*genericoauth.Options).Config {
		report := func(err error) {
			if err != nil {
				problems = append(problems, plugins.Problem{Path: fmt.Sprintf("config[%d]", i), Message: err.Error()})
			}
		}
		report(o.Check())
		if !strings.Contains(o.TenantID, "${") { // else it is known to the server only
			report(o.CheckTenant())
		}
		if slices.Contains(seen, o.ID()) {
			report(fmt.Errorf("there are two providers %s", o.ID()))
		}
		seen = append(seen, o.ID())
	}
	return problems
}
