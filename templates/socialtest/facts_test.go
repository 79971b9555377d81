package socialtest

import (
	"encoding/base64"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

// facts are what is known about a provider of Better Auth 1.7.5.
type facts struct {
	ID                  string            `json:"id"`
	AuthorizationURL    string            `json:"authorizationURL"`
	AuthorizationParams []string          `json:"authorizationParams"`
	DefaultScopes       []string          `json:"defaultScopes"`
	PKCE                bool              `json:"pkce"`
	ResponseType        string            `json:"responseType"`
	ResponseMode        string            `json:"responseMode"`
	LoginHintSupported  bool              `json:"loginHintSupported"`
	FixedParams         map[string]string `json:"fixedParams"`
	TokenURL            string            `json:"tokenURL"`
	TokenMethod         string            `json:"tokenMethod"`
	TokenBodyParams     []string          `json:"tokenBodyParams"`
	ClientAuth          string            `json:"clientAuth"`
	Refresh             *struct {
		URL        string   `json:"url"`
		ClientAuth string   `json:"clientAuth"`
		Params     []string `json:"params"`
	} `json:"refresh"`
	UserinfoURLs []string `json:"userinfoURLs"`
	IDToken      *struct {
		JWKS            string   `json:"jwks"`
		Issuers         []string `json:"issuers"`
		MaxTokenAge     string   `json:"maxTokenAge"`
		NonceComparison string   `json:"nonceComparison"`
		AllowOpaque     bool     `json:"allowOpaqueToken"`
	} `json:"idToken"`
}

// options are all a provider needs to work, with a client key and a secret.
func (f facts) options() json.RawMessage {
	return json.RawMessage(`{"clientId": "CID", "clientSecret": "CSEC", "clientKey": "CKEY"` + map[string]string{
		"cognito": `, "domain": "auth.example.com", "region": "us-east-1", "userPoolId": "pool1"`,
	}[f.ID] + `}`)
}

func allFacts(t testing.TB) []facts {
	t.Helper()
	text, err := os.ReadFile("testdata/providers.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []facts
	decode(t, text, &all)
	if len(all) != 36 {
		t.Fatalf("facts about %d providers", len(all))
	}
	return all
}

func TestFacts(t *testing.T) {
	for _, f := range allFacts(t) {
		t.Run(f.ID, func(t *testing.T) {
			p := constructs()[f.ID](t, f.options(), social.Funcs{})
			if p.ID() != f.ID {
				t.Errorf("id %q", p.ID())
			}
			f.checkAuthorization(t, p)
			f.checkToken(t)
			f.checkUserInfo(t)
			if _, ok := p.(core.RefreshingProvider); ok != (f.Refresh != nil) {
				t.Errorf("refreshes: %t", ok)
			}
			if _, ok := p.(core.IDTokenProvider); ok != (f.IDToken != nil) {
				t.Errorf("takes ID tokens: %t", ok)
			}
		})
	}
}

func (f facts) checkAuthorization(t *testing.T, p core.Provider) {
	got, err := p.AuthorizationURL(t.Context(), core.AuthorizationRequest{
		State: state, CodeVerifier: verifier, RedirectURI: callback, LoginHint: "ann@example.com",
	})
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(got)
	if err != nil {
		t.Fatal(err)
	}
	if at := u.Scheme + "://" + u.Host + u.Path; at != f.AuthorizationURL {
		t.Errorf("at %s, want %s", at, f.AuthorizationURL)
	}
	var names []string
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		name, _, _ := strings.Cut(pair, "=")
		names = append(names, name)
	}
	if u.Fragment != "" {
		names = append(names, "#"+u.Fragment)
	}
	if !slices.Equal(names, f.AuthorizationParams) {
		t.Errorf("parameters %v, want %v", names, f.AuthorizationParams)
	}
	want := map[string]string{
		"state": state, "redirect_uri": callback, "response_type": f.ResponseType, "response_mode": f.ResponseMode,
		"scope": strings.Join(f.DefaultScopes, " "),
	}
	maps.Copy(want, f.FixedParams)
	if f.PKCE {
		want["code_challenge_method"] = "S256"
	}
	if f.LoginHintSupported {
		want["login_hint"] = "ann@example.com"
	}
	for name, value := range want {
		if u.Query().Get(name) != value {
			t.Errorf("%s is %q, want %q", name, u.Query().Get(name), value)
		}
	}
}

func (f facts) checkToken(t *testing.T) {
	w := newWorld(t, nil)
	p := constructs()[f.ID](t, f.options(), social.Funcs{Transport: w})
	_, _ = p.Exchange(t.Context(), core.CodeExchange{Code: "CODE", CodeVerifier: verifier, RedirectURI: callback, DeviceID: "DEVICE"})
	checkTokenCall(t, w.received()[0], f.TokenMethod, f.TokenURL, f.ClientAuth, f.TokenBodyParams)
	if f.Refresh != nil {
		_, _ = p.(core.RefreshingProvider).Refresh(t.Context(), "REFRESH")
		checkTokenCall(t, w.received()[1], f.TokenMethod, f.Refresh.URL, f.Refresh.ClientAuth, f.Refresh.Params)
	}
}

func checkTokenCall(t *testing.T, c call, method, at, auth string, params []string) {
	t.Helper()
	if c.Method != method || c.URL != at {
		t.Errorf("%s %s, want %s %s", c.Method, c.URL, method, at)
	}
	names := slices.Sorted(maps.Keys(c.Body))
	if c.Method == "GET" {
		names = slices.Sorted(maps.Keys(c.Query))
	}
	if !slices.Equal(names, slices.Sorted(slices.Values(params))) {
		t.Errorf("parameters %v, want %v", names, params)
	}
	credentials := ""
	if auth == "client_secret_basic" {
		credentials = "Basic " + base64.StdEncoding.EncodeToString([]byte("CID:CSEC"))
	}
	if c.Headers["authorization"] != credentials {
		t.Errorf("Authorization %q, want %q", c.Headers["authorization"], credentials)
	}
}

// checkUserInfo looks where profiles are asked for. Facebook and X need a good answer to ask on.
func (f facts) checkUserInfo(t *testing.T) {
	w := newWorld(t, map[string]json.RawMessage{
		"https://graph.facebook.com/debug_token": json.RawMessage(`{"data": {"is_valid": true, "app_id": "CID", "user_id": "1"}}`),
		"https://api.github.com/user":            json.RawMessage(`{"id": 1}`),
	})
	p := constructs()[f.ID](t, f.options(), social.Funcs{Transport: w})
	tokens := &core.OAuthTokens{AccessToken: "AT", Raw: map[string]any{"openid": "wx"}}
	if f.ID == "microsoft" {
		tokens.IDToken = unsigned([]byte(`{"oid": "o"}`))
	}
	_, _ = p.UserInfo(t.Context(), tokens, nil)
	var asked []string
	for _, c := range w.received() {
		asked = append(asked, unescaped(c.URL))
	}
	var want []string
	for _, u := range f.UserinfoURLs {
		want = append(want, unescaped(u))
	}
	if !slices.Equal(asked, want) {
		t.Errorf("asked %v, want %v", asked, want)
	}
}

// TestFiles holds provider files to one rule: github.go has const githubID = "github", one constructor
// and its options, and no file uses another provider's.
func TestFiles(t *testing.T) {
	const dir = "../auth/social"
	for _, f := range allFacts(t) {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, f.ID+".go"), nil, 0)
		if err != nil {
			t.Error(err)
			continue
		}
		var constructors []string
		for _, d := range file.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Recv == nil && d.Name.IsExported() && strings.EqualFold(d.Name.Name, f.ID) {
				constructors = append(constructors, d.Name.Name)
			}
		}
		if len(constructors) != 1 || file.Scope.Lookup(constructors[0]+"Options") == nil {
			t.Errorf("%s: constructors %v", f.ID, constructors)
		}
		id, _ := file.Scope.Lookup(f.ID + "ID").Decl.(*ast.ValueSpec)
		if id == nil || id.Values[0].(*ast.BasicLit).Value != `"`+f.ID+`"` {
			t.Errorf("%s: no const %sID", f.ID, f.ID)
		}
		for _, used := range file.Unresolved {
			for _, other := range allFacts(t) {
				if strings.HasPrefix(strings.ToLower(used.Name), other.ID) {
					t.Errorf("%s uses %s", f.ID, used.Name)
				}
			}
		}
	}
}
