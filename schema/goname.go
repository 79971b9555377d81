package schema

import (
	"strings"
	"unicode"
)

// GoName turns a key into an exported Go identifier: `userId` → `UserID`,
// `ipAddress` → `IPAddress`, `two-factor` → `TwoFactor`.
func GoName(key string) string {
	var b strings.Builder
	for _, word := range words(key) {
		b.WriteString(goWord(word))
	}
	name := b.String()
	if name != "" && unicode.IsDigit(rune(name[0])) {
		return "X" + name // an identifier may not begin with a digit
	}
	return name
}

// words splits at separators and where lower case turns to upper case. A run of
// capitals is one word, except for its last letter when a lower-case one follows:
// `URLPath` is URL, Path.
func words(key string) []string {
	var out []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			out = append(out, string(word))
			word = nil
		}
	}
	runes := []rune(key)
	for i, r := range runes {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			flush()
			continue
		}
		if startsWord(runes, i) {
			flush()
		}
		word = append(word, r)
	}
	flush()
	return out
}

func startsWord(runes []rune, i int) bool {
	if i == 0 || !unicode.IsUpper(runes[i]) {
		return false
	}
	if !unicode.IsUpper(runes[i-1]) {
		return true
	}
	return i+1 < len(runes) && unicode.IsLower(runes[i+1])
}

// goWord capitalises one word, initialisms throughout.
func goWord(word string) string {
	if special, ok := initialism(strings.ToLower(word)); ok {
		return special
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// initialism is a table of words Go spells in their own way.
func initialism(word string) (string, bool) {
	switch word {
	case "api", "html", "http", "https", "id", "ip", "json", "jwk", "jwks", "jwt", "oidc", "otp",
		"pkce", "sms", "sql", "sso", "totp", "uri", "url", "uuid", "aaguid":
		return strings.ToUpper(word), true
	case "ids", "ips", "uris", "urls":
		return strings.ToUpper(word[:len(word)-1]) + "s", true
	case "apikey":
		return "APIKey", true
	case "oauth":
		return "OAuth", true
	}
	return "", false
}
