package config

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// allowed is the form of a key of migrations.allow.
var allowed = regexp.MustCompile(`^[A-Z]{2}[0-9]{3} \S+$`)

func (l *loader) checkMigrations(o MigrationOptions) {
	if err := checkFolder(o.Dir); err != nil {
		l.errorf(l.pos("migrations.dir"), CodeValue, "migrations.dir: %v", err)
	}
	for _, e := range o.Allow {
		at := "migrations.allow." + e.Key
		if !allowed.MatchString(e.Key) {
			l.errorf(l.pos(at), CodeValue, `migrations.allow: expected a code and what it is about, like "DD101 user.handle", got %q`, e.Key)
		}
		if strings.TrimSpace(e.Value) == "" {
			l.errorf(l.pos(at), CodeValue, "migrations.allow: say why %s is fine", e.Key)
		}
	}
}

func (l *loader) checkAdvisories(o AdvisoryOptions) {
	for _, e := range o.Allow {
		if strings.TrimSpace(e.Value) == "" {
			l.errorf(l.pos("advisories.allow."+e.Key), CodeValue, "advisories.allow: say why your code is fine as to %s", e.Key)
		}
	}
}

func checkFolder(folder string) error {
	if folder == "." || path.Clean(folder) != folder || !fs.ValidPath(folder) {
		return fmt.Errorf("expected a folder below the module's root like migrations, got %q", folder)
	}
	if strings.HasPrefix(folder, ".betterauth") || strings.HasPrefix(folder, ".git/") {
		return fmt.Errorf("%q is not the place for migrations", folder)
	}
	return nil
}
