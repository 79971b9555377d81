package secure

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"
)

func newTestHasher(t *testing.T, name string) Hasher {
	t.Helper()
	hasher, err := NewHasher(name, NewGate(GateOptions{Wait: time.Minute}))
	if err != nil {
		t.Fatal(err)
	}
	return hasher
}

// security: 6
func TestVerifyVectors(t *testing.T) {
	for _, name := range []string{Scrypt, Argon2id} { // rows of Better Auth work whatever is configured
		hasher := newTestHasher(t, name)
		for _, c := range readVectors(t).Passwords {
			if ok, err := hasher.Verify(t.Context(), c.Password, c.Hash); err != nil || !ok {
				t.Errorf("%s: Verify(%q) = %v, %v", name, c.Password, ok, err)
			}
			if got, want := hasher.NeedsRehash(c.Hash), name != Scrypt; got != want {
				t.Errorf("%s: NeedsRehash = %v, want %v", name, got, want)
			}
		}
	}
}

// security: 6
func TestScryptVectorWithKnownSalt(t *testing.T) {
	for _, c := range readVectors(t).Passwords {
		salt, _, _ := strings.Cut(c.Hash, ":")
		key, err := scryptKey(c.Password, salt)
		if err != nil {
			t.Fatal(err)
		}
		if _, want, _ := splitScrypt(c.Hash); string(key) != string(want) {
			t.Errorf("key of %q differs from the recorded one", c.Password)
		}
	}
}

// security: 2, 6
func TestHashRoundTrip(t *testing.T) {
	long := strings.Repeat("p", 100)
	for _, name := range []string{Scrypt, Argon2id, Bcrypt} {
		t.Run(name, func(t *testing.T) {
			hasher := newTestHasher(t, name)
			stored, err := hasher.Hash(t.Context(), long+"\u00e5")
			if err != nil {
				t.Fatal(err)
			}
			if hasher.NeedsRehash(stored) {
				t.Errorf("a new hash needs rehashing: %s", stored)
			}
			for password, want := range map[string]bool{
				long + "\u00e5":  true,
				long + "a\u030a": true,  // the same letter, composed by the keyboard
				long + "a":       false, // differs past bcrypt's 72 bytes
				long[1:]:         false,
				"":               false,
			} {
				if ok, err := hasher.Verify(t.Context(), password, stored); err != nil || ok != want {
					t.Errorf("Verify(%q) = %v, %v", password, ok, err)
				}
			}
			again, err := hasher.Hash(t.Context(), long+"\u00e5")
			if err != nil || again == stored {
				t.Errorf("the salt is not fresh: %s, %v", again, err)
			}
		})
	}
}

// Hashes of other systems are recognised and marked for replacement.
func TestImportedHashes(t *testing.T) {
	plain, err := bcrypt.GenerateFromPassword([]byte("imported"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	costly := argon2Parts{cost: argon2Cost{memory: 65536, time: 1, threads: 2}, salt: []byte("somesalt")}
	costly.key = costly.derive("imported", 32)

	for _, stored := range []string{string(plain), costly.String()} {
		for _, name := range []string{Scrypt, Argon2id, Bcrypt} {
			hasher := newTestHasher(t, name)
			if ok, err := hasher.Verify(t.Context(), "imported", stored); err != nil || !ok {
				t.Errorf("%s: %s: %v, %v", name, stored, ok, err)
			}
			if ok, err := hasher.Verify(t.Context(), "wrong", stored); err != nil || ok {
				t.Errorf("%s: wrong password for %s: %v, %v", name, stored, ok, err)
			}
			if !hasher.NeedsRehash(stored) {
				t.Errorf("%s: %s should be replaced", name, stored)
			}
		}
	}
}

// The reference hash of the argon2 command, m=65536 t=2 p=1.
func TestArgon2KnownAnswer(t *testing.T) {
	const stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	if ok, err := newTestHasher(t, Scrypt).Verify(t.Context(), "password", stored); err != nil || !ok {
		t.Errorf("%v, %v", ok, err)
	}
}

// security: 50
func TestMalformedHashesAreErrors(t *testing.T) {
	key := strings.Repeat("ab", 64)
	const argon = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	malformed := []string{
		"", ":", "salt", "salt:", ":" + key, "salt:" + key[1:], "salt:" + key + "00", "salt:zz" + key[2:], "salt:" + key + ":x",
		"$argon2id$", "$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		strings.Replace(argon, "v=19", "v=16", 1),
		strings.Replace(argon, "m=8", "m=0", 1),
		strings.Replace(argon, "m=8", "m=4294967295", 1),
		strings.Replace(argon, "m=8", "m=-1", 1),
		strings.Replace(argon, "t=1", "t=0", 1),
		strings.Replace(argon, "t=1", "t=9999", 1),
		strings.Replace(argon, "p=1", "p=0", 1),
		strings.Replace(argon, "p=1", "p=256", 1),
		strings.Replace(argon, "$c29tZXNhbHQ", "$", 1),
		argon[:strings.LastIndex(argon, "$")+1],
		argon[:strings.LastIndex(argon, "$")+5],
		argon + "$x",
		"$2b$", "$2b$12$short", "$bcrypt-sha256$2b$12$short", "$bcrypt-sha256",
		"$2b$31$" + strings.Repeat("a", 53),
		"$2b$xx$" + strings.Repeat("a", 53),
		"$2z$12$" + strings.Repeat("a", 53),
	}
	hasher := newTestHasher(t, Scrypt)
	for _, stored := range malformed {
		ok, err := hasher.Verify(t.Context(), "password", stored)
		if ok || !errors.Is(err, ErrMalformedHash) {
			t.Errorf("Verify against %q = %v, %v", stored, ok, err)
		}
		if !hasher.NeedsRehash(stored) {
			t.Errorf("%q counts as current", stored)
		}
	}
}

// countedHasher is one of an application's own.
type countedHasher struct{ calls *int }

func (h countedHasher) Hash(context.Context, string) (string, error) {
	*h.calls++
	return "hash", nil
}

func (h countedHasher) Verify(_ context.Context, password, stored string) (bool, error) {
	*h.calls++
	return password == "password" && stored == "hash", nil
}

func (countedHasher) NeedsRehash(stored string) bool { return stored != "hash" }

// security: 7
func TestGatedHasher(t *testing.T) {
	gate := NewGate(GateOptions{Limit: 1, Wait: 10 * time.Millisecond})
	calls := 0
	hasher := Gated(countedHasher{&calls}, gate)
	stored, err := hasher.Hash(t.Context(), "password")
	if stored != "hash" || err != nil {
		t.Errorf("Hash: %q, %v", stored, err)
	}
	for password, want := range map[string]bool{"password": true, "wrong": false} {
		if ok, err := hasher.Verify(t.Context(), password, stored); ok != want || err != nil {
			t.Errorf("Verify of %q: %v, %v", password, ok, err)
		}
	}
	if hasher.NeedsRehash("hash") || !hasher.NeedsRehash("old") {
		t.Error("NeedsRehash is not the hasher's")
	}
	free := occupy(t, gate)
	defer free()
	if _, err := hasher.Hash(t.Context(), "password"); !errors.Is(err, ErrBusy) {
		t.Errorf("Hash: %v", err)
	}
	if ok, err := hasher.Verify(t.Context(), "password", stored); ok || !errors.Is(err, ErrBusy) {
		t.Errorf("Verify: %v, %v", ok, err)
	}
	if calls != 3 {
		t.Errorf("%d calls", calls)
	}
}

func TestHasherHonoursItsGate(t *testing.T) {
	gate := NewGate(GateOptions{Limit: 1, Wait: 10 * time.Millisecond})
	hasher, err := NewHasher(Scrypt, gate)
	if err != nil {
		t.Fatal(err)
	}
	free := occupy(t, gate)
	defer free()

	if _, err := hasher.Hash(t.Context(), "password"); !errors.Is(err, ErrBusy) {
		t.Errorf("Hash: %v", err)
	}
	stored := readVectors(t).Passwords[0]
	if ok, err := hasher.Verify(t.Context(), stored.Password, stored.Hash); ok || !errors.Is(err, ErrBusy) {
		t.Errorf("Verify: %v, %v", ok, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if ok, err := hasher.Verify(ctx, stored.Password, stored.Hash); ok || !errors.Is(err, context.Canceled) {
		t.Errorf("Verify after cancellation: %v, %v", ok, err)
	}
}

func TestHasherIsSafeForConcurrentUse(t *testing.T) {
	hasher := newTestHasher(t, Argon2id)
	stored, err := hasher.Hash(t.Context(), "password")
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			password := "password"
			if i%2 == 1 {
				password = "other"
			}
			if ok, err := hasher.Verify(t.Context(), password, stored); err != nil || ok != (i%2 == 0) {
				t.Errorf("Verify(%q) = %v, %v", password, ok, err)
			}
		})
	}
	group.Wait()
}

func TestUnknownAlgorithm(t *testing.T) {
	if _, err := NewHasher("md5", NewGate(GateOptions{})); err == nil {
		t.Error("md5 is accepted")
	}
}
