package web

import "strings"

// ValidURL reports whether text is an absolute URL as browsers parse it: any
// scheme, and for those of the web a host. Blanks around it do not count.
func ValidURL(text string) bool {
	text = strings.TrimFunc(text, func(r rune) bool { return r <= ' ' })
	text = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(text)
	scheme, rest, ok := strings.Cut(text, ":")
	if !ok || !isScheme(scheme) {
		return false
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "ws", "wss", "ftp":
		rest = strings.TrimLeft(rest, `/\`)
		return validAuthority(rest[:indexOrEnd(rest, `/\?#`)])
	}
	return true
}

func validAuthority(authority string) bool {
	host, _, ok := splitPort(authority[strings.LastIndexByte(authority, '@')+1:])
	if !ok || host == "" {
		return false
	}
	if strings.HasPrefix(host, "[") {
		_, ok := canonicalIPv6(host)
		return ok
	}
	return !strings.ContainsAny(host, " <>[]^|%\"`{}") && !strings.ContainsFunc(host, func(r rune) bool { return r < ' ' || r == 0x7f })
}
