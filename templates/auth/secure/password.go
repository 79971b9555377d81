package secure

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/text/unicode/norm"
)

// ErrMalformedHash reports a stored password that is in none of the known
// forms. It is a fault of the data, never a wrong password.
var ErrMalformedHash = errors.New("stored password hash is malformed")

// Names of the password algorithms.
const (
	Scrypt   = "scrypt" // the form of Better Auth
	Argon2id = "argon2id"
	Bcrypt   = "bcrypt"
)

// Hasher hashes and checks passwords.
type Hasher interface {
	// Hash returns the text to store for password.
	Hash(ctx context.Context, password string) (string, error)
	// Verify reports whether password is the stored one.
	Verify(ctx context.Context, password, stored string) (ok bool, err error)
	// NeedsRehash reports whether stored was made in another way than Hash
	// would make it today, so that it should be replaced after a sign-in.
	NeedsRehash(stored string) bool
}

// algorithm is one way to hash passwords. Its functions compute at once; the
// gate around them decides when.
type algorithm interface {
	owns(stored string) bool
	current(stored string) bool
	hash(password string) (string, error)
	hashMemory() int64
	verify(password, stored string) (bool, error)
	verifyMemory(stored string) (int64, error)
}

var (
	_ algorithm = scryptHash{}
	_ algorithm = argon2Hash{}
	_ algorithm = bcryptHash{}
)

// NewHasher returns the hasher that makes hashes of the named algorithm and
// checks those of every algorithm, so rows made before a change keep working.
// All work passes through gate.
func NewHasher(name string, gate *Gate) (Hasher, error) {
	known := map[string]algorithm{Scrypt: scryptHash{}, Argon2id: argon2Hash{}, Bcrypt: bcryptHash{}}
	chosen, ok := known[name]
	if !ok {
		return nil, fmt.Errorf("unknown password algorithm %q: use %s, %s or %s", name, Scrypt, Argon2id, Bcrypt)
	}
	return &hasher{chosen: chosen, gate: gate}, nil
}

type hasher struct {
	chosen algorithm
	gate   *Gate
}

func (h *hasher) Hash(ctx context.Context, password string) (stored string, err error) {
	gateErr := h.gate.Do(ctx, h.chosen.hashMemory(), func() { stored, err = h.chosen.hash(password) })
	if gateErr != nil {
		return "", fmt.Errorf("hash password: %w", gateErr)
	}
	return stored, err
}

func (h *hasher) Verify(ctx context.Context, password, stored string) (ok bool, err error) {
	made := algorithmOf(stored)
	memory, err := made.verifyMemory(stored)
	if err != nil {
		return false, err
	}
	gateErr := h.gate.Do(ctx, memory, func() { ok, err = made.verify(password, stored) })
	if gateErr != nil {
		return false, fmt.Errorf("verify password: %w", gateErr)
	}
	return ok && err == nil, err
}

func (h *hasher) NeedsRehash(stored string) bool {
	return !h.chosen.owns(stored) || !h.chosen.current(stored)
}

// algorithmOf tells by its form how stored was made. Scrypt hashes carry no
// mark, so they are what is left.
func algorithmOf(stored string) algorithm {
	for _, a := range []algorithm{argon2Hash{}, bcryptHash{}} {
		if a.owns(stored) {
			return a
		}
	}
	return scryptHash{}
}

// normalize brings a password into Unicode form NFKC, so that keyboards which
// compose characters differently enter the same password.
func normalize(password string) []byte {
	return norm.NFKC.Bytes([]byte(password))
}
