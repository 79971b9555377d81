package core

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// VersionedSecret is one of several secrets, so that secrets can be rotated.
type VersionedSecret struct {
	// Version is written next to what the secret encrypts. It must not be negative or used twice.
	Version int
	// Value is the secret.
	Value string
}

// developmentSecret keeps a first try from failing; production refuses it.
const developmentSecret = "better-auth-secret-12345678901234567890"

// configureSecret settles the keys. With versioned secrets the first one signs and encrypts, the others
// decrypt, and the plain secret only reads what was stored before there were versions.
func (a *Auth) configureSecret(getenv func(string) string) error {
	secret := firstOf(a.opts.Secret, getenv("BETTER_AUTH_SECRET"), getenv("AUTH_SECRET"))
	versions := a.opts.Secrets
	if text := getenv("BETTER_AUTH_SECRETS"); len(versions) == 0 && text != "" {
		var err error
		if versions, err = parseSecrets(text); err != nil {
			return err
		}
	}
	if len(versions) == 0 {
		if secret == "" && !a.production {
			secret = developmentSecret
			a.log.Warn("no BETTER_AUTH_SECRET: using the development secret")
		}
		a.keys = secure.Keyring{Secret: secret}
		return a.checkSecret("BETTER_AUTH_SECRET", secret)
	}
	if secret == developmentSecret {
		secret = "" // everybody knows it
	}
	ring, err := newKeyring(versions, secret)
	if err != nil {
		return err
	}
	a.keys = ring
	return a.checkSecret("the first of BETTER_AUTH_SECRETS", ring.Signing())
}

// checkSecret refuses a secret that is too weak for production, and warns of it elsewhere.
func (a *Auth) checkSecret(name, secret string) error {
	switch {
	case secret == "":
		return errors.New("no secret: set BETTER_AUTH_SECRET (betterauth-gen secret prints one)")
	case a.production && (secret == developmentSecret || len(secret) < 32):
		return fmt.Errorf("%s is too weak for production: at least 32 characters (betterauth-gen secret prints one)", name)
	case len(secret) < 32:
		a.log.Warn(name + " is shorter than 32 characters")
	}
	return nil
}

// newKeyring returns the keys of versions, whose first is the current one.
func newKeyring(versions []VersionedSecret, legacy string) (secure.Keyring, error) {
	ring := secure.Keyring{Secret: legacy, Current: versions[0].Version, Versions: map[int]string{}}
	for _, v := range versions {
		_, taken := ring.Versions[v.Version]
		switch {
		case v.Version < 0:
			return ring, fmt.Errorf("secrets: version %d is negative", v.Version)
		case v.Value == "":
			return ring, fmt.Errorf("secrets: version %d is empty", v.Version)
		case taken:
			return ring, fmt.Errorf("secrets: version %d is there twice", v.Version)
		}
		ring.Versions[v.Version] = v.Value
	}
	return ring, nil
}

// parseSecrets reads BETTER_AUTH_SECRETS: version:secret pairs with commas between them, the current one
// first. Errors do not repeat the text.
func parseSecrets(text string) ([]VersionedSecret, error) {
	var versions []VersionedSecret
	for entry := range strings.SplitSeq(text, ",") {
		version, value, ok := strings.Cut(strings.TrimSpace(entry), ":")
		n, err := strconv.Atoi(version)
		if !ok || err != nil {
			return nil, fmt.Errorf("BETTER_AUTH_SECRETS: entry %d is not of the form version:secret", len(versions)+1)
		}
		versions = append(versions, VersionedSecret{n, strings.TrimSpace(value)})
	}
	return versions, nil
}
