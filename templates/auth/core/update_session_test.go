package core_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// Every change of a session's configured fields is recorded, and no refused one.
//
// security: 49
func TestAuditOfSessionUpdates(t *testing.T) {
	recorded := 0
	server := authtest.New(t, authtest.WithHooks(core.Hooks{Audit: func(_ context.Context, event core.Event) {
		if event.EventKind == core.EventSessionUpdated && event.Endpoint == "/update-session" && event.UserID != "" {
			recorded++
		}
	}}))
	ada := server.Client()
	ada.SignUp("ada@example.com")
	ada.Post("/update-session", authtest.M{}).Want(400)
	changed := 0
	for _, field := range reflect.VisibleFields(reflect.TypeFor[model.SessionInput]()) {
		if ada.Post("/update-session", authtest.M{field.Tag.Get("json"): nil}).Status == 200 {
			changed++
		}
	}
	if recorded != changed {
		t.Errorf("%d changes, %d records", changed, recorded)
	}
}
