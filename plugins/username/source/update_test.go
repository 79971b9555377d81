package username_test

import (
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
)

func update(client *authtest.Client, body authtest.M) *authtest.Response {
	return client.Post("/update-user", body)
}

func TestUpdateUsername(t *testing.T) {
	server := start(t)
	ada := server.Client()
	register(server.Client(), "eve@example.com", authtest.M{"username": "eve"}).Want(200)
	register(ada, "ada@example.com", authtest.M{"username": "Ada"}).Want(200)

	update(ada, authtest.M{"username": "ADA"}).Want(200) // its own
	update(ada, authtest.M{"username": "Lovelace"}).Want(200)
	update(ada, authtest.M{"username": "EVE"}).WantError(400, "USERNAME_IS_ALREADY_TAKEN")
	update(ada, authtest.M{"username": ""}).WantError(400, "USERNAME_TOO_SHORT")
	update(ada, authtest.M{"username": "a b c"}).WantError(400, "INVALID_USERNAME")

	session := ada.Get("/get-session")
	if session.Text("user.username") != "lovelace" || session.Text("user.displayUsername") != "Ada" {
		t.Errorf("session %s", session.Body)
	}
	update(ada, authtest.M{"username": nil, "displayUsername": nil}).Want(200)
	if session = ada.Get("/get-session"); session.Value("user.username") != nil || session.Value("user.displayUsername") != nil {
		t.Errorf("session %s", session.Body)
	}
	update(server.Client(), authtest.M{"username": "free"}).WantError(401, "UNAUTHORIZED")
}

func TestImmutableUsername(t *testing.T) {
	server := start(t, func(s *setup) { s.options.ImmutableUsername = true })
	ada := server.Client()
	ada.SignUp("ada@example.com")
	update(ada, authtest.M{"username": "Ada"}).Want(200) // the first
	update(ada, authtest.M{"username": "ADA"}).Want(200) // the same
	update(ada, authtest.M{"username": "lovelace"}).WantError(400, "USERNAME_IS_IMMUTABLE")
	update(ada, authtest.M{"username": nil}).WantError(400, "USERNAME_IS_IMMUTABLE")
	update(ada, authtest.M{"displayUsername": "Countess"}).Want(200)
}
