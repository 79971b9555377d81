package core

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// Logical names of the cookies that bind a sign-in at a provider to the browser it began in.
const (
	stateCookie      = "state"       // the signed name of a state in the database
	oauthStateCookie = "oauth_state" // the state itself, encrypted
)

// Lifetimes of Better Auth 1.7.5: the cookie that names a state ends before the state does.
const (
	oauthStateLifetime = 10 * time.Minute
	stateCookieMaxAge  = 5 * 60 // seconds
)

const (
	stateLength        = 32
	nonceLength        = 32
	codeVerifierLength = 128 // the most RFC 7636 §4.1 allows
)

// OAuthState is what the server remembers of a sign-in while the browser is at a provider. Its JSON is
// Better Auth's, so that a sign-in begun there can end here.
type OAuthState struct {
	CallbackURL  string `json:"callbackURL"`
	CodeVerifier string `json:"codeVerifier"`
	ErrorURL     string `json:"errorURL,omitempty"`
	NewUserURL   string `json:"newUserURL,omitempty"`
	// Link is the user an account is added to; nil in a sign-in.
	Link *OAuthLink `json:"link,omitempty"`
	// ExpiresAt is in Unix milliseconds.
	ExpiresAt     int64  `json:"expiresAt"`
	RequestSignUp bool   `json:"requestSignUp,omitempty"`
	IDTokenNonce  string `json:"idTokenNonce,omitempty"`
	// State is the parameter the provider sends back.
	State string `json:"oauthState,omitempty"`
	// Provider is the one the browser was sent to; "" in a state of Better Auth, which does not note it.
	Provider string `json:"oauthProvider,omitempty"`

	// Data is the additionalData of the client.
	Data map[string]json.RawMessage `json:"-"`
}

// OAuthLink names the user who wants an account added.
type OAuthLink struct {
	Email  string `json:"email"`
	UserID string `json:"userId"`
}

// stateMembers are the members of an OAuthState that a client cannot set with additionalData, whether they
// are present or not.
var stateMembers = []string{
	"callbackURL", "codeVerifier", "errorURL", "newUserURL", "link", "expiresAt", "requestSignUp", "idTokenNonce",
	"oauthState", "oauthProvider", "serverContext",
}

// MarshalJSON implements json.Marshaler: Data is beside the other members.
func (s *OAuthState) MarshalJSON() ([]byte, error) {
	type plain OAuthState
	text, err := encodeJSON((*plain)(s))
	if err != nil || len(s.Data) == 0 {
		return text, err
	}
	members := map[string]json.RawMessage{}
	for name, value := range s.Data {
		if !slices.Contains(stateMembers, name) {
			members[name] = value
		}
	}
	if err := json.Unmarshal(text, &members); err != nil {
		return nil, err
	}
	return encodeJSON(members)
}

// UnmarshalJSON implements json.Unmarshaler.
func (s *OAuthState) UnmarshalJSON(text []byte) error {
	type plain OAuthState
	if err := json.Unmarshal(text, (*plain)(s)); err != nil {
		return err
	}
	if err := json.Unmarshal(text, &s.Data); err != nil {
		return err
	}
	for _, name := range stateMembers {
		delete(s.Data, name)
	}
	return nil
}

// keepOAuthState stores state and sends the cookie that binds it to the browser.
func (a *Auth) keepOAuthState(ctx context.Context, call *Call, state *OAuthState) error {
	text, err := encodeJSON(state)
	if err != nil {
		return err
	}
	if a.statesInCookies() {
		return a.setOAuthStateCookie(call, string(text))
	}
	if err := a.CreateVerification(ctx, state.State, string(text), oauthStateLifetime); err != nil {
		return err
	}
	a.SetCookie(call, stateCookie, state.State, stateCookieMaxAge)
	return nil
}

func (a *Auth) statesInCookies() bool { return a.opts.Account.StoreStateStrategy == "cookie" }

func (a *Auth) setOAuthStateCookie(call *Call, text string) error {
	cookie := a.cookie(call, oauthStateCookie, int(oauthStateLifetime/time.Second))
	sealed, err := a.Encrypt(text)
	cookie.Value = sealed
	web.SetCookie(call.header, cookie)
	return err
}

// takeOAuthState returns the state a callback belongs to and makes sure that no other callback gets it. The
// error is an oauthRefusal when the state is unknown, used up, or of another browser or provider.
//
// A callback that is refused leaves the state alone: whoever learns its name but has not the cookie must
// not be able to end someone else's sign-in.
func (a *Auth) takeOAuthState(ctx context.Context, call *Call, p Provider, name string) (*OAuthState, error) {
	take := a.takeStoredState
	if a.statesInCookies() {
		take = a.takeStateCookie
	}
	state, err := take(ctx, call, p, name)
	if err != nil {
		return nil, err
	}
	if state.ExpiresAt < a.now().UnixMilli() {
		return nil, &oauthRefusal{target: state.ErrorURL, code: "state_mismatch"}
	}
	return state, nil
}

// takeStoredState is takeOAuthState for states in the database.
func (a *Auth) takeStoredState(ctx context.Context, call *Call, p Provider, name string) (*OAuthState, error) {
	row, err := a.FindVerification(ctx, name)
	if err != nil {
		return nil, err
	}
	if row == nil {
		return nil, &oauthRefusal{code: "state_mismatch"}
	}
	state, err := parseOAuthState(row.Value)
	if err != nil {
		return nil, err
	}
	ofBrowser, signed := a.Cookie(call, stateCookie)
	bound := signed && ofBrowser == name || a.opts.Account.SkipStateCookieCheck
	if !bound || !state.belongs(p, name) {
		return nil, &oauthRefusal{target: state.ErrorURL, code: "state_mismatch"}
	}
	taken, err := a.claimVerification(ctx, name, row)
	if err != nil {
		return nil, err
	}
	if !taken { // another callback was faster
		return nil, &oauthRefusal{target: state.ErrorURL, code: "state_mismatch"}
	}
	a.ExpireCookie(call, stateCookie)
	return state, nil
}

// takeStateCookie is takeOAuthState for states that the browser keeps.
func (a *Auth) takeStateCookie(_ context.Context, call *Call, p Provider, name string) (*OAuthState, error) {
	sealed, _ := call.cookies().Get(a.cookie(call, oauthStateCookie, 0).Name)
	if sealed == "" {
		return nil, &oauthRefusal{code: "state_mismatch"}
	}
	var state *OAuthState
	text, err := a.Decrypt(sealed)
	if err == nil {
		state, err = parseOAuthState(text)
	}
	if err != nil {
		return nil, &oauthRefusal{code: "state_invalid"}
	}
	if state.State == "" || !state.belongs(p, name) {
		return nil, &oauthRefusal{target: state.ErrorURL, code: "state_mismatch"}
	}
	a.ExpireCookie(call, oauthStateCookie)
	return state, nil
}

// parseOAuthState reads a stored state. What other flows store under a name is none.
func parseOAuthState(text string) (*OAuthState, error) {
	var state OAuthState
	if err := json.Unmarshal([]byte(text), &state); err != nil {
		return nil, err
	}
	if state.CodeVerifier == "" || state.ExpiresAt == 0 {
		return nil, errors.New("the value is no state of a sign-in")
	}
	return &state, nil
}

// belongs reports that a callback of p with the parameter name ends this sign-in. What one provider
// answered must not be redeemed at another (RFC 9700 §4.4). A p that is nil gets nothing to redeem.
func (s *OAuthState) belongs(p Provider, name string) bool {
	if s.State != "" && s.State != name {
		return false
	}
	return p == nil || s.Provider == "" || s.Provider == p.ID()
}

// newOAuthState returns the state of a sign-in that begins now.
func (a *Auth) newOAuthState(p Provider) *OAuthState {
	state := &OAuthState{
		CodeVerifier: secure.Text(codeVerifierLength, secure.URLSafe),
		ExpiresAt:    a.now().Add(oauthStateLifetime).UnixMilli(),
		State:        secure.Text(stateLength, secure.URLSafe),
		Provider:     p.ID(),
	}
	if p.Rules().UseNonce {
		state.IDTokenNonce = secure.Text(nonceLength, secure.URLSafe)
	}
	return state
}
