package core

import (
	"context"
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

// ErrorPage shows what went wrong in a flow that runs in the browser. With an error URL configured, or
// in production unless the look of this page is, the application's own page is shown instead.
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
	look := a.opts.OnAPIError.CustomizeDefaultErrorPage
	switch {
	case a.opts.OnAPIError.ErrorURL != "":
		call.Redirect(withQuery(a.opts.OnAPIError.ErrorURL, parameters))
		return nil, nil
	case a.production && look == (ErrorPageOptions{}):
		call.Redirect("/?" + parameters)
		return nil, nil
	}
	var page strings.Builder
	err := errorPage.Execute(&page, errorPageData{Code: code, Description: description, Look: look})
	call.page = []byte(page.String())
	return nil, err
}
