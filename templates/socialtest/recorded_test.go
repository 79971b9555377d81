package socialtest

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

// recording is what a provider of Better Auth 1.7.5 did in a case; e2e/node/social.mjs made it.
type recording struct {
	Provider string          `json:"provider"`
	Name     string          `json:"name"`
	Options  json.RawMessage `json:"options"`

	Authorize *struct {
		LoginHint        string            `json:"loginHint"`
		Scopes           []string          `json:"scopes"`
		AdditionalParams map[string]string `json:"additionalParams"`
	} `json:"authorize"`
	URL any `json:"url"` // a string, unless there was none

	Exchange *struct {
		DeviceID string `json:"deviceId"`
	} `json:"exchange"`
	Refresh  bool            `json:"refresh"`
	TokenURL string          `json:"tokenURL"`
	Answer   json.RawMessage `json:"answer"`
	Tokens   *recordedTokens `json:"tokens"`

	Profile *struct {
		Tokens  map[string]json.RawMessage `json:"tokens"`
		Answers map[string]json.RawMessage `json:"answers"`
	} `json:"profile"`
	User      map[string]any `json:"user"`
	AccountID string         `json:"accountId"`
	Data      any            `json:"data"`

	Calls []call `json:"calls"`
}

type recordedTokens struct {
	Failed                bool     `json:"failed"`
	AccessToken           string   `json:"accessToken"`
	RefreshToken          string   `json:"refreshToken"`
	IDToken               string   `json:"idToken"`
	TokenType             string   `json:"tokenType"`
	AccessTokenExpiresAt  int      `json:"accessTokenExpiresAt"`
	RefreshTokenExpiresAt int      `json:"refreshTokenExpiresAt"`
	Scopes                []string `json:"scopes"`
}

const (
	state    = "STATE"
	verifier = "VERIFIER-0123456789-0123456789-0123456789-abc"
	callback = "https://app.example/api/auth/callback/x"
)

func recordings(t *testing.T) []recording {
	text, err := os.ReadFile("testdata/recorded.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []recording
	decode(t, text, &all)
	return all
}

// TestRecorded has every provider do what Better Auth's did: the same authorization URLs, the same
// requests, the same users.
func TestRecorded(t *testing.T) {
	for _, r := range recordings(t) {
		t.Run(r.Provider+"/"+r.Name, func(t *testing.T) {
			t.Parallel()
			switch {
			case r.Authorize != nil:
				r.authorize(t)
			case r.Profile != nil:
				r.profile(t)
			default:
				r.token(t)
			}
		})
	}
}

func (r recording) authorize(t *testing.T) {
	p := constructs()[r.Provider](t, r.Options, social.Funcs{})
	got, err := p.AuthorizationURL(t.Context(), core.AuthorizationRequest{
		State: state, CodeVerifier: verifier, RedirectURI: callback,
		LoginHint: r.Authorize.LoginHint, Scopes: r.Authorize.Scopes, Params: r.Authorize.AdditionalParams,
	})
	want, ok := r.URL.(string)
	if !ok || strings.Contains(want, "=undefined") {
		if err == nil {
			t.Fatalf("got %s, want an error", got)
		}
		return
	}
	if err != nil || got != want {
		t.Errorf("got  %s %v\nwant %s", got, err, want)
	}
}

func (r recording) token(t *testing.T) {
	w := newWorld(t, map[string]json.RawMessage{r.TokenURL: r.Answer})
	p := constructs()[r.Provider](t, r.Options, social.Funcs{Transport: w})
	tokens, err := r.ask(t.Context(), p)
	sameCalls(t, w.received(), r.Calls)
	if r.Tokens == nil || r.Tokens.Failed {
		if err == nil {
			t.Error("tokens, want an error")
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	got := recordedTokens{
		AccessToken: tokens.AccessToken, RefreshToken: tokens.RefreshToken, IDToken: tokens.IDToken,
		TokenType: tokens.TokenType, Scopes: tokens.Scopes,
		AccessTokenExpiresAt: seconds(tokens.AccessTokenExpiresAt), RefreshTokenExpiresAt: seconds(tokens.RefreshTokenExpiresAt),
	}
	if len(r.Tokens.Scopes) == 0 {
		r.Tokens.Scopes = nil
	}
	if !reflect.DeepEqual(got, *r.Tokens) {
		t.Errorf("got  %+v\nwant %+v", got, *r.Tokens)
	}
}

func (r recording) ask(ctx context.Context, p core.Provider) (*core.OAuthTokens, error) {
	if r.Exchange != nil {
		return p.Exchange(ctx, core.CodeExchange{
			Code: "CODE", CodeVerifier: verifier, RedirectURI: callback, DeviceID: r.Exchange.DeviceID,
		})
	}
	refreshing, ok := p.(core.RefreshingProvider)
	if !ok {
		return nil, errors.New("the provider does not refresh")
	}
	return refreshing.Refresh(ctx, "REFRESH")
}

func seconds(at *time.Time) int {
	if at == nil {
		return 0
	}
	return int(time.Until(*at).Round(time.Minute).Seconds())
}

func (r recording) profile(t *testing.T) {
	w := newWorld(t, r.Profile.Answers)
	p := constructs()[r.Provider](t, r.Options, social.Funcs{Transport: w})
	tokens, form := r.grant(t)
	got, err := p.UserInfo(t.Context(), tokens, form)
	sameCalls(t, w.received(), r.Calls)
	if r.User == nil || r.AccountID == "undefined" {
		if err == nil {
			t.Errorf("got %+v, want an error", got)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if got.AccountID != r.AccountID {
		t.Errorf("account %q, want %q", got.AccountID, r.AccountID)
	}
	if u := flatUser(got); !maps.EqualFunc(u, known(r.User), reflect.DeepEqual) {
		t.Errorf("got  %v\nwant %v", u, known(r.User))
	}
	var data any
	decode(t, got.Data.(json.RawMessage), &data)
	if !reflect.DeepEqual(data, r.Data) {
		t.Errorf("data\n%v, want\n%v", data, r.Data)
	}
}

// grant makes what a callback has of a recording.
func (r recording) grant(t *testing.T) (*core.OAuthTokens, json.RawMessage) {
	text := func(name string) (s string) { _ = json.Unmarshal(r.Profile.Tokens[name], &s); return s }
	tokens := &core.OAuthTokens{AccessToken: text("access_token"), IDToken: text("idToken")}
	if claims := r.Profile.Tokens["idToken"]; claims != nil && tokens.IDToken == "" {
		tokens.IDToken = unsigned(claims)
	}
	if direct := r.Profile.Tokens["direct"]; direct != nil {
		decode(t, direct, &tokens.Raw)
	}
	return tokens, r.Profile.Tokens["user"]
}

// unsigned is an ID token that only a token endpoint may hand out.
func unsigned(claims []byte) string {
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(`{"alg":"RS256","kid":"k"}`)) + "." + encode(claims) + ".c2ln"
}

// flatUser is a profile as Better Auth's user, without what is empty.
func flatUser(p *core.ProviderProfile) map[string]any {
	user := map[string]any{"name": p.Name, "email": p.Email, "emailVerified": p.EmailVerified}
	if p.Image != nil {
		user["image"] = *p.Image
	}
	for name, text := range p.Fields {
		var value any
		_ = json.Unmarshal(text, &value)
		user[name] = value
	}
	return known(user)
}

// known leaves out what is empty: JavaScript tells undefined, null and "" apart, we do not.
func known(user map[string]any) map[string]any {
	user = maps.Clone(user)
	maps.DeleteFunc(user, func(_ string, value any) bool { return value == nil || value == "" || value == false })
	return user
}

func sameCalls(t *testing.T, got, want []call) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d requests, want %d:\n%+v\n%+v", len(got), len(want), got, want)
	}
	for i := range got {
		g, w := got[i], want[i]
		g.Headers, w.Headers = meaningful(g.Headers, w), meaningful(w.Headers, w)
		w.URL = unescaped(w.URL)
		g.URL = unescaped(g.URL)
		if !reflect.DeepEqual(g, w) {
			t.Errorf("request %d\ngot  %+v\nwant %+v", i, g, w)
		}
	}
}

// meaningful are the headers to compare: what an HTTP library sends by itself is left out.
func meaningful(headers map[string]string, want call) map[string]string {
	headers = maps.Clone(headers)
	for _, name := range []string{"accept", "user-agent"} {
		if _, chosen := want.Headers[name]; !chosen {
			delete(headers, name)
		}
	}
	return headers
}

func unescaped(u string) string {
	if plain, err := url.PathUnescape(u); err == nil {
		return plain
	}
	return u
}

// TestRecordedAll has recordings of every provider.
func TestRecordedAll(t *testing.T) {
	all := recordings(t)
	for id := range constructs() {
		for kind, is := range map[string]func(recording) bool{
			"authorization URL": func(r recording) bool { return r.Authorize != nil },
			"code exchange":     func(r recording) bool { return r.Exchange != nil && !r.Tokens.Failed },
			"refresh":           func(r recording) bool { return r.Refresh || id == "vercel" },
			"profile":           func(r recording) bool { return r.User != nil },
		} {
			if !slices.ContainsFunc(all, func(r recording) bool {
				return r.Provider == id && (r.Tokens != nil || kind != "code exchange") && is(r)
			}) {
				t.Errorf("%s has no recorded %s", id, kind)
			}
		}
	}
}
