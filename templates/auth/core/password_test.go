package core_test

import (
	"context"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// oldSystem checks the hashes an application brings along, and leaves new ones to the standard hasher.
type oldSystem struct{ secure.Hasher }

// Verify implements secure.Hasher.
func (o oldSystem) Verify(ctx context.Context, password, stored string) (bool, error) {
	if reversed, ok := strings.CutPrefix(stored, "reversed$"); ok {
		return secure.Equal(reverse(password), reversed), nil
	}
	return o.Hasher.Verify(ctx, password, stored)
}

func reverse(text string) string {
	var b strings.Builder
	for i := len(text) - 1; i >= 0; i-- {
		b.WriteByte(text[i])
	}
	return b.String()
}

// TestHasherOfTheApplication signs in with the hash of an older system, which is replaced then.
func TestHasherOfTheApplication(t *testing.T) {
	standard, err := secure.NewHasher(secure.Scrypt, secure.NewGate(secure.GateOptions{}))
	if err != nil {
		t.Fatal(err)
	}
	server := authtest.New(t, authtest.WithHasher(oldSystem{standard}))
	id := server.Client().SignUp("ada@example.com").Text("user.id")
	account, err := server.Auth.CredentialAccount(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	old := "reversed$" + reverse(authtest.Password)
	if _, err := server.Store.SetAccountPassword(t.Context(), account.ID, &old, account.UpdatedAt); err != nil {
		t.Fatal(err)
	}
	signIn(server.Client(), "ada@example.com", "wrong password").Want(401)
	server.Client().SignIn("ada@example.com")
	if account, err = server.Auth.CredentialAccount(t.Context(), id); err != nil || standard.NeedsRehash(*account.Password) {
		t.Errorf("hash %s, %v", *account.Password, err)
	}
	server.Client().SignIn("ada@example.com")
}

// security: 4 12
func TestChangePassword(t *testing.T) {
	server := authtest.New(t)
	ada, other := server.Client(), server.Client()
	ada.SignUp("ada@example.com")
	other.SignIn("ada@example.com")

	change := authtest.M{"currentPassword": "wrong password", "newPassword": "another password"}
	ada.Post("/change-password", change).WantError(400, "INVALID_PASSWORD")
	signIn(server.Client(), "ada@example.com", "another password").Want(401)

	change["currentPassword"] = authtest.Password
	if got := ada.Post("/change-password", change).Want(200).Value("token"); got != nil {
		t.Errorf("token %v", got)
	}
	signIn(server.Client(), "ada@example.com", authtest.Password).Want(401)
	if !other.SignedIn() {
		t.Error("other sessions ended unasked")
	}

	change = authtest.M{"currentPassword": "another password", "newPassword": "a third password", "revokeOtherSessions": true}
	before := ada.Clone()
	answer := ada.Post("/change-password", change).Want(200)
	if answer.Text("token") == "" || !ada.SignedIn() || other.SignedIn() || before.SignedIn() {
		t.Errorf("answer %s; the new session works: %v, the old ones: %v %v", answer.Body, ada.SignedIn(), other.SignedIn(), before.SignedIn())
	}
}

func TestVerifyPassword(t *testing.T) {
	ada := authtest.New(t).Client()
	ada.SignUp("ada@example.com")
	ada.Post("/verify-password", authtest.M{"password": authtest.Password}).Want(200)
	ada.Post("/verify-password", authtest.M{"password": "wrong password"}).WantError(400, "INVALID_PASSWORD")
}
