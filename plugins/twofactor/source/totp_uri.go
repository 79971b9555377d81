package twofactor

import (
	"encoding/base32"
	"net/url"
	"strconv"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// uri returns the text of the QR code that hands a secret to an authenticator app.
func (o TOTPOptions) uri(issuer, account, secret string) string {
	key := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString([]byte(secret))
	return "otpauth://totp/" + web.EncodeURIComponent(issuer) + ":" + web.EncodeURIComponent(account) +
		"?secret=" + key + "&issuer=" + formEscape(issuer) +
		"&digits=" + strconv.Itoa(o.Digits) + "&period=" + strconv.Itoa(o.Period)
}

// formEscape escapes as JavaScript's URLSearchParams does, which treats two characters unlike Go.
func formEscape(text string) string {
	return strings.NewReplacer("%2A", "*", "~", "%7E").Replace(url.QueryEscape(text))
}
