package core

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// configureCORS checks the origins whose pages may call with cookies, and trusts them: a call that CORS lets
// through would otherwise be refused as a forged one.
func (a *Auth) configureCORS() error {
	for _, origin := range a.opts.CORS.Origins {
		u, err := url.Parse(origin)
		if err != nil || u.Host == "" || origin != u.Scheme+"://"+u.Host || (u.Scheme != "http" && u.Scheme != "https") || strings.ContainsAny(origin, "*?") {
			return fmt.Errorf("cors.origins: %q is not an origin like https://app.example.com; there are no wildcards", origin)
		}
	}
	a.trusted = a.trusted.With(a.opts.CORS.Origins...)
	return nil
}

// cors lets the page that sent r read the answer, if its origin is listed, and answers the question whether it
// may send a request at all (Fetch standard, "CORS protocol"); true: that was all. Without listed origins it
// does nothing, as Better Auth does.
func (a *Auth) cors(w http.ResponseWriter, r *http.Request) (answered bool) {
	allowed := a.opts.CORS.Origins
	if len(allowed) == 0 {
		return false
	}
	header := w.Header()
	header.Add("Vary", "Origin")
	origin := r.Header.Get("Origin")
	if !slices.Contains(allowed, origin) {
		return false
	}
	header.Set("Access-Control-Allow-Origin", origin)
	header.Set("Access-Control-Allow-Credentials", "true")
	header.Set("Access-Control-Expose-Headers", "x-retry-after")
	if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {
		return false
	}
	header.Add("Vary", "Access-Control-Request-Headers")
	header.Set("Access-Control-Allow-Methods", "GET, POST")
	if wanted := r.Header.Get("Access-Control-Request-Headers"); wanted != "" {
		header.Set("Access-Control-Allow-Headers", wanted) // the origin is trusted with any
	}
	header.Set("Access-Control-Max-Age", strconv.Itoa(a.opts.CORS.MaxAge))
	w.WriteHeader(http.StatusNoContent)
	return true
}
