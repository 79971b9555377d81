package twofactor

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

// rfcSecret is the secret of the test vectors in RFC 4226 and 6238.
const rfcSecret = "12345678901234567890"

// RFC 4226 appendix D.
//
// security: 30
func TestHOTPVectors(t *testing.T) {
	want := strings.Fields("755224 287082 359152 969429 338314 254676 287922 162583 399871 520489")
	for counter, code := range want {
		if got := hotp(rfcSecret, uint64(counter), 6); got != code {
			t.Errorf("counter %d: %s, want %s", counter, got, code)
		}
	}
}

// RFC 6238 appendix B.
//
// security: 29
func TestTOTPVectors(t *testing.T) {
	options := TOTPOptions{Digits: 8, Period: 30}
	for at, want := range map[int64]string{
		59: "94287082", 1111111109: "07081804", 1111111111: "14050471",
		1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130",
	} {
		if got := options.code(rfcSecret, time.Unix(at, 0)); got != want {
			t.Errorf("at %d: %s, want %s", at, got, want)
		}
	}
}

// Codes and URIs of Better Auth 1.7.5.
func TestBetterAuthVectors(t *testing.T) {
	options := TOTPOptions{Digits: 6, Period: 30}
	tests := []struct {
		secret string
		millis int64
		code   string
		key    string
	}{
		{rfcSecret, 59000, "287082", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"},
		{rfcSecret, 1111111109000, "081804", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"},
		{"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", 1750000000000, "064062", "IFBEGRCFIZDUQSKKJNGE2TSPKBIVEU2UKVLFOWCZLIYDCMRTGQ2Q"},
		{"k9Zq-_aB3dE5fG7hI9jK1lM3nO5pQ7rS", 1750000000000, "570273", "NM4VU4JNL5QUEM3EIU2WMRZXNBETS2SLGFWE2M3OJ42XAUJXOJJQ"},
	}
	for _, tt := range tests {
		at := time.UnixMilli(tt.millis)
		if got := options.code(tt.secret, at); got != tt.code {
			t.Errorf("code at %d: %s, want %s", tt.millis, got, tt.code)
		}
		for periods, want := range map[int]bool{-2: false, -1: true, 0: true, 1: true, 2: false} {
			shifted := at.Add(time.Duration(periods) * 30 * time.Second)
			if shifted.Unix() < 0 {
				continue // before time began
			}
			step, got := options.match(tt.secret, tt.code, shifted)
			if got != want || got && step != options.step(at) {
				t.Errorf("code at %d, %d periods later: step %d, %v", tt.millis, periods, step, got)
			}
		}
		want := "otpauth://totp/Issuer%20Name:user%40example.com?secret=" + tt.key + "&issuer=Issuer+Name&digits=6&period=30"
		if got := options.uri("Issuer Name", "user@example.com", tt.secret); got != want {
			t.Errorf("uri\n got %s\nwant %s", got, want)
		}
	}
}

func TestMatchRefuses(t *testing.T) {
	options, now := TOTPOptions{Digits: 6, Period: 30}, time.Unix(59, 0)
	code := options.code(rfcSecret, now)
	for _, wrong := range []string{"", code[:5], code + "0", " " + code, "28708２", strconv.Itoa(287083)} {
		if _, ok := options.match(rfcSecret, wrong, now); ok {
			t.Errorf("%q is accepted", wrong)
		}
	}
}

func TestEndIsWhenTheCodeIsRefused(t *testing.T) {
	options := TOTPOptions{Digits: 6, Period: 30}
	code, end := options.code(rfcSecret, time.Unix(59, 0)), options.end(1)
	if _, ok := options.match(rfcSecret, code, end.Add(-time.Second)); !ok {
		t.Error("refused before its end")
	}
	if _, ok := options.match(rfcSecret, code, end); ok {
		t.Error("accepted at its end")
	}
}

// security: 30
func TestSecretStrength(t *testing.T) {
	if a, b := newSecret(), newSecret(); len(a) != 32 || a == b {
		t.Errorf("secrets %q and %q", a, b)
	}
}

func TestFormEscape(t *testing.T) {
	if got, want := formEscape("A b*~&é"), "A+b*%7E%26%C3%A9"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
