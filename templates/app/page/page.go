// Package page serves a page that uses the auth server: a first thing to see, and an example of its
// endpoints. It is yours to change or to throw away.
package page

import (
	"crypto/rand"
	_ "embed"
	"html"
	"net/http"
	"strings"
)

//go:embed page.html
var source string

// Handler serves the page. The endpoints are below authPath, such as /api/auth; providers are the ids of
// social providers to sign in with.
func Handler(authPath string, providers ...string) http.Handler {
	text := strings.NewReplacer(
		"{{authPath}}", html.EscapeString(authPath),
		"{{providers}}", html.EscapeString(strings.Join(providers, " ")),
	).Replace(source)
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		nonce := rand.Text()
		header := w.Header()
		header.Set("Content-Type", "text/html; charset=utf-8")
		header.Set("Content-Security-Policy", policy(nonce))
		header.Set("Cache-Control", "no-store") // a nonce is for one answer
		header.Set("Referrer-Policy", "same-origin")
		header.Set("X-Content-Type-Options", "nosniff")
		_, _ = w.Write([]byte(strings.ReplaceAll(text, "{{nonce}}", nonce)))
	})
}

// policy lets the page run the one script and use the one style sheet that carry nonce, and talk to
// its own server; nothing else. What an attacker might smuggle into the page stays text.
func policy(nonce string) string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'nonce-" + nonce + "'",
		"style-src 'nonce-" + nonce + "'",
		"img-src data:", // the icon
		"connect-src 'self'",
		"base-uri 'none'",
		"form-action 'none'", // the script sends the forms
		"frame-ancestors 'none'",
	}, "; ")
}
