package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
)

func TestRoutes(t *testing.T) {
	server := authtest.New(t)
	app := routes(server.Auth)
	get := func(path, cookie string) (int, string) {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Cookie", "better-auth.session_token="+cookie)
		response, err := app.Test(r)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(text)
	}
	ada := server.Client()
	ada.SignUp("ada@example.com")
	tests := []struct {
		path, cookie string
		status       int
		body         string
	}{
		{"/", "", http.StatusOK, "<!doctype html>"},
		{"/api/auth/ok", "", http.StatusOK, `{"ok":true}`},
		{"/api/me", "", http.StatusUnauthorized, `"code":"UNAUTHORIZED"`},
		{"/api/me", ada.Cookie("session_token"), http.StatusOK, `"email":"ada@example.com"`},
		{"/nowhere", "", http.StatusNotFound, ""},
	}
	for _, tt := range tests {
		if status, body := get(tt.path, tt.cookie); status != tt.status || !strings.Contains(body, tt.body) {
			t.Errorf("%s: %d %q, want %d %q", tt.path, status, body, tt.status, tt.body)
		}
	}
}
