package live

import (
	"net/url"
	"strings"
)

const redacted = "xxxxx"

// parseURL parses a database URL, and refuses one whose unescaped password was
// taken for another part: `u:1#2@host` has the host `u`, port 1 and a fragment.
func parseURL(databaseURL string) (*url.URL, bool) {
	u, err := url.Parse(databaseURL)
	if err != nil || u.Fragment != "" || u.User == nil && strings.Contains(databaseURL, "@") {
		return nil, false
	}
	return u, true
}

// RedactURL returns a database URL that may be shown: without its password and
// without query options that may hold a secret. Of a URL that cannot be told
// apart into its pieces only the scheme is left.
func RedactURL(databaseURL string) string {
	scheme, _, ok := strings.Cut(databaseURL, ":")
	if !ok || strings.ContainsAny(scheme, "@/ =") {
		return redacted // no URL: perhaps a driver's DSN, password and all
	}
	u, ok := parseURL(databaseURL)
	if !ok {
		return scheme + ":" + redacted
	}
	if _, has := u.User.Password(); has {
		u.User = url.UserPassword(u.User.Username(), redacted)
	}
	u.RawQuery = redactQuery(u.RawQuery)
	return u.String()
}

// redactQuery replaces values in place, keeping the order of the options.
func redactQuery(query string) string {
	if query == "" {
		return ""
	}
	options := strings.Split(query, "&")
	for i, option := range options {
		if mayHoldSecret(option) {
			key, _, _ := strings.Cut(option, "=")
			options[i] = key + "=" + redacted
		}
	}
	return strings.Join(options, "&")
}

// mayHoldSecret errs on the side of hiding: libpq takes passwords as options, and
// encrypting builds of SQLite take keys inside a pragma.
func mayHoldSecret(option string) bool {
	text, err := url.QueryUnescape(option)
	if err != nil {
		return true
	}
	text = strings.ToLower(text)
	for _, word := range []string{"pass", "pwd", "key", "secret", "token"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}
