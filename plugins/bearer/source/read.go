package bearer

import (
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// scheme is followed by the token, RFC 6750 section 2.1. Schemes are case-insensitive.
const scheme = "Bearer "

// read returns the session token of the Authorization header. A token with a bad signature counts as
// none, so that the session cookie still decides.
func (p *Plugin) read(call *core.Call) (token string, ok bool) {
	header := call.Request().Header.Get("Authorization")
	if len(header) < len(scheme) || !strings.EqualFold(header[:len(scheme)], scheme) {
		return "", false
	}
	token = strings.TrimSpace(header[len(scheme):])
	if token == "" {
		return "", false
	}
	if !strings.Contains(token, ".") {
		return token, !p.options.RequireSignature
	}
	if decoded, valid := web.DecodeURIComponent(token); valid { // copied from the cookie
		token = decoded
	}
	return p.auth.VerifyToken(token)
}
