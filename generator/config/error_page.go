package config

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// checkErrorPage checks where browsers are sent after a failure, and how the page there looks.
func (l *loader) checkErrorPage(o core.OnAPIErrorOptions) {
	const page, look = "onAPIError.errorURL", "onAPIError.customizeDefaultErrorPage."
	if target := o.ErrorURL; target != "" && !isTarget(target) {
		l.diags.Add(diag.Diagnostic{
			Severity: diag.Error, Code: CodeValue, Pos: l.pos(page),
			Summary:    fmt.Sprintf("%s: expected a path that begins with /, or a URL like https://shop.example/error, got %q", page, target),
			Suggestion: suggestTarget(target),
		})
	}
	for _, s := range l.cfg.Settings {
		if option, ok := strings.CutPrefix(s.Path, look); ok && s.Value.Kind == String && !s.Value.Text.HasEnv() {
			l.checkLook(s, option)
		}
	}
}

// isTarget reports what a browser can be redirected to: a path of this host, or a page of any.
func isTarget(text string) bool {
	if strings.HasPrefix(text, "${") {
		return true
	}
	u, err := url.Parse(strings.NewReplacer("${", "", "}", "").Replace(text))
	switch {
	case err != nil:
		return false
	case strings.HasPrefix(text, "/"):
		return u.Host == ""
	}
	return isHTTP(u)
}

func suggestTarget(text string) string {
	if strings.ContainsAny(text, " :") {
		return ""
	}
	return "write /" + strings.TrimLeft(text, "/")
}

// checkLook checks a value of CSS. The server takes its own in the place of one that could end the declaration it is in.
func (l *loader) checkLook(s Setting, option string) {
	text := s.Value.Text.Literal()
	color := strings.HasPrefix(option, "colors.")
	switch {
	case text == "":
	case strings.ContainsAny(text, "<>{};\\"):
		l.errorf(s.Pos, CodeValue, "%s: expected a value of CSS without any of < > { } ; \\, got %q", s.Path, text)
	case color && !isColor(text):
		d := diag.Diagnostic{
			Severity: diag.Error, Code: CodeValue, Pos: s.Pos,
			Summary:    fmt.Sprintf("%s: expected a color like #1d4ed8, got %q", s.Path, text),
			Suggestion: Suggest(text, colorNames()),
		}
		if isColor("#" + text) {
			d.Suggestion = "write '#" + text + "'"
		}
		l.diags.Add(d)
	}
}
