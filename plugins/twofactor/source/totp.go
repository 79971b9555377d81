package twofactor

import (
	"crypto/hmac"
	"crypto/sha1" // RFC 4226 and authenticator apps want HMAC-SHA-1, which is not broken
	"crypto/subtle"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// newSecret returns the secret of an authenticator app: 192 random bits, as text.
func newSecret() string { return secure.Text(32, secure.URLSafe) }

// hotp returns the code of a counter, RFC 4226 section 5.3. The key is the secret's text itself.
func hotp(secret string, counter uint64, digits int) string {
	mac := hmac.New(sha1.New, []byte(secret))
	_ = binary.Write(mac, binary.BigEndian, counter) // a hash takes everything
	sum := mac.Sum(nil)
	offset := sum[len(sum)-1] & 0x0f
	number := uint64(binary.BigEndian.Uint32(sum[offset:]) & 0x7fffffff)
	modulus := uint64(1)
	for range digits {
		modulus *= 10
	}
	return fmt.Sprintf("%0*d", digits, number%modulus)
}

// step returns the number of the period an instant is in, RFC 6238 section 4.
func (o TOTPOptions) step(at time.Time) int64 { return at.Unix() / int64(o.Period) }

// code returns the code an authenticator app shows at an instant.
func (o TOTPOptions) code(secret string, at time.Time) string {
	return hotp(secret, uint64(o.step(at)), o.Digits)
}

// skew is how many periods the clock of the app may be off, either way.
const skew = 1

// match returns the step whose code was entered. The codes of all steps are compared, so that the time
// it takes does not tell which one it was.
func (o TOTPOptions) match(secret, code string, at time.Time) (step int64, ok bool) {
	now, found := o.step(at), 0
	for candidate := now - skew; candidate <= now+skew; candidate++ {
		same := subtle.ConstantTimeCompare([]byte(hotp(secret, uint64(candidate), o.Digits)), []byte(code))
		step = candidate*int64(same) + step*int64(1-same)
		found |= same
	}
	return step, found == 1
}

// end returns when the code of step is no longer accepted.
func (o TOTPOptions) end(step int64) time.Time {
	return time.Unix((step+skew+1)*int64(o.Period), 0)
}
