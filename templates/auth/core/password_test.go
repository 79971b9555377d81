package core_test

import (
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
)

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
