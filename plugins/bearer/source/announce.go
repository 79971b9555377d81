package bearer

import (
	"net/http"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// tokenHeader carries the token to clients that cannot read the cookie.
const tokenHeader = "Set-Auth-Token"

// announce puts the signed token of a new or extended session on the answer.
func announce(call *core.Call, signed string) {
	call.Header().Set(tokenHeader, signed)
	expose(call.Header(), strings.ToLower(tokenHeader))
}

// expose lets scripts of other origins read a header, in addition to those they already may.
func expose(h http.Header, name string) {
	const list = "Access-Control-Expose-Headers"
	var names []string
	for exposed := range strings.SplitSeq(h.Get(list), ",") {
		if exposed = strings.TrimSpace(exposed); exposed != "" {
			names = append(names, exposed)
		}
	}
	if !slices.ContainsFunc(names, func(exposed string) bool { return strings.EqualFold(exposed, name) }) {
		names = append(names, name)
	}
	h.Set(list, strings.Join(names, ", "))
}
