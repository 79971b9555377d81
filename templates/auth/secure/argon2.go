package secure

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/crypto/argon2"
)

const argon2Prefix = "$argon2id$"

// argon2Cost holds the cost parameters as they stand in a hash; memory is in KiB.
type argon2Cost struct {
	memory, time uint32
	threads      uint8
}

// defaultArgon2 is the least cost the OWASP password storage cheat sheet advises.
var defaultArgon2 = argon2Cost{memory: 19456, time: 2, threads: 1}

// maxArgon2 bounds the work a stored hash may ask of the server.
var maxArgon2 = argon2Cost{memory: defaultMemory >> 10, time: 16, threads: 16}

// argon2Hash makes PHC strings: $argon2id$v=19$m=19456,t=2,p=1$salt$key.
type argon2Hash struct{}

type argon2Parts struct {
	cost      argon2Cost
	salt, key []byte
}

func (argon2Hash) owns(stored string) bool { return strings.HasPrefix(stored, argon2Prefix) }

func (argon2Hash) current(stored string) bool {
	parts, err := parseArgon2(stored)
	return err == nil && parts.cost == defaultArgon2
}

func (argon2Hash) hashMemory() int64 { return int64(defaultArgon2.memory) << 10 }

func (argon2Hash) verifyMemory(stored string) (int64, error) {
	parts, err := parseArgon2(stored)
	return int64(parts.cost.memory) << 10, err
}

func (argon2Hash) hash(password string) (string, error) {
	parts := argon2Parts{cost: defaultArgon2, salt: make([]byte, 16)}
	_, _ = rand.Read(parts.salt) // never fails: the program is stopped instead
	parts.key = parts.derive(password, 32)
	return parts.String(), nil
}

func (argon2Hash) verify(password, stored string) (bool, error) {
	parts, err := parseArgon2(stored)
	if err != nil {
		return false, err
	}
	got := parts.derive(password, len(parts.key))
	return subtle.ConstantTimeCompare(got, parts.key) == 1, nil
}

func (p argon2Parts) derive(password string, length int) []byte {
	return argon2.IDKey(normalize(password), p.salt, p.cost.time, p.cost.memory, p.cost.threads, uint32(length))
}

func (p argon2Parts) String() string {
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("%sv=%d$m=%d,t=%d,p=%d$%s$%s", argon2Prefix, argon2.Version,
		p.cost.memory, p.cost.time, p.cost.threads, encode(p.salt), encode(p.key))
}

func parseArgon2(stored string) (argon2Parts, error) {
	rest, ok := strings.CutPrefix(stored, argon2Prefix+"v="+strconv.Itoa(argon2.Version)+"$")
	fields := strings.Split(rest, "$")
	if !ok || len(fields) != 3 {
		return argon2Parts{}, ErrMalformedHash
	}
	cost, costOK := parseArgon2Cost(fields[0])
	salt, saltErr := base64.RawStdEncoding.DecodeString(fields[1])
	key, keyErr := base64.RawStdEncoding.DecodeString(fields[2])
	// A short key would make wrong passwords likely to match.
	if !costOK || saltErr != nil || keyErr != nil || len(salt) < 8 || len(key) < 16 || len(key) > 64 {
		return argon2Parts{}, ErrMalformedHash
	}
	return argon2Parts{cost: cost, salt: salt, key: key}, nil
}

func parseArgon2Cost(text string) (argon2Cost, bool) {
	fields := strings.Split(text, ",")
	if len(fields) != 3 {
		return argon2Cost{}, false
	}
	memory, okM := parseCost(fields[0], "m=", maxArgon2.memory)
	time, okT := parseCost(fields[1], "t=", maxArgon2.time)
	threads, okP := parseCost(fields[2], "p=", uint32(maxArgon2.threads))
	return argon2Cost{memory, time, uint8(threads)}, okM && okT && okP
}

func parseCost(text, name string, most uint32) (uint32, bool) {
	digits, ok := strings.CutPrefix(text, name)
	n, err := strconv.ParseUint(digits, 10, 32)
	return uint32(n), ok && err == nil && n >= 1 && n <= uint64(most)
}
