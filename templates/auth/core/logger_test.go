package core_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

func TestLoggerLevel(t *testing.T) {
	for level, logged := range map[string]bool{"info": true, "warn": false} {
		var out bytes.Buffer
		server := authtest.New(t,
			authtest.WithLogger(slog.New(slog.NewTextHandler(&out, nil))),
			authtest.Configure(func(o *core.Options) { o.Logger.Level = level }))
		server.Client().SignUp("ada@example.com")
		if got := strings.Contains(out.String(), "sign-up"); got != logged {
			t.Errorf("at level %s a sign-up is logged: %v, want %v", level, got, logged)
		}
	}
}
