package authtest

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
)

// redirectMembers are the names under which endpoints are told where to send the browser.
var redirectMembers = []string{"callbackURL", "redirectTo", "errorCallbackURL", "newUserCallbackURL"}

// Redirected checks that no endpoint, public or not, sends a browser to target, a URL nobody trusts, under
// whatever name it is told. A POST is refused before anything is done.
func (i *Intruder) Redirected(target string) {
	t := i.server.t
	t.Helper()
	for _, route := range i.routes {
		for _, member := range redirectMembers {
			r := redirecting(i.Request(route), member, target)
			answer := i.ada.Clone().Do(r)
			if r.Method == http.MethodPost && (answer.Status != http.StatusForbidden || !strings.HasPrefix(answer.Text("code"), "INVALID_")) {
				t.Errorf("%s with %s: %d %s", route, member, answer.Status, answer.Body)
			}
			if location := answer.Header.Get("Location"); leavesServer(location) {
				t.Errorf("%s with %s leads to %s", route, member, location)
			}
		}
	}
}

// redirecting adds a member to the query of a GET, or to the body.
func redirecting(r *http.Request, member, target string) *http.Request {
	if r.Method == http.MethodGet {
		query := r.URL.Query()
		query.Set(member, target)
		r.URL.RawQuery = query.Encode()
		return r
	}
	var body M
	text, _ := io.ReadAll(r.Body)
	_ = json.Unmarshal(text, &body)
	maps.Copy(body, M{member: target})
	text, _ = json.Marshal(body)
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
	return r
}

// leavesServer reports that a Location leads a browser away from the server.
func leavesServer(location string) bool {
	base, _ := url.Parse(Origin)
	target, err := base.Parse(location)
	return err != nil || target.Scheme != base.Scheme || target.Host != base.Host
}
