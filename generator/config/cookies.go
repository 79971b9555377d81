package config

import (
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// checkCookies looks at what browsers drop without a word: names and domains that are none, and cookies for other
// sites that are not for https only.
func (l *loader) checkCookies(o core.Options) {
	const prefix, cross = "advanced.cookiePrefix", "advanced.crossSubDomainCookies.domain"
	adv := o.Advanced
	if l.cfg.Has(prefix) {
		l.checkCookieName(prefix, adv.CookiePrefix)
	}
	l.checkDomain(cross, adv.CrossSubDomainCookies.Domain, o.BaseURL)
	const all = "advanced.defaultCookieAttributes"
	l.checkDomain(all+".domain", adv.DefaultCookieAttributes.Domain, o.BaseURL)
	secure, known := secureCookies(o)
	if known {
		l.checkSameSite(all, secure, adv.DefaultCookieAttributes, core.CookieAttributes{})
	}
	for _, logical := range l.members("advanced.cookies") {
		path, cookie := "advanced.cookies."+logical, adv.Cookies[logical]
		if cookie.Name != "" {
			l.checkCookieName(path+".name", cookie.Name)
		}
		l.checkDomain(path+".attributes.domain", cookie.Attributes.Domain, o.BaseURL)
		if a := cookie.Attributes; known && (a.SameSite != "" || a.Secure != nil || a.Partitioned != nil) {
			l.checkSameSite(path+".attributes", secure, adv.DefaultCookieAttributes, a)
		}
	}
}

// members returns the keys of the map at path in the order of the file.
func (l *loader) members(path string) []string {
	s, _ := l.find(path)
	names := make([]string, len(s.Value.Members))
	for i, m := range s.Value.Members {
		names[i] = m.Name
	}
	return names
}

// cookieName is what the name of a cookie may be: a token (RFC 6265 §4.1.1, RFC 9110 §5.6.2).
var cookieName = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")

func (l *loader) checkCookieName(path, name string) {
	if Undecided(name) || cookieName.MatchString(name) {
		return
	}
	l.diags.Add(diag.Diagnostic{
		Severity: diag.Error, Code: CodeValue, Pos: l.pos(path),
		Summary:    fmt.Sprintf("%s: expected a name without blanks, quotes, commas and semicolons, got %q", path, name),
		Suggestion: suggestToken(name),
	})
}

// suggestToken leaves out what a token cannot have.
func suggestToken(name string) string {
	kept := strings.Map(func(r rune) rune {
		if cookieName.MatchString(string(r)) {
			return r
		}
		return -1
	}, name)
	if kept == "" {
		return "remove it to take the default"
	}
	return "write " + kept
}

var hostLabel = regexp.MustCompile(`^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$`)

// checkDomain checks the attribute Domain, which must be the host of the server or a domain it is in (RFC 6265 §5.3).
func (l *loader) checkDomain(path, domain, baseURL string) {
	if domain == "" || Undecided(domain) {
		return
	}
	host := strings.TrimPrefix(domain, ".")
	if !isHost(host) {
		d := diag.Diagnostic{
			Severity: diag.Error, Code: CodeValue, Pos: l.pos(path),
			Summary: fmt.Sprintf("%s: expected a host name like shop.example, got %q", path, domain),
		}
		if inner := hostIn(domain); isHost(inner) {
			d.Suggestion = "write " + inner
		}
		l.diags.Add(d)
		return
	}
	of := hostIn(baseURL)
	if of == "" || Undecided(baseURL) || strings.EqualFold(of, host) || strings.HasSuffix(strings.ToLower(of), "."+strings.ToLower(host)) {
		return
	}
	l.diags.Add(diag.Diagnostic{
		Severity: diag.Warning, Code: CodeValue, Pos: l.pos(path),
		Summary:    fmt.Sprintf("%s: browsers drop cookies for %s that %s sets", path, host, of),
		Suggestion: "write " + of + ", or a domain it is in",
	})
}

func isHost(name string) bool {
	if _, err := netip.ParseAddr(name); err == nil {
		return true
	}
	return len(name) <= 253 && !slices.ContainsFunc(strings.Split(name, "."), func(label string) bool { return !hostLabel.MatchString(label) })
}

// hostIn returns the host of a URL, or of what would be one with a scheme; "" when there is none.
func hostIn(text string) string {
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil {
		return ""
	}
	return strings.Trim(u.Hostname(), "*.")
}

// secureCookies says whether cookies get the attribute Secure, as far as the file decides it.
func secureCookies(o core.Options) (secure, known bool) {
	switch {
	case o.Advanced.UseSecureCookies != nil:
		return *o.Advanced.UseSecureCookies, true
	case len(o.DynamicBaseURL.AllowedHosts) > 0:
		protocol := o.DynamicBaseURL.Protocol
		return protocol == "https", protocol == "https" || protocol == "http"
	}
	return strings.HasPrefix(o.BaseURL, "https://"), o.BaseURL != "" && !strings.HasPrefix(o.BaseURL, "${")
}

// checkSameSite warns of cookies that are to be sent by other sites but not over https only: browsers drop them
// (RFC 6265bis §5.7). over are the attributes at path, above them those for all cookies.
func (l *loader) checkSameSite(path string, secure bool, above, over core.CookieAttributes) {
	sameSite := over.SameSite
	if sameSite == "" {
		sameSite = above.SameSite
	}
	for _, a := range []core.CookieAttributes{above, over} {
		if a.Secure != nil {
			secure = *a.Secure
		}
	}
	for _, p := range []*bool{over.Partitioned, above.Partitioned} {
		if p != nil {
			secure = secure || *p // Partitioned brings Secure with it
			break
		}
	}
	if sameSite != "none" || secure {
		return
	}
	at := path + ".secure"
	if !l.cfg.Has(at) {
		at = path + ".sameSite"
	}
	l.diags.Add(diag.Diagnostic{
		Severity: diag.Warning, Code: CodeValue, Pos: l.pos(at),
		Summary:    path + ": browsers drop cookies with sameSite none that are not secure",
		Suggestion: "set secure: true and serve over https, or use sameSite: lax",
	})
}
