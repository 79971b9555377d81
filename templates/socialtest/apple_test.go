package socialtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

func pkcs8(t *testing.T, key any) string {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

func appleKey(t *testing.T, curve elliptic.Curve) *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func appleOptions(privateKey string) social.AppleOptions {
	return social.AppleOptions{
		Options: social.Options{ClientIDs: []string{"com.example.web"}},
		TeamID:  "TEAM123456", KeyID: "KEY1234567", PrivateKey: privateKey,
	}
}

// TestAppleSecret has every token request carry a secret of its own, as Apple wants it: a token signed with
// ES256, from the team, about the client, for Apple.
func TestAppleSecret(t *testing.T) {
	key := appleKey(t, elliptic.P256())
	for name, text := range map[string]string{
		"file":     pkcs8(t, key),
		"variable": strings.ReplaceAll(pkcs8(t, key), "\n", `\n`),
	} {
		w := newWorld(t, nil)
		p := social.Apple(appleOptions(text), social.Funcs{Transport: w})
		if _, err := p.AuthorizationURL(t.Context(), core.AuthorizationRequest{State: state}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		_, _ = p.Exchange(t.Context(), core.CodeExchange{Code: "CODE"})
		_, _ = p.(core.RefreshingProvider).Refresh(t.Context(), "REFRESH")
		if len(w.received()) != 2 {
			t.Fatalf("%s: %d requests", name, len(w.received()))
		}
		for _, c := range w.received() {
			secret, _ := c.Body["client_secret"].(string)
			token, err := jwt.ParseSigned(secret, []jose.SignatureAlgorithm{jose.ES256})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			var claims jwt.Claims
			if err := token.Claims(key.Public(), &claims); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			want := jwt.Expected{
				Issuer: "TEAM123456", Subject: "com.example.web",
				AnyAudience: jwt.Audience{"https://appleid.apple.com"}, Time: time.Now(),
			}
			if err := claims.Validate(want); err != nil || token.Headers[0].KeyID != "KEY1234567" {
				t.Errorf("%s: %+v %v", name, claims, err)
			}
			if life := claims.Expiry.Time().Sub(claims.IssuedAt.Time()); life <= 0 || life > 10*time.Minute {
				t.Errorf("%s: good for %s", name, life)
			}
		}
	}
}

func TestAppleSecretGiven(t *testing.T) {
	o := appleOptions("not looked at")
	o.ClientSecret = "signed elsewhere"
	w := newWorld(t, nil)
	_, _ = social.Apple(o, social.Funcs{Transport: w}).Exchange(t.Context(), core.CodeExchange{Code: "CODE"})
	if got := w.received()[0].Body["client_secret"]; got != "signed elsewhere" {
		t.Errorf("%v", got)
	}
}

func TestAppleKeysRefused(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	withoutTeam := appleOptions(pkcs8(t, appleKey(t, elliptic.P256())))
	withoutTeam.TeamID = ""
	for name, o := range map[string]social.AppleOptions{
		"no PEM":        appleOptions("key"),
		"no PKCS #8":    appleOptions("-----BEGIN PRIVATE KEY-----\na2V5\n-----END PRIVATE KEY-----\n"),
		"RSA":           appleOptions(pkcs8(t, rsaKey)),
		"another curve": appleOptions(pkcs8(t, appleKey(t, elliptic.P384()))),
		"no team":       withoutTeam,
		"no key":        appleOptions(""),
	} {
		p := social.Apple(o, social.Funcs{})
		if _, err := p.AuthorizationURL(t.Context(), core.AuthorizationRequest{State: state}); err == nil {
			t.Errorf("%s: an authorization URL", name)
		} else if o.PrivateKey != "" && strings.Contains(err.Error(), o.PrivateKey) && len(o.PrivateKey) > 10 {
			t.Errorf("%s: the error tells the key", name)
		}
		if _, err := p.Exchange(t.Context(), core.CodeExchange{Code: "CODE"}); err == nil {
			t.Errorf("%s: tokens", name)
		}
		if p.(interface{ Validate() error }).Validate() == nil {
			t.Errorf("%s: valid", name)
		}
	}
}
