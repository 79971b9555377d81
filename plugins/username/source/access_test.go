package username_test

import (
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
)

func intrude(t *testing.T) *authtest.Intruder {
	t.Helper()
	return start(t).Intrude(authtest.Access{Public: []string{"/sign-in/username", "/is-username-available"}})
}

// security: 48
func TestStrangers(t *testing.T) { intrude(t).AsStranger() }

// security: 48
func TestNamingSomebodyElse(t *testing.T) { intrude(t).AsSomebodyElse() }

// security: 50
func TestNoDatabaseNoSession(t *testing.T) { intrude(t).WithoutDatabase() }

// security: 20
func TestNoEndpointRedirectsAnywhere(t *testing.T) { intrude(t).Redirected("https://evil.example") }
