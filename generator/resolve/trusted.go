package resolve

import (
	"fmt"
	"slices"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/provider"
)

// emailPassword is what accounts with a password are called in the list of trusted providers (Better Auth 1.7.5).
const emailPassword = "email-password"

// trusted points at trusted providers of which there are none. They may still be made in Go.
func (r *resolver) trusted() {
	const path = "account.accountLinking.trustedProviders"
	known := append(r.providerIDs(), emailPassword)
	for i, id := range r.cfg.Written().Account.AccountLinking.TrustedProviders {
		if slices.Contains(known, id) || config.Undecided(id) {
			continue
		}
		suggestion := config.Suggest(id, known)
		if _, builtIn := provider.ByID(id); builtIn {
			suggestion = "add " + id + ": to socialProviders"
		} else if suggestion == "" {
			suggestion = config.Suggest(id, provider.IDs())
		}
		r.diags.Add(diag.Diagnostic{
			Severity: diag.Warning, Code: config.CodeProvider, Pos: r.cfg.Pos(config.ItemPath(path, i)),
			Summary: fmt.Sprintf("%s: there is no social provider %q", path, id), Suggestion: suggestion,
		})
	}
}

// providerIDs lists the social providers, those of plugins included.
func (r *resolver) providerIDs() []string {
	var ids []string
	for _, p := range r.model.Providers {
		ids = append(ids, p.ID)
	}
	for _, p := range r.model.Plugins {
		if p.Providers != nil {
			ids = append(ids, p.Providers(p.Options)...)
		}
	}
	return ids
}
