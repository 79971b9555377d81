package core_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
)

// What is wrong with a body as a whole, in the words of Better Auth 1.7.5.
func TestBodies(t *testing.T) {
	server := authtest.New(t)
	const path = "/request-password-reset"
	expected := "[body] Invalid input: expected object, received "
	tests := []struct {
		contentType, body string
		status            int
		message           string
	}{
		{"application/json", `{"email":"ada@example.com"}`, 200, ""},
		{"application/json; charset=utf-8", "\ufeff{\"email\":\"ada@example.com\"}\n", 200, ""},
		{"application/json", `{"email":"x","email":"ada@example.com"}`, 200, ""},
		{"application/json", "", 400, expected + "undefined"},
		{"", `{"email":"ada@example.com"}`, 400, expected + "undefined"},
		{"application/json", "null", 400, expected + "null"},
		{"application/json", "[1]", 400, expected + "array"},
		{"application/json", `"x"`, 400, expected + "string"},
		{"application/json", "1", 400, expected + "number"},
		{"application/json", "true", 400, expected + "boolean"},
		{"application/json", "{", 400, "Invalid JSON in request body"},
		{"application/json", "{}x", 400, "Invalid JSON in request body"},
		{"application/json", "{'email':1}", 400, "Invalid JSON in request body"},
		{"application/json", "\ufeff", 400, "Invalid JSON in request body"},
		{"text/plain", "x", 415, `Content-Type "text/plain" is not allowed. Allowed types: application/json`},
		{"application/x-www-form-urlencoded", "email=ada%40example.com", 415,
			`Content-Type "application/x-www-form-urlencoded" is not allowed. Allowed types: application/json`},
		{"application/json", `{"email":"` + strings.Repeat("x", 1<<20) + `"}`, 413, ""},
	}
	for _, tt := range tests {
		request := httptest.NewRequest(http.MethodPost, server.Auth.BaseURL()+path, strings.NewReader(tt.body))
		if tt.contentType != "" {
			request.Header.Set("Content-Type", tt.contentType)
		}
		answer := server.Client().Do(request)
		if answer.Status != tt.status || tt.message != "" && answer.Text("message") != tt.message {
			t.Errorf("%s %.40q: %d %s, want %d %q", tt.contentType, tt.body, answer.Status, answer.Body, tt.status, tt.message)
		}
	}
}
