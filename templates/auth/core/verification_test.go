package core_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// strictStore takes only the text that every database takes.
type strictStore struct{ core.Store }

var errNoText = errors.New("invalid byte sequence")

func refuseBytes(text string) error {
	if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
		return errNoText
	}
	return nil
}

func (s strictStore) VerificationByIdentifier(ctx context.Context, identifier string) (*model.Verification, error) {
	if err := refuseBytes(identifier); err != nil {
		return nil, err
	}
	return s.Store.VerificationByIdentifier(ctx, identifier)
}

func (s strictStore) DeleteVerificationsByIdentifier(ctx context.Context, identifier string) (int64, error) {
	if err := refuseBytes(identifier); err != nil {
		return 0, err
	}
	return s.Store.DeleteVerificationsByIdentifier(ctx, identifier)
}

func (s strictStore) SessionByToken(ctx context.Context, token string) (*model.Session, *model.User, error) {
	if err := refuseBytes(token); err != nil {
		return nil, nil, err
	}
	return s.Store.SessionByToken(ctx, token)
}

// A token no row can hold is one nobody has, not a failure.
func TestTokensThatAreNoText(t *testing.T) {
	server, _ := newSocial(t, authtest.WithStore(func(s core.Store) core.Store { return strictStore{s} }),
		authtest.Configure(func(o *core.Options) { o.User.DeleteUser.Enabled = true }))
	ada := server.Client()
	ada.SignUp("ada@example.com")
	for _, token := range []string{"a%00", "a%ff"} {
		ada.Get("/callback/acme?code=x&state=" + token).WantRedirect(errorPage + "?error=state_mismatch")
		ada.Get("/reset-password/" + token + "?callbackURL=/x").WantRedirect(authtest.Origin + "/x?error=INVALID_TOKEN")
		ada.Get("/delete-user/callback?token="+token).WantError(404, "INVALID_TOKEN")
		ada.Post("/reset-password?token="+token, authtest.M{"newPassword": authtest.Password}).WantError(400, "INVALID_TOKEN")
	}
	ada.Post("/reset-password", authtest.M{"newPassword": authtest.Password, "token": "a\x00"}).WantError(400, "INVALID_TOKEN")
	ada.Post("/revoke-session", authtest.M{"token": "a\x00"}).Want(200)
	if err := server.Auth.DeleteVerifications(t.Context(), "a\x00"); err != nil {
		t.Error(err)
	}
}
