package social

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const appleID = "apple"

// AppleOptions are the settings of sign-in with Apple. Apple's client secret is a token signed with a
// key of the developer account: either ClientSecret is one signed elsewhere, valid for six months at
// most, or TeamID, KeyID and PrivateKey sign one for every use.
type AppleOptions struct {
	Options
	// AppBundleIdentifier is whom ID tokens are for that a native app sends. Unset: the client ids.
	AppBundleIdentifier string
	// Audience is whom ID tokens may be for. It goes before AppBundleIdentifier.
	Audience []string `single:"true"`
	// TeamID is the ten characters that name the developer account.
	TeamID string `name:"teamId"`
	// KeyID is the ten characters that name the private key.
	KeyID string `name:"keyId"`
	// PrivateKey is the text of the .p8 file Apple made, a PKCS #8 key in PEM. Line ends may be written
	// as \n, as in environment variables.
	PrivateKey string
}

// Apple is sign-in with Apple. Its callback is a posted form, with the user's name only the first time.
func Apple(o AppleOptions, f Funcs) core.Provider {
	secret, err := o.secret()
	return New(Spec{
		ID:      appleID,
		Invalid: err,
		Authorization: Authorization{
			URL:          "https://appleid.apple.com/auth/authorize",
			Scopes:       []string{"email", "name"},
			PKCE:         true,
			ResponseType: "code id_token",
			ResponseMode: "form_post",
		},
		Token:    Token{URL: "https://appleid.apple.com/auth/token", NeedsSecret: true, Secret: secret},
		UserInfo: appleUser,
		IDToken: &IDToken{
			JWKS:        "https://appleid.apple.com/auth/keys",
			Issuers:     []string{"https://appleid.apple.com"},
			Audiences:   o.audiences(),
			MaxAge:      time.Hour,
			HashedNonce: true,
		},
	}, o.Options, f)
}

func (o AppleOptions) audiences() []string {
	switch {
	case len(o.Audience) > 0:
		return o.Audience
	case o.AppBundleIdentifier != "":
		return []string{o.AppBundleIdentifier}
	}
	return o.ClientIDs
}

// appleSecretLife is how long a client secret we sign is good for. It is used at once.
const appleSecretLife = 5 * time.Minute

// secret returns what signs client secrets; nil without a key.
func (o AppleOptions) secret() (func() (string, error), error) {
	switch {
	case o.ClientSecret != "" || o.TeamID == "" && o.KeyID == "" && o.PrivateKey == "":
		return nil, nil
	case o.TeamID == "" || o.KeyID == "" || o.PrivateKey == "":
		return nil, errors.New("teamId, keyId and privateKey belong together")
	}
	key, err := parseAppleKey(o.PrivateKey)
	if err != nil {
		return nil, fmt.Errorf("privateKey: %w", err)
	}
	signing := jose.SigningKey{Algorithm: jose.ES256, Key: jose.JSONWebKey{Key: key, KeyID: o.KeyID}}
	signer, err := jose.NewSigner(signing, nil)
	if err != nil {
		return nil, fmt.Errorf("privateKey: %w", err)
	}
	return func() (string, error) {
		now := time.Now()
		return jwt.Signed(signer).Claims(jwt.Claims{
			Issuer:   o.TeamID,
			Subject:  o.ClientID(),
			Audience: jwt.Audience{"https://appleid.apple.com"},
			IssuedAt: jwt.NewNumericDate(now),
			Expiry:   jwt.NewNumericDate(now.Add(appleSecretLife)),
		}).Serialize()
	}, nil
}

func parseAppleKey(text string) (*ecdsa.PrivateKey, error) {
	block, _ := pem.Decode([]byte(strings.ReplaceAll(text, `\n`, "\n")))
	if block == nil {
		return nil, errors.New("not a PEM file")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, errors.New("not a PKCS #8 key")
	}
	key, ok := parsed.(*ecdsa.PrivateKey)
	if !ok || key.Curve != elliptic.P256() {
		return nil, errors.New("not a P-256 key")
	}
	return key, nil
}

type appleProfile struct {
	Sub           Text   `json:"sub"`
	Name          string `json:"name"`
	Email         string `json:"email"`
	EmailVerified Flag   `json:"email_verified"`
}

// appleForm is the callback's field "user".
type appleForm struct {
	Name *struct {
		FirstName string `json:"firstName"`
		LastName  string `json:"lastName"`
	} `json:"name"`
}

func appleUser(_ context.Context, g *Grant) (*core.ProviderProfile, error) {
	var p appleProfile
	claims, err := g.Claims(&p)
	if err != nil {
		return nil, err
	}
	var form appleForm
	if json.Unmarshal(g.Form, &form) == nil && form.Name != nil {
		p.Name = strings.TrimSpace(form.Name.FirstName + " " + form.Name.LastName)
	}
	data, err := With(claims, "name", p.Name)
	if err != nil {
		return nil, err
	}
	return &core.ProviderProfile{
		AccountID:     string(p.Sub),
		Name:          p.Name,
		Email:         p.Email,
		EmailVerified: bool(p.EmailVerified),
		Data:          data,
	}, nil
}
