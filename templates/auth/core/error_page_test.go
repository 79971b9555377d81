package core_test

import (
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

func TestErrorPageLook(t *testing.T) {
	server := authtest.New(t, authtest.Configure(func(o *core.Options) {
		o.BaseURL = "https://shop.example"
		page := &o.OnAPIError.CustomizeDefaultErrorPage
		page.Colors.Primary, page.Colors.Background = "rgb(1 2 3 / 50%)", "red;} </style><script>"
		page.Size.Text6XL, page.DisableBackgroundGrid = "7rem", true
	}))
	answer := server.Client().Get("/error?error=state_mismatch&error_description=%3Cscript%3E").Want(200)
	text := string(answer.Body)
	for _, want := range []string{"--primary: rgb(1 2 3 / 50%);", "font-size: 7rem", "state_mismatch", "&lt;script&gt;", "--background: #fafafa;"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	if strings.Contains(text, "<script>") || strings.Contains(text, "linear-gradient") {
		t.Errorf("page %s", text)
	}
}

// Production shows the application's page unless this one was given a look.
func TestErrorPageOfProduction(t *testing.T) {
	server := authtest.New(t, authtest.Configure(func(o *core.Options) { o.BaseURL = "https://shop.example" }))
	if answer := server.Client().Get("/error?error=x").Want(302); answer.Header.Get("Location") != "/?error=x" {
		t.Errorf("answer %v", answer.Header)
	}
}
