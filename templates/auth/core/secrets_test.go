package core_test

import (
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const (
	firstSecret  = "the-first-secret-of-this-application"
	secondSecret = "the-second-secret-of-this-application"
)

// What was encrypted with any secret of the past can be read; what is written uses the current one.
func TestRotatedSecretsEncrypt(t *testing.T) {
	legacy := authtest.New(t)
	first := authtest.New(t, authtest.WithEnv(map[string]string{"BETTER_AUTH_SECRETS": "1:" + firstSecret}))
	second := authtest.New(t, authtest.WithEnv(map[string]string{"BETTER_AUTH_SECRETS": "2:" + secondSecret + " , 1:" + firstSecret}))
	for prefix, server := range map[string]*authtest.Server{"": legacy, "$ba$1$": first, "$ba$2$": second} {
		text, err := server.Auth.Encrypt("a secret")
		if err != nil || !strings.HasPrefix(text, prefix) || prefix == "" && strings.HasPrefix(text, "$") {
			t.Errorf("encrypted as %s, %v", text, err)
		}
		if plain, err := second.Auth.Decrypt(text); err != nil || plain != "a secret" {
			t.Errorf("%s: %q, %v", text, plain, err)
		}
		if _, err := legacy.Auth.Decrypt(text); err == nil && prefix != "" {
			t.Errorf("%s is read without its secret", text)
		}
	}
}

// Only the current secret signs: cookies of an older one end, but an encrypted cache is still read.
func TestRotatedSecretsSign(t *testing.T) {
	old := authtest.New(t, cached("jwe"))
	ada := old.Client()
	ada.SignUp("ada@example.com")
	rotated := authtest.New(t, authtest.On(old), cached("jwe", func(o *core.Options) {
		o.Secrets = []core.VersionedSecret{{Version: 2, Value: secondSecret}}
	}))
	visitor := rotated.Client()
	visitor.SetCookie("session_token", ada.Cookie("session_token"))
	if visitor.SignedIn() {
		t.Error("a cookie signed with the old secret is accepted")
	}
	visitor.SignIn("ada@example.com")
	visitor.SetCookie("session_data", ada.Cookie("session_data"))
	if email := visitor.Get("/get-session").Text("user.email"); email != "ada@example.com" {
		t.Errorf("signed in as %q", email)
	}
}

func TestSecretsThatCannotBe(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want string
	}{
		"no version":     {"abc", "entry 1 is not of the form"},
		"no number":      {"1:" + firstSecret + ",x:y", "entry 2 is not of the form"},
		"negative":       {"-1:" + firstSecret, "version -1 is negative"},
		"empty":          {"1:", "version 1 is empty"},
		"twice":          {"1:a,1:b", "version 1 is there twice"},
		"weak":           {"1:short", "too weak for production"},
		"only the older": {"2:short,1:" + firstSecret, "too weak for production"},
	} {
		env := map[string]string{"BETTER_AUTH_ENV": "production", "BETTER_AUTH_SECRETS": tt.text}
		_, err := core.New(core.Config{Options: core.DefaultOptions(), Getenv: func(k string) string { return env[k] }})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), firstSecret) {
			t.Errorf("%s: the error tells the secret", name)
		}
	}
}
