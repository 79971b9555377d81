package config

import (
	"fmt"
	"io/fs"
	"net/netip"
	"net/url"
	"path"
	"strings"

	"golang.org/x/mod/module"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// check looks at values that have the right type: whether they are in range and go together.
func (l *loader) check() {
	l.checkSettings(l.cfg.Settings)
	options := l.cfg.DefaultOptions()
	l.apply(l.cfg.Settings, &options)
	l.checkPasswordLength(options.EmailAndPassword)
	l.checkBaseURL(options.BaseURL)
	l.checkAllowedHosts(options)
	l.checkPaths(options)
	l.checkProxies(options.Advanced.IPAddress)
	l.checkRules(options.RateLimit)
	l.checkGeneration()
	l.checkStorage(options)
	written := l.cfg.Written()
	l.checkCookies(written)
	l.checkOrigins(written.CORS)
	l.checkSecrets(written.Secrets)
	l.checkErrorPage(written.OnAPIError)
}

// limits of whole numbers; all others are 0 or more.
type limits struct {
	path     string
	min, max int64 // max 0: none
}

func ranges() []limits {
	const maxCookieAge = 400 * 24 * 60 * 60 // RFC 6265bis: browsers cut longer cookies
	return []limits{
		{"session.expiresIn", 1, maxCookieAge},
		{"session.cookieCache.maxAge", 1, maxCookieAge},
		{"emailAndPassword.minPasswordLength", 1, 0},
		{"emailAndPassword.maxPasswordLength", 1, 0},
		{"emailAndPassword.resetPasswordTokenExpiresIn", 1, 0},
		{"emailAndPassword.password.memoryLimit", 64, 0}, // one scrypt hash takes 32 MiB and lets as much garbage stand
		{"emailAndPassword.password.queueTimeout", 1, 0},
		{"emailAndPassword.lockout.maxAttempts", 1, 100}, // more failures are not kept
		{"emailAndPassword.lockout.window", 1, 0},
		{"emailVerification.expiresIn", 1, 0},
		{"user.deleteUser.deleteTokenExpiresIn", 1, 0},
		{"rateLimit.window", 1, 0},
		{"rateLimit.max", 1, 0},
		{"advanced.ipAddress.ipv6Subnet", 0, 128},
	}
}

// checkSettings checks the whole numbers in settings.
func (l *loader) checkSettings(settings []Setting) {
	for _, s := range settings {
		allowed := limits{path: s.Path}
		for _, r := range ranges() {
			if l.prefix == "" && r.path == s.Path {
				allowed = r
			}
		}
		l.checkNumbers(s.Value, s.Path, allowed)
	}
}

func (l *loader) checkNumbers(v Value, path string, allowed limits) {
	if v.Kind == Int && (v.Int < allowed.min || allowed.max > 0 && v.Int > allowed.max) {
		l.errorf(l.pos(path), CodeValue, "%sexpected %s, got %d", l.subject(path), allowed, v.Int)
	}
	for _, m := range v.Members {
		name := m.Name
		if v.Kind == Struct {
			name = lowerCamel(name)
		}
		l.checkNumbers(m.Value, join(path, name), allowed)
	}
	for _, item := range v.Items {
		l.checkNumbers(item, path, allowed)
	}
}

func (r limits) String() string {
	if r.max > 0 {
		return fmt.Sprintf("%d to %d", r.min, r.max)
	}
	return fmt.Sprintf("%d or more", r.min)
}

func (l *loader) pos(path string) diag.Position { return l.cfg.Pos(join(l.prefix, path)) }

func (l *loader) checkPasswordLength(o core.EmailAndPasswordOptions) {
	const minPath, maxPath = "emailAndPassword.minPasswordLength", "emailAndPassword.maxPasswordLength"
	if o.MinPasswordLength <= o.MaxPasswordLength {
		return
	}
	at := minPath
	if !l.cfg.Has(minPath) {
		at = maxPath
	}
	l.errorf(l.pos(at), CodeValue, "%s is %d, more than maxPasswordLength, which is %d", minPath, o.MinPasswordLength, o.MaxPasswordLength)
}

// checkBaseURL checks a URL without variables; the server checks the rest when it starts.
func (l *loader) checkBaseURL(text string) {
	s, found := l.find("baseURL")
	if !found || s.Value.Text.HasEnv() {
		return
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.User != nil {
		l.errorf(s.Pos, CodeValue, "baseURL: expected a URL like https://shop.example, got %q", text)
	}
}

// checkAllowedHosts checks a base URL that requests decide, if none of it is a variable.
func (l *loader) checkAllowedHosts(o core.Options) {
	var set []Setting
	for _, s := range l.cfg.Settings {
		if parent(s.Path) == "baseURL" {
			set = append(set, s)
		}
		if (parent(s.Path) == "baseURL" || s.Path == "basePath") && len(s.Value.Variables()) > 0 {
			return
		}
	}
	if len(set) == 0 {
		return
	}
	if err := o.DynamicBaseURL.Validate(o.BasePath); err != nil {
		l.errorf(set[0].Pos, CodeValue, "%v", err)
	}
}

func (l *loader) find(path string) (Setting, bool) {
	for _, s := range l.cfg.Settings {
		if s.Path == path {
			return s, true
		}
	}
	return Setting{}, false
}

func (l *loader) checkPaths(o core.Options) {
	if s, found := l.find("basePath"); found && !s.Value.Text.HasEnv() && !strings.HasPrefix(o.BasePath, "/") {
		l.errorf(s.Pos, CodeValue, "basePath: expected a path that begins with /, got %q", o.BasePath)
	}
	for i, p := range l.cfg.Written().DisabledPaths {
		if !strings.HasPrefix(p, "/") && !Undecided(p) {
			l.errorf(l.pos(ItemPath("disabledPaths", i)), CodeValue, "disabledPaths: expected paths that begin with /, got %q", p)
		}
	}
}

func (l *loader) checkProxies(o core.IPAddressOptions) {
	s, _ := l.find("advanced.ipAddress.trustedProxies")
	for i, proxy := range o.TrustedProxies {
		_, errAddr := netip.ParseAddr(proxy)
		_, errPrefix := netip.ParsePrefix(proxy)
		if errAddr != nil && errPrefix != nil && !s.Value.Items[i].Text.HasEnv() {
			l.errorf(s.Pos, CodeValue, "%s: expected an address or a CIDR range, got %q", s.Path, proxy)
		}
	}
}

func (l *loader) checkRules(o core.RateLimitOptions) {
	s, _ := l.find("rateLimit.customRules")
	for i, m := range s.Value.Members {
		rule, at := o.CustomRules[i].Rule, join(s.Path, m.Name)
		if !strings.HasPrefix(m.Name, "/") && !strings.HasPrefix(m.Name, "*") {
			l.errorf(l.pos(at), CodeValue, "%s: expected a path that begins with /, got %q", s.Path, m.Name)
		}
		if len(m.Value.Members) > 0 && (rule.Window < 1 || rule.Max < 1) {
			l.errorf(l.pos(at), CodeValue, "%s: expected a window and a max of 1 or more, or false to lift the limit", at)
		}
	}
}

func (l *loader) checkGeneration() {
	g := &l.cfg.Generation
	if err := checkOutput(g.Output); err != nil {
		l.errorf(l.pos("output"), CodeValue, "output: %v", err)
	}
	if g.Telemetry.Enabled {
		l.errorf(l.pos("telemetry.enabled"), CodeUnsupported, "telemetry.enabled must be false: nothing is ever sent")
	}
	l.checkDatabaseURL(g.Database)
	l.checkMigrations(g.Migrations)
	l.checkAdvisories(g.Advisories)
	l.checkClients(g.Clients)
	for _, t := range g.Tables() {
		l.checkFields(t)
	}
}

// checkClients checks that every client has a file of its own.
func (l *loader) checkClients(clients []ClientOptions) {
	taken := map[string]bool{}
	for _, c := range clients {
		switch {
		case c.Framework == "":
			l.errorf(l.pos("clients"), CodeValue, "clients: %q has no framework", c.Path)
		case !fs.ValidPath(c.Path) || path.Ext(c.Path) != ".ts":
			l.errorf(l.pos("clients"), CodeValue, "clients: expected a path below the module's root that ends in .ts, got %q", c.Path)
		case taken[c.Path]:
			l.errorf(l.pos("clients"), CodeValue, "clients: there are two of %s", c.Path)
		}
		if u, err := url.Parse(c.BaseURL); c.BaseURL != "" && (err != nil || u.Host == "") {
			l.errorf(l.pos("clients"), CodeValue, "clients: expected a URL like https://api.shop.example, got %q", c.BaseURL)
		}
		taken[c.Path] = true
	}
}

// checkOutput reports why code cannot be emitted to the folder.
func checkOutput(folder string) error {
	const want = "expected a folder below the module's root like internal/auth"
	if folder == "." || path.Clean(folder) != folder || path.IsAbs(folder) {
		return fmt.Errorf("%s, got %q", want, folder)
	}
	if err := module.CheckImportPath(folder); err != nil {
		return fmt.Errorf("%s, got %q", want, folder)
	}
	for element := range strings.SplitSeq(folder, "/") {
		if strings.HasPrefix(element, "_") || element == "testdata" || element == "vendor" {
			return fmt.Errorf("the go command ignores packages in %q", element)
		}
	}
	return nil
}

// checkDatabaseURL compares the URL, as far as it is in the file, with the dialect.
func (l *loader) checkDatabaseURL(o DatabaseOptions) {
	if len(o.URL) == 0 {
		return
	}
	scheme, _, _ := strings.Cut(o.URL[0].Literal, ":")
	var dialect string
	switch scheme {
	case "file", "sqlite":
		dialect = "sqlite"
	case "postgres", "postgresql":
		dialect = "postgres"
	case "mysql", "mariadb":
		dialect = "mysql"
	default:
		return
	}
	if dialect != o.Dialect && o.Dialect != NoDatabase {
		l.errorf(l.pos("database.url"), CodeValue, "database.url is a %s URL, but database.dialect is %s", dialect, o.Dialect)
	}
}
