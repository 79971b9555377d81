package config

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// checkOrigins checks what browsers compare with the header Origin letter by letter: there are no wildcards.
func (l *loader) checkOrigins(o core.CORSOptions) {
	const path = "cors.origins"
	for i, origin := range o.Origins {
		u, err := url.Parse(origin)
		if Undecided(origin) || err == nil && isHTTP(u) && origin == u.Scheme+"://"+u.Host && !strings.ContainsAny(origin, "*?") {
			continue
		}
		d := diag.Diagnostic{
			Severity: diag.Error, Code: CodeValue, Pos: l.pos(ItemPath(path, i)),
			Summary: fmt.Sprintf("%s: expected an origin like https://app.example.com, got %q", path, origin),
		}
		switch {
		case strings.ContainsAny(origin, "*?"):
			d.Suggestion = "list the origins one by one, there are no wildcards"
		case err == nil && isHTTP(u):
			d.Suggestion = "write " + u.Scheme + "://" + u.Host
		}
		l.diags.Add(d)
	}
}

func isHTTP(u *url.URL) bool { return (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" }

// checkSecrets checks the versions of secrets, each of which names one.
func (l *loader) checkSecrets(secrets []core.VersionedSecret) {
	taken := map[int]bool{}
	for i, s := range secrets {
		pos := l.pos(ItemPath("secrets", i))
		switch {
		case taken[s.Version]:
			l.diags.Add(diag.Diagnostic{
				Severity: diag.Error, Code: CodeValue, Pos: pos, Sensitive: true,
				Summary:    fmt.Sprintf("secrets: expected versions that differ, got version %d twice", s.Version),
				Suggestion: "number them, and leave those alone that are in use",
			})
		case s.Value == "":
			l.diags.Add(diag.Diagnostic{
				Severity: diag.Error, Code: CodeValue, Pos: pos, Sensitive: true,
				Summary:    fmt.Sprintf("secrets: version %d has no value", s.Version),
				Suggestion: fmt.Sprintf("write value: ${BETTER_AUTH_SECRET_%d} and set that variable", s.Version),
			})
		}
		taken[s.Version] = true
	}
}
