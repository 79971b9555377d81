package socialtest

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

const tenant = "11111111-2222-3333-4444-555555555555"

// signer makes ID tokens of a key and publishes it.
type signer struct{ key *rsa.PrivateKey }

func newSigner(t testing.TB) signer {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return signer{key}
}

func (s signer) jwks(t testing.TB) json.RawMessage {
	text, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: s.key.Public(), KeyID: "k", Algorithm: "RS256", Use: "sig"}}})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func (s signer) sign(t testing.TB, alg jose.SignatureAlgorithm, key any, claims map[string]any) string {
	t.Helper()
	js, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: jose.JSONWebKey{Key: key, KeyID: "k"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	token, err := jwt.Signed(js).Claims(claims).Serialize()
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// idClaims are good claims for a provider.
func idClaims(issuer string, changes map[string]any) map[string]any {
	out := map[string]any{
		"iss": issuer, "aud": "CID", "sub": "s", "nonce": "nonce", "tid": tenant, "oid": "o",
		"iat": time.Now().Unix(), "exp": time.Now().Add(time.Hour).Unix(),
	}
	maps.Copy(out, changes)
	return out
}

// TestIDTokens attacks every provider that takes ID tokens, with its keys on a local server.
//
// security: 39
func TestIDTokens(t *testing.T) {
	for _, f := range allFacts(t) {
		if f.IDToken == nil || f.IDToken.JWKS == "" {
			continue
		}
		t.Run(f.ID, func(t *testing.T) {
			s, foreign := newSigner(t), newSigner(t)
			w := newWorld(t, map[string]json.RawMessage{f.IDToken.JWKS: s.jwks(t)})
			p := constructs()[f.ID](t, f.options(), social.Funcs{Transport: w}).(core.IDTokenProvider)
			good := func(changes map[string]any) string {
				return s.sign(t, jose.RS256, s.key, idClaims(f.IDToken.Issuers[0], changes))
			}
			for _, issuer := range f.IDToken.Issuers {
				if err := p.VerifyIDToken(t.Context(), good(map[string]any{"iss": issuer}), "nonce"); err != nil {
					t.Errorf("good token of %s: %v", issuer, err)
				}
			}
			digest := sha256.Sum256([]byte("nonce"))
			hash := good(map[string]any{"nonce": hex.EncodeToString(digest[:])})
			old := good(map[string]any{"iat": time.Now().Add(-2 * time.Hour).Unix()})
			for name, test := range map[string]struct {
				token string
				taken bool
			}{
				"opaque":                       {"opaque", f.IDToken.AllowOpaque},
				"hashed nonce":                 {hash, f.IDToken.NonceComparison == "exact-or-sha256"},
				"old":                          {old, f.IDToken.MaxTokenAge == ""},
				"foreign key":                  {foreign.sign(t, jose.RS256, foreign.key, idClaims(f.IDToken.Issuers[0], nil)), false},
				"HS256 with the published key": {s.sign(t, jose.HS256, s.key.N.Bytes(), idClaims(f.IDToken.Issuers[0], nil)), false},
				"RS512":                        {s.sign(t, jose.RS512, s.key, idClaims(f.IDToken.Issuers[0], nil)), false},
				"unsigned":                     {unsigned([]byte(`{"iss":"` + f.IDToken.Issuers[0] + `","aud":"CID","sub":"s"}`)), false},
				"other issuer":                 {good(map[string]any{"iss": "https://evil.example"}), false},
				"other client":                 {good(map[string]any{"aud": "OTHER"}), false},
				"expired":                      {good(map[string]any{"exp": time.Now().Add(-time.Minute).Unix()}), false},
				"other nonce":                  {good(map[string]any{"nonce": "other"}), false},
				"no nonce":                     {good(map[string]any{"nonce": nil}), false},
			} {
				if err := p.VerifyIDToken(t.Context(), test.token, "nonce"); (err == nil) != test.taken {
					t.Errorf("%s: %v", name, err)
				}
			}
		})
	}
}

// verify has a provider with these options verify claims signed by its key.
func (s signer) verify(t *testing.T, id, jwks, options string, claims map[string]any) error {
	t.Helper()
	w := newWorld(t, map[string]json.RawMessage{jwks: s.jwks(t)})
	p := constructs()[id](t, json.RawMessage(options), social.Funcs{Transport: w}).(core.IDTokenProvider)
	return p.VerifyIDToken(t.Context(), s.sign(t, jose.RS256, s.key, claims), "nonce")
}

// TestMicrosoftTenants binds tokens to the tenants that may sign in, whose keys overlap.
//
// security: 39
func TestMicrosoftTenants(t *testing.T) {
	s := newSigner(t)
	const login, personal = "https://login.microsoftonline.com/", "9188040d-6c67-4c5b-b112-36a304b66dad"
	for _, test := range []struct {
		allowed, issuer, tid string
		taken                bool
	}{
		{"common", tenant, tenant, true},
		{"common", personal, personal, true},
		{"common", tenant, personal, false},
		{"common", tenant, "", false},
		{"organizations", tenant, tenant, true},
		{"organizations", personal, personal, false},
		{"consumers", personal, personal, true},
		{"consumers", tenant, tenant, false},
		{tenant, tenant, tenant, true},
		{tenant, personal, personal, false},
		{tenant, tenant, personal, false},
	} {
		err := s.verify(t, "microsoft", login+test.allowed+"/discovery/v2.0/keys", `{"clientId": "CID", "tenantId": "`+test.allowed+`"}`,
			idClaims(login+test.issuer+"/v2.0", map[string]any{"tid": test.tid}))
		if (err == nil) != test.taken {
			t.Errorf("%+v: %v", test, err)
		}
	}
}

func TestGoogleHostedDomain(t *testing.T) {
	s := newSigner(t)
	for _, test := range []struct {
		configured string
		hd         any
		taken      bool
	}{
		{"example.com", "example.com", true}, {"example.com", "other.com", false}, {"example.com", nil, false},
		{"*", "any.com", true}, {"*", nil, false}, {"", nil, true},
	} {
		err := s.verify(t, "google", "https://www.googleapis.com/oauth2/v3/certs", `{"clientId": "CID", "hd": "`+test.configured+`"}`,
			idClaims("https://accounts.google.com", map[string]any{"hd": test.hd}))
		if (err == nil) != test.taken {
			t.Errorf("%+v: %v", test, err)
		}
	}
}

// TestAudiences has tokens be for any client id, and Apple's for what its options say.
func TestAudiences(t *testing.T) {
	s := newSigner(t)
	const apple, google = "https://appleid.apple.com/auth/keys", "https://www.googleapis.com/oauth2/v3/certs"
	for _, test := range []struct {
		id, jwks, issuer, options, aud string
		taken                          bool
	}{
		{"google", google, "https://accounts.google.com", `{"clientId": ["CID", "MOBILE"]}`, "MOBILE", true},
		{"google", google, "https://accounts.google.com", `{"clientId": ["CID", "MOBILE"]}`, "OTHER", false},
		{"apple", apple, "https://appleid.apple.com", `{"clientId": "CID", "appBundleIdentifier": "app"}`, "app", true},
		{"apple", apple, "https://appleid.apple.com", `{"clientId": "CID", "appBundleIdentifier": "app"}`, "CID", false},
		{"apple", apple, "https://appleid.apple.com", `{"clientId": "CID", "appBundleIdentifier": "app", "audience": ["one", "two"]}`, "two", true},
		{"apple", apple, "https://appleid.apple.com", `{"clientId": "CID", "appBundleIdentifier": "app", "audience": "one"}`, "app", false},
	} {
		if err := s.verify(t, test.id, test.jwks, test.options, idClaims(test.issuer, map[string]any{"aud": test.aud})); (err == nil) != test.taken {
			t.Errorf("%+v: %v", test, err)
		}
	}
}

// TestLineVerifies asks LINE about tokens and distrusts the answer.
//
// security: 39
func TestLineVerifies(t *testing.T) {
	for answer, taken := range map[string]bool{
		`{"aud": "CID", "nonce": "nonce"}`: true,
		`{"aud": "CID"}`:                   true,
		`{"aud": "OTHER"}`:                 false,
		`{"nonce": "nonce"}`:               false,
		`{"aud": "CID", "nonce": "other"}`: false,
		`{}`:                               false,
	} {
		w := newWorld(t, map[string]json.RawMessage{"https://api.line.me/oauth2/v2.1/verify": json.RawMessage(answer)})
		p := constructs()["line"](t, json.RawMessage(`{"clientId": "CID"}`), social.Funcs{Transport: w}).(core.IDTokenProvider)
		if err := p.VerifyIDToken(t.Context(), "TOKEN", "nonce"); (err == nil) != taken {
			t.Errorf("%s: %v", answer, err)
		}
		body := w.received()[0].Body
		if body["id_token"] != "TOKEN" || body["client_id"] != "CID" || body["nonce"] != "nonce" || len(body) != 3 {
			t.Errorf("posted %v", body)
		}
	}
	w := newWorld(t, nil)
	p := constructs()["line"](t, json.RawMessage(`{"clientId": "CID"}`), social.Funcs{Transport: w}).(core.IDTokenProvider)
	if p.VerifyIDToken(t.Context(), "TOKEN", "") == nil {
		t.Error("taken though LINE refused it")
	}
}
