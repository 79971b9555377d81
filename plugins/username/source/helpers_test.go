package username_test

import (
	"testing"

	username "github.com/betterauth-gen/betterauth-gen/plugins/username/source"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	store "github.com/betterauth-gen/betterauth-gen/templates/stores/sqlite"
)

// setup is what tests change.
type setup struct {
	options username.Options
	funcs   username.Funcs
	server  []authtest.Option
}

func start(t *testing.T, change ...func(*setup)) *authtest.Server {
	t.Helper()
	s := &setup{options: username.DefaultOptions()}
	for _, c := range change {
		c(s)
	}
	return authtest.New(t, append(s.server, authtest.WithPlugin(func(st *store.Store) core.Plugin {
		return username.New(s.options, st, s.funcs)
	}))...)
}

// register signs a user up with more members than SignUp does.
func register(client *authtest.Client, email string, more authtest.M) *authtest.Response {
	body := authtest.M{"email": email, "password": authtest.Password, "name": "Somebody"}
	for name, value := range more {
		body[name] = value
	}
	return client.Post("/sign-up/email", body)
}

func signIn(client *authtest.Client, name, password string) *authtest.Response {
	return client.Post("/sign-in/username", authtest.M{"username": name, "password": password})
}
