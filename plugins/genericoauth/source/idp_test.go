package genericoauth_test

import (
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

type object = map[string]any

// idp is an OpenID provider on this machine. It is as strict as a real one about what it is sent.
type idp struct {
	*httptest.Server
	key *rsa.PrivateKey

	// claims are about whoever signs in; "email_verified" and so on.
	claims object
	// forge changes an ID token before it is signed, or replaces the signed one.
	forge func(claims object) (token string)
	// plain leaves out everything that is OpenID Connect.
	plain bool
	down  bool

	mu       sync.Mutex
	code     string
	asked    url.Values // the last authorization request
	posted   url.Values // the last token request
	tokenReq *http.Request
}

func newIDP(t *testing.T) *idp {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p := &idp{key: key, claims: object{"sub": "ada-1815", "email": "ada@example.com", "email_verified": true, "name": "Ada", "picture": "https://idp.example/ada.png"}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.configuration)
	mux.HandleFunc("GET /keys", p.keys)
	mux.HandleFunc("POST /token", p.token)
	mux.HandleFunc("GET /userinfo", p.userInfo)
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func (p *idp) configuration(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.down {
		http.Error(w, "down", http.StatusServiceUnavailable)
		return
	}
	write(w, object{
		"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token",
		"userinfo_endpoint": p.URL + "/userinfo", "jwks_uri": "/keys", "end_session_endpoint": p.URL + "/logout?kept=1",
		"id_token_signing_alg_values_supported": []string{"RS256", "HS256", "none"},
	})
}

func (p *idp) keys(w http.ResponseWriter, _ *http.Request) {
	write(w, object{"keys": []object{{
		"kty": "RSA", "kid": "1", "alg": "RS256", "use": "sig",
		"n": encode(p.key.N.Bytes()), "e": encode(big.NewInt(int64(p.key.E)).Bytes()),
	}}})
}

// consent is the person agreeing on the page at target. It returns the path of the callback the browser is
// sent to.
func (p *idp) consent(t *testing.T, target string) string {
	t.Helper()
	u, err := url.Parse(target)
	if err != nil || !strings.HasPrefix(target, p.URL+"/authorize?") {
		t.Fatalf("sent to %s: %v", target, err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked, p.code = u.Query(), rand.Text()
	back, err := url.Parse(p.asked.Get("redirect_uri"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(back.Path, "/api/auth") + "?" + url.Values{"code": {p.code}, "state": {p.asked.Get("state")}, "iss": {p.URL}}.Encode()
}

func (p *idp) token(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = r.ParseForm()
	p.posted, p.tokenReq = r.PostForm, r
	answer := object{"access_token": "access", "token_type": "Bearer"}
	switch p.posted.Get("grant_type") {
	case "authorization_code":
		if why := p.refuse(); why != "" {
			w.WriteHeader(http.StatusBadRequest)
			write(w, object{"error": why})
			return
		}
		p.code = ""
		answer["refresh_token"], answer["scope"] = "refresh", p.asked.Get("scope")
	case "refresh_token":
		answer["access_token"] = "access"
	}
	if !p.plain {
		answer["id_token"] = p.idToken()
	}
	write(w, answer)
}

// refuse checks a code as RFC 6749 §4.1.3 and RFC 7636 §4.6 want it.
func (p *idp) refuse() string {
	sum := sha256.Sum256([]byte(p.posted.Get("code_verifier")))
	switch {
	case p.code == "" || p.posted.Get("code") != p.code || p.posted.Get("redirect_uri") != p.asked.Get("redirect_uri"):
		return "invalid_grant"
	case p.asked.Has("code_challenge") && encode(sum[:]) != p.asked.Get("code_challenge"):
		return "invalid_grant"
	}
	return ""
}

func (p *idp) idToken() string {
	claims := object{"iss": p.URL, "aud": "shop", "iat": time.Now().Unix(), "exp": time.Now().Add(time.Hour).Unix()}
	if p.asked.Has("nonce") {
		claims["nonce"] = p.asked.Get("nonce")
	}
	for name, value := range p.claims {
		claims[name] = value
	}
	if p.forge != nil {
		if token := p.forge(claims); token != "" {
			return token
		}
	}
	return sign(p.key, claims)
}

func (p *idp) userInfo(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer access" {
		http.Error(w, "no", http.StatusUnauthorized)
		return
	}
	write(w, p.claims)
}

func write(w http.ResponseWriter, answer any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer)
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func unsigned(algorithm string, claims object) string {
	header, _ := json.Marshal(object{"alg": algorithm, "kid": "1"})
	payload, _ := json.Marshal(claims)
	return encode(header) + "." + encode(payload)
}

// sign makes a JWT with RS256 (RFC 7515 §A.2).
func sign(key *rsa.PrivateKey, claims object) string {
	text := unsigned("RS256", claims)
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		return ""
	}
	return text + "." + encode(signature)
}

// signShared makes a JWT with HS256, for a verifier that would take a public key for a secret.
func signShared(secret []byte, claims object) string {
	text := unsigned("HS256", claims)
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(text))
	return text + "." + encode(mac.Sum(nil))
}
