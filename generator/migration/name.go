package migration

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// versionLayout is goose's timestamp version: 14 digits, in UTC.
const versionLayout = "20060102150405"

// Version returns the version of a new migration: the time, or where the newest
// of the existing files has a number in sequence the next one. It is always later
// than the newest, because a migration that sorts before one already applied
// would never run.
func Version(now time.Time, existing []string) string {
	version := now.UTC().Format(versionLayout)
	newest := newestVersion(existing)
	last := number(newest)
	switch at, err := time.Parse(versionLayout, newest); {
	case last == 0, err == nil && last < number(version):
		return version
	case err == nil:
		return at.Add(time.Second).Format(versionLayout)
	case isSeconds(newest):
		return strconv.FormatInt(max(now.Unix(), last+1), 10)
	}
	return fmt.Sprintf("%0*d", len(newest), last+1)
}

// isSeconds reports a version that counts the seconds since 1970, as one of the
// styles of golang-migrate does.
func isSeconds(version string) bool { return len(version) == 10 && version[0] == '1' }

func newestVersion(files []string) (newest string) {
	for _, file := range files {
		digits, _, ok := strings.Cut(path.Base(file), "_")
		if ok && number(digits) > number(newest) {
			newest = digits
		}
	}
	return newest
}

// number reads a version, or 0 if the text is none.
func number(digits string) int64 {
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// maxSubjects is how many names a migration's name may list.
const maxSubjects = 2

// The names of migrations that come before all others.
const (
	initName     = "auth_init"
	baselineName = "auth_baseline"
)

// IsFirst tells whether a file name, in whatever format, is that of a migration before
// which we made none.
func IsFirst(file string) bool {
	_, name, _ := strings.Cut(path.Base(file), "_")
	name, _, _ = strings.Cut(name, ".")
	return name == initName || name == baselineName
}

// Name describes changes in a file name: `auth_init` for the first ones,
// `auth_two_factor` for a plugin, `auth_user_company` for a field of the user's,
// `auth_update` for many things at once.
func Name(before schema.Schema, changes []schema.Change) string {
	if len(before.Tables) == 0 {
		return initName
	}
	var subjects []string
	for _, c := range changes {
		if s := snake(subject(c)); !slices.Contains(subjects, s) {
			subjects = append(subjects, s)
		}
	}
	if len(subjects) > maxSubjects {
		return "auth_update"
	}
	return "auth_" + strings.Join(subjects, "_")
}

// subject names the plugin behind a change, or what changes if it is the user's
// or the core's.
func subject(change schema.Change) string {
	switch c := change.(type) {
	case schema.AddTable:
		return plugin(c.Table.Origin, c.Subject())
	case schema.AddColumn:
		return plugin(c.Column.Origin, c.Subject())
	case schema.DropTable, schema.DropColumn:
		return "drop_" + c.Subject()
	case schema.AddIndex:
		return c.Table + "_index"
	case schema.DropIndex:
		return c.Table + "_index"
	case schema.RekeyColumn:
		return c.Table + "." + c.To
	}
	return change.Subject()
}

func plugin(o schema.Origin, otherwise string) string {
	if o.Plugin == "" || o.Plugin == "core" {
		return otherwise
	}
	return o.Plugin
}

// snake turns `user.displayUsername` and `two-factor` into snake case.
func snake(s string) string {
	var b strings.Builder
	lower := false // the last rune written was a lower-case letter or a digit
	for _, r := range s {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			b.WriteByte('_')
		case unicode.IsUpper(r) && lower:
			b.WriteByte('_')
			fallthrough
		default:
			b.WriteRune(unicode.ToLower(r))
		}
		lower = unicode.IsLower(r) || unicode.IsDigit(r)
	}
	return b.String()
}
