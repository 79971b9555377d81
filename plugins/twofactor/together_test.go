package twofactor_test

import (
	"testing"

	bearer "github.com/betterauth-gen/betterauth-gen/plugins/bearer/source"
	twofactor "github.com/betterauth-gen/betterauth-gen/plugins/twofactor/source"
	username "github.com/betterauth-gen/betterauth-gen/plugins/username/source"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	store "github.com/betterauth-gen/betterauth-gen/templates/stores/sqlite"
)

// With bearer in use, in whatever order, a challenged sign-in announces no token; and a name is a first
// factor like an address.
func TestWithBearerAndUsername(t *testing.T) {
	with := map[string]authtest.Option{
		"bearer": authtest.WithPlugin(func(*store.Store) core.Plugin { return bearer.New(bearer.DefaultOptions()) }),
		"username": authtest.WithPlugin(func(s *store.Store) core.Plugin {
			return username.New(username.DefaultOptions(), s, username.Funcs{})
		}),
		"two-factor": authtest.WithPlugin(func(s *store.Store) core.Plugin {
			options := twofactor.DefaultOptions()
			options.SkipVerificationOnEnable = true
			return twofactor.New(options, s, twofactor.Funcs{})
		}),
	}
	for _, order := range [][]string{{"bearer", "two-factor", "username"}, {"username", "two-factor", "bearer"}} {
		server := authtest.New(t, with[order[0]], with[order[1]], with[order[2]])
		ada := server.Client()
		ada.Post("/sign-up/email", authtest.M{"email": "ada@example.com", "username": "ada", "name": "x", "password": authtest.Password}).Want(200)
		ada.Post("/two-factor/enable", authtest.M{"password": authtest.Password}).Want(200)
		for path, member := range map[string]string{"/sign-in/email": "email", "/sign-in/username": "username"} {
			body := authtest.M{"email": "ada@example.com", "username": "ada", "password": authtest.Password}
			answer := server.Client().Post(path, body).Want(200)
			if answer.Value("twoFactorRedirect") != true || answer.Header.Get("Set-Auth-Token") != "" {
				t.Errorf("%v, by %s: %s", order, member, answer.Body)
			}
		}
	}
}
