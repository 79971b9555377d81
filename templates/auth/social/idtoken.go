package social

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
)

// IDToken says how ID tokens of a provider are verified.
type IDToken struct {
	// JWKS is where the provider publishes its keys.
	JWKS string
	// Issuers are the values iss may have. Empty: Check looks at it.
	Issuers []string
	// Audiences are the values aud may have. Empty: the client ids.
	Audiences []string
	// Algorithms are the ones a token may be signed with. Empty: RS256.
	Algorithms []string
	// MaxAge is how long ago a token may have been issued. Zero: as long as it has not expired.
	MaxAge time.Duration
	// HashedNonce accepts the hex SHA-256 of the nonce in its place.
	HashedNonce bool
	// Opaque lets tokens pass that are no JWTs. UserInfo must ask the provider about them.
	Opaque bool
	// Check has further demands on the claims.
	Check func(claims json.RawMessage) error
	// Verify takes the place of all this, for a provider that verifies tokens itself.
	Verify func(ctx context.Context, c *Client, token, nonce string) error
}

// issuedAhead is how far the provider's clock may be ahead of ours.
const issuedAhead = time.Minute

var (
	errNotJWT   = errors.New("the token is not a JWT")
	errIssuer   = errors.New("the token is from another issuer")
	errAudience = errors.New("the token is for another application")
	errAge      = errors.New("the token was not issued lately")
	errSubject  = errors.New("the token is about nobody")
	errNonce    = errors.New("the token has another nonce")
)

// verifier is a provider that takes ID tokens.
type verifier struct {
	*provider
	spec   IDToken
	tokens *oidc.IDTokenVerifier
}

// newVerifier returns nil for a provider that takes no ID tokens.
func newVerifier(p *provider) *verifier {
	if p.spec.IDToken == nil && p.funcs.VerifyIDToken == nil {
		return nil
	}
	v := &verifier{provider: p}
	if p.spec.IDToken == nil {
		return v
	}
	v.spec = *p.spec.IDToken
	// Keys are fetched at the first token, and again when a token names an unknown one.
	keys := oidc.NewRemoteKeySet(oidc.ClientContext(context.Background(), p.client.http), v.spec.JWKS)
	v.tokens = oidc.NewVerifier("", keys, &oidc.Config{
		SupportedSigningAlgs: v.spec.Algorithms, // none means RS256
		SkipIssuerCheck:      true,              // there may be several
		SkipClientIDCheck:    true,
	})
	return v
}

func (v *verifier) VerifyIDToken(ctx context.Context, token, nonce string) error {
	var err error
	switch {
	case v.funcs.VerifyIDToken != nil:
		err = v.funcs.VerifyIDToken(ctx, token, nonce)
	case v.spec.Verify != nil:
		err = v.spec.Verify(ctx, v.client, token, nonce)
	default:
		err = v.verify(ctx, token, nonce)
	}
	if err != nil {
		return v.wrap(fmt.Errorf("verify ID token: %w", err))
	}
	return nil
}

func (v *verifier) verify(ctx context.Context, token, nonce string) error {
	if strings.Count(token, ".") != 2 {
		if v.spec.Opaque && token != "" {
			return nil
		}
		return errNotJWT
	}
	t, err := v.tokens.Verify(ctx, token)
	if err != nil {
		return err
	}
	audiences := v.spec.Audiences
	if len(audiences) == 0 {
		audiences = v.options.ClientIDs
	}
	switch {
	case t.Subject == "":
		return errSubject
	case len(v.spec.Issuers) > 0 && !slices.Contains(v.spec.Issuers, t.Issuer):
		return errIssuer
	case !slices.ContainsFunc(t.Audience, func(a string) bool { return a != "" && slices.Contains(audiences, a) }):
		return errAudience
	case v.spec.MaxAge > 0 && !issuedWithin(v.spec.MaxAge, t.IssuedAt):
		return errAge
	case nonce != "" && !v.spec.sameNonce(t.Nonce, nonce):
		return errNonce
	}
	return v.spec.check(t)
}

func issuedWithin(age time.Duration, at time.Time) bool {
	since := time.Since(at)
	return !at.IsZero() && since <= age && since >= -issuedAhead
}

func (s IDToken) sameNonce(got, want string) bool {
	same := func(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
	digest := sha256.Sum256([]byte(want))
	return same(got, want) || s.HashedNonce && same(got, hex.EncodeToString(digest[:]))
}

// check applies the provider's own demands. Without issuers they include the issuer, so that a Spec
// that forgot both accepts nothing.
func (s IDToken) check(t *oidc.IDToken) error {
	switch {
	case s.Check == nil && len(s.Issuers) == 0:
		return errIssuer
	case s.Check == nil:
		return nil
	}
	var claims json.RawMessage
	if err := t.Claims(&claims); err != nil {
		return err
	}
	return s.Check(claims)
}
