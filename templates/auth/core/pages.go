package core

import (
	"context"
	"html/template"
	"net/url"
	"regexp"
	"strings"
)

// OKOutput says that the server is up.
type OKOutput struct {
	OK bool `json:"ok"`
}

// OK answers health checks. It does not touch the database.
func (a *Auth) OK(context.Context, *Call, NoInput) (*OKOutput, error) {
	return &OKOutput{OK: true}, nil
}

// errorCode is what may stand in the page as a code.
var errorCode = regexp.MustCompile(`^['A-Za-z0-9_-]+$`)

// errorPage is shown to people whose browser was redirected after a failure.
var errorPage = template.Must(template.New("error").Parse(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Error</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; display: grid; place-items: center; min-height: 100vh; margin: 0; background: #fafafa; color: #222 }
main { max-width: 32rem; padding: 2rem; text-align: center }
code { background: #eee; padding: .1rem .4rem; border-radius: .25rem }
</style>
</head>
<body>
<main>
<h1>Something went wrong</h1>
<p>{{if .Description}}{{.Description}}{{else}}The request could not be completed. Please go back and try again.{{end}}</p>
<p>Code: <code>{{.Code}}</code></p>
<p><a href="/">Back to the start page</a></p>
</main>
</body>
</html>
`))

// ErrorPage shows what went wrong in a flow that runs in the browser. With an error URL configured, or
// in production, the application's own page is shown instead.
func (a *Auth) ErrorPage(_ context.Context, call *Call, _ NoInput) (*NoInput, error) {
	query := call.request.URL.Query()
	code := firstOf(query.Get("error"), "UNKNOWN")
	if !errorCode.MatchString(code) {
		code = "UNKNOWN"
	}
	description := query.Get("error_description")
	parameters := "error=" + url.QueryEscape(code)
	if description != "" {
		parameters += "&error_description=" + url.QueryEscape(description)
	}
	switch {
	case a.opts.OnAPIError.ErrorURL != "":
		call.Redirect(withQuery(a.opts.OnAPIError.ErrorURL, parameters))
		return nil, nil
	case a.production:
		call.Redirect("/?" + parameters)
		return nil, nil
	}
	var page strings.Builder
	err := errorPage.Execute(&page, struct{ Code, Description string }{code, description})
	call.page = []byte(page.String())
	return nil, err
}
