package config

import (
	"fmt"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// checkStorage looks at options that ask for a store there is not, or for none where there is one.
func (l *loader) checkStorage(o core.Options) {
	const refreshCache = "session.cookieCache.refreshCache"
	if o.Session.CookieCache.RefreshCache.Enabled && !l.cfg.Stateless() {
		l.diags.Add(diag.Diagnostic{
			Severity: diag.Warning, Code: CodeStorage, Pos: l.pos(refreshCache),
			Summary:    refreshCache + " is ignored: there is a store, which renews the cache",
			Suggestion: "remove it; it is for applications with database.dialect none and no secondaryStorage",
		})
	}
	if o.RateLimit.Storage == "secondary-storage" && l.cfg.Generation.SecondaryStorage == "" {
		l.diags.Add(diag.Diagnostic{
			Severity: diag.Warning, Code: CodeStorage, Pos: l.pos("rateLimit.storage"),
			Summary:    "rateLimit.storage is secondary-storage, but there is none: the server will not start",
			Suggestion: "add secondaryStorage: redis, or set Config.SecondaryStorage in auth.go",
		})
	}
	if l.cfg.HasDatabase() {
		return
	}
	l.checkRowless(o)
	if o.EmailAndPassword.Enabled {
		l.diags.Add(diag.Diagnostic{
			Severity: diag.Warning, Code: CodeStorage, Pos: l.pos("emailAndPassword.enabled"),
			Summary:    "without a database users and their passwords are forgotten when the server ends",
			Suggestion: "rely on socialProviders, or choose a database.dialect",
		})
	}
}

// checkRowless reports what only a database can do.
func (l *loader) checkRowless(o core.Options) {
	g := l.cfg.Generation
	ids := g.Advanced.Database.GenerateID
	for _, need := range []struct {
		path       string
		asked      bool
		suggestion string
	}{
		{"database.url", l.cfg.Has("database.url"), "remove it"},
		{"database.schemaName", g.Database.SchemaName != "", "remove it"},
		{"database.usePlural", g.Database.UsePlural, "remove it"},
		{"advanced.database.generateId", ids == "serial" || ids == "false", "use uuid, or remove it"},
		{"rateLimit.storage", o.RateLimit.Storage == "database", "use memory, or secondary-storage with secondaryStorage: redis"},
		{"session.storeSessionInDatabase", o.Session.StoreSessionInDatabase, "remove it"},
		{"session.preserveSessionInDatabase", o.Session.PreserveSessionInDatabase, "remove it"},
		{"verification.storeInDatabase", o.Verification.StoreInDatabase, "remove it"},
	} {
		if need.asked {
			l.needsDatabase(need.path, need.suggestion)
		}
	}
	for _, t := range g.Tables() {
		for _, f := range t.AdditionalFields {
			if f.Value.Unique {
				l.needsDatabase(t.Key+".additionalFields."+f.Key+".unique", "remove it, and check in a hook what must not occur twice")
			}
		}
	}
}

func (l *loader) needsDatabase(path, suggestion string) {
	l.diags.Add(diag.Diagnostic{
		Severity: diag.Error, Code: CodeStorage, Pos: l.pos(path),
		Summary: fmt.Sprintf("%s needs a database, but database.dialect is %s", path, NoDatabase), Suggestion: suggestion,
	})
}
