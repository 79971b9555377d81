package core_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// public are the endpoints that need no session. All others are refused without one.
var public = []string{
	"/sign-up/email", "/sign-in/email", "/sign-out", "/get-session",
	"/request-password-reset", "/reset-password/:token", "/reset-password", "/send-verification-email", "/verify-email",
	"/sign-in/social", "/callback/:id", "/ok", "/error",
}

// withoutSession is what endpoints answer that do not say 401.
var withoutSession = map[string]int{"/delete-user/callback": 404}

// strict are the endpoints that refuse members they do not know.
var strict = []string{"/account-info", "/get-access-token", "/refresh-token"}

// everything is a server on which all endpoints of the core are switched on.
func everything(t *testing.T) *authtest.Server {
	t.Helper()
	return authtest.New(t, authtest.Configure(func(o *core.Options) {
		o.User.ChangeEmail.Enabled, o.User.DeleteUser.Enabled = true, true
		o.Session.DeferSessionRefresh = true
	}))
}

// request asks for a route with a body and a query that name everything of a user there is to name.
func request(server *authtest.Server, route string, user *authtest.Response) *http.Request {
	fields := authtest.M{
		"userId": user.Text("user.id"), "id": user.Text("user.id"), "accountId": user.Text("user.id"), "user": user.Value("user"),
		"token": user.Text("token"), "sessionToken": user.Text("token"), "email": user.Text("user.email"), "newEmail": "new@example.com",
		"password": "wrong password", "currentPassword": "wrong password", "newPassword": "another password",
		"name": "Changed", "providerId": "credential", "provider": "acme",
	}
	query := "?userId=" + user.Text("user.id") + "&id=" + user.Text("user.id") + "&token=" + user.Text("token")
	if slices.Contains(strict, path(route)) {
		fields = authtest.M{"userId": user.Text("user.id"), "accountId": user.Text("user.id")}
		query = "?userId=" + user.Text("user.id") + "&accountId=" + user.Text("user.id")
	}
	method, _, _ := strings.Cut(route, " ")
	text, _ := json.Marshal(fields)
	target := server.Auth.BaseURL() + strings.ReplaceAll(path(route), ":token", user.Text("token"))
	if method == http.MethodGet {
		target += query
	}
	r := httptest.NewRequest(method, target, bytes.NewReader(text))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Origin", authtest.Origin)
	return r
}

// path is the path of a route.
func path(route string) string {
	_, path, _ := strings.Cut(route, " ")
	return path
}

// security: 48
func TestEndpointsNeedASession(t *testing.T) {
	server := everything(t)
	ada := server.Client().SignUp("ada@example.com")
	for _, route := range core.Routes(server.Auth) {
		_, path, _ := strings.Cut(route, " ")
		if slices.Contains(public, path) {
			continue
		}
		want := 401
		if status, ok := withoutSession[path]; ok {
			want = status
		}
		if answer := server.Client().Do(request(server, route, ada)); answer.Status != want {
			t.Errorf("%s: status %d, want %d: %s", route, answer.Status, want, answer.Body)
		}
	}
}

// Naming somebody else's rows gives no power over them: whatever Eve sends, Ada's stay as they are.
//
// security: 14 48
func TestNamingSomebodyElse(t *testing.T) {
	server := everything(t)
	ada := server.Client()
	signedUp := ada.SignUp("ada@example.com")
	id := signedUp.Text("user.id")
	rows := func() []any {
		user, err := server.Store.UserByID(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		sessions, _ := server.Store.SessionsByUser(t.Context(), id)
		accounts, _ := server.Store.AccountsByUser(t.Context(), id)
		return []any{user, sessions, accounts}
	}
	before := rows()
	for _, route := range core.Routes(server.Auth) {
		eve := server.Client()
		eve.SignUp("eve." + strings.NewReplacer("/", "-", " ", "", ":", "").Replace(route) + "@example.com")
		answer := eve.Do(request(server, route, signedUp))
		if answer.Status == http.StatusOK && strings.Contains(string(answer.Body), `"email":"ada@example.com"`) {
			t.Errorf("%s shows Ada: %s", route, answer.Body)
		}
		server.Auth.Wait()
		if !reflect.DeepEqual(rows(), before) {
			t.Fatalf("%s changed Ada's rows", route)
		}
	}
}

// When the database does not answer nobody is signed in, and nobody is taken for signed in.
//
// security: 50
func TestNoDatabaseNoSession(t *testing.T) {
	server := everything(t)
	ada := server.Client()
	signedUp := ada.SignUp("ada@example.com")
	down, cancel := context.WithCancel(t.Context())
	cancel()
	for _, route := range core.Routes(server.Auth) {
		_, path, _ := strings.Cut(route, " ")
		if path == "/ok" || path == "/error" {
			continue
		}
		r := request(server, route, signedUp).WithContext(down)
		answer := ada.Clone().Do(r)
		if answer.Status < 300 && string(answer.Body) != "null" || strings.Contains(string(answer.Body), "ada@example.com") {
			t.Errorf("%s: %d %s", route, answer.Status, answer.Body)
		}
		if cookie := answer.SetCookie("session_token"); cookie != "" && !strings.Contains(cookie, "Max-Age=0") {
			t.Errorf("%s sets %s", route, cookie)
		}
	}

	reached := false
	next := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true })
	r := request(server, "GET /get-session", signedUp).WithContext(down)
	r.AddCookie(&http.Cookie{Name: "better-auth.session_token", Value: ada.Cookie("session_token")})
	recorder := httptest.NewRecorder()
	server.Auth.Require(next).ServeHTTP(recorder, r)
	if reached || recorder.Code != http.StatusInternalServerError {
		t.Errorf("status %d, reached the handler: %v", recorder.Code, reached)
	}
}
