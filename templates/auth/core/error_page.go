package core

import (
	"html/template"
	"strings"
)

// errorPageData is what the page shows, and how.
type errorPageData struct {
	Code, Description string
	Look              ErrorPageOptions
}

// errorPage is shown to people whose browser was redirected after a failure.
var errorPage = template.Must(template.New("error").Funcs(template.FuncMap{"css": css}).Parse(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Error</title>
{{- with .Look}}
<style>
:root {
  --background: {{css .Colors.Background "#fafafa"}}; --foreground: {{css .Colors.Foreground "#222"}};
  --card: {{css .Colors.CardBackground "#fff"}}; --border: {{css .Colors.Border "#ddd"}}; --grid: {{css .Colors.GridColor "#eee"}};
  --primary: {{css .Colors.Primary "#222"}}; --primary-foreground: {{css .Colors.PrimaryForeground "#fff"}};
  --muted: {{css .Colors.MutedForeground "#666"}}; --destructive: {{css .Colors.Destructive "#b00020"}};
  --title: {{css .Colors.TitleColor "inherit"}}; --title-border: {{css .Colors.TitleBorder "#ddd"}}; --corner: {{css .Colors.CornerBorder "#888"}};
  --sm: {{css .Size.RadiusSm ".25rem"}}; --md: {{css .Size.RadiusMd ".5rem"}}; --lg: {{css .Size.RadiusLg ".75rem"}};
}
body { font: {{css .Size.TextSm "1rem"}}/1.5 {{css .Font.DefaultFamily "system-ui, sans-serif"}}; display: grid; place-items: center; min-height: 100vh; margin: 0; background: var(--background); color: var(--foreground) }
main { position: relative; max-width: 32rem; padding: 2rem; text-align: center; background: var(--card); border: 1px solid var(--border); border-radius: var(--lg) }
h1 { font-size: {{css .Size.Text2XL "1.5rem"}}; color: var(--title) }
.mark { font-size: {{css .Size.Text6XL "3rem"}}; line-height: 1; margin: 0; color: var(--destructive) }
p { font-size: inherit; color: var(--muted) }
code { font-family: {{css .Font.MonoFamily "ui-monospace, monospace"}}; color: var(--foreground); background: var(--grid); padding: .1rem .4rem; border-radius: var(--sm) }
a { display: inline-block; padding: .5rem 1rem; color: var(--primary-foreground); background: var(--primary); border-radius: var(--md); text-decoration: none }
{{- if not .DisableBackgroundGrid}}
body { background-image: linear-gradient(var(--grid) 1px, transparent 1px), linear-gradient(90deg, var(--grid) 1px, transparent 1px); background-size: 2.5rem 2.5rem }
{{- end}}
{{- if not .DisableTitleBorder}}
h1 { padding-bottom: .5rem; border-bottom: 1px solid var(--title-border) }
{{- end}}
{{- if not .DisableCornerDecorations}}
main::before, main::after { content: ""; position: absolute; width: 1rem; height: 1rem; border: 2px solid var(--corner) }
main::before { top: -1px; left: -1px; border-right: 0; border-bottom: 0 }
main::after { right: -1px; bottom: -1px; border-left: 0; border-top: 0 }
{{- end}}
@media (min-width: 40rem) { h1 { font-size: {{css .Size.Text4XL "2rem"}} } }
</style>
{{- end}}
</head>
<body>
<main>
<p class="mark" aria-hidden="true">!</p>
<h1>Something went wrong</h1>
<p>{{if .Description}}{{.Description}}{{else}}The request could not be completed. Please go back and try again.{{end}}</p>
<p>Code: <code>{{.Code}}</code></p>
<p><a href="/">Back to the start page</a></p>
</main>
</body>
</html>
`))

// css is a value of the options, or otherwise where there is none. One that could end its declaration
// counts as none.
func css(value, otherwise string) template.CSS {
	if value == "" || strings.ContainsAny(value, "<>{};\\") {
		value = otherwise
	}
	return template.CSS(value)
}
