package authtest

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
)

// Access says what an Intruder should expect of the endpoints of a server.
type Access struct {
	// Public are the paths that need no session.
	Public []string
	// Refusal is the status of what is refused with another one than 401, by path.
	Refusal map[string]int
	// Cached are the paths that may go by the cookie cache: they only read, and may be as late as it is.
	Cached []string
	// Body replaces what is sent, by path, where an endpoint takes no member it does not know.
	Body map[string]func(victim *Response) M
	// Prepare gives the victim, who has signed up, what a victim of these endpoints has.
	Prepare func(victim *Client)
	// Rows returns what nobody but the victim may change, beside its user, sessions and accounts.
	Rows func(userID string) any
}

// An Intruder tries the endpoints of a server with everything there is to know about somebody else.
type Intruder struct {
	server *Server
	routes []string
	access Access
	victim *Response // the answer to its sign-up
	ada    *Client
}

// Intrude signs the victim up. The routes tried are those that a server without plugins does not have; on a
// server without plugins, all.
func (s *Server) Intrude(access Access) *Intruder {
	s.t.Helper()
	ada := s.Client()
	i := &Intruder{server: s, routes: ownRoutes(s), access: access, ada: ada, victim: ada.SignUp("ada@example.com")}
	if access.Prepare != nil {
		access.Prepare(ada)
	}
	return i
}

// ownRoutes are the routes of the server's plugins, or all if it has none.
func ownRoutes(s *Server) []string {
	s.t.Helper()
	routes := s.Auth.Routes()
	if s.plugins > 0 {
		core := New(s.t).Auth.Routes()
		routes = slices.DeleteFunc(routes, func(route string) bool { return slices.Contains(core, route) })
	}
	if len(routes) == 0 {
		s.t.Fatal("there is no endpoint to try")
	}
	return routes
}

// AsStranger checks that, without a session, every endpoint refuses that is not public.
func (i *Intruder) AsStranger() {
	t := i.server.t
	t.Helper()
	for _, route := range i.guarded() {
		want := http.StatusUnauthorized
		if status, ok := i.access.Refusal[path(route)]; ok {
			want = status
		}
		if answer := i.server.Client().Do(i.Request(route)); answer.Status != want {
			t.Errorf("%s: a stranger gets %d, want %d: %s", route, answer.Status, want, answer.Body)
		}
	}
}

// AsSomebodyElse checks that a session of one's own gives no power over the victim, whatever is sent, and
// that answers neither can be cached nor put the session into an address.
func (i *Intruder) AsSomebodyElse() {
	t := i.server.t
	t.Helper()
	before := i.rows()
	for _, route := range i.routes {
		eve := i.server.Client()
		own := eve.SignUp("eve." + strings.NewReplacer("/", "-", " ", "", ":", "").Replace(route) + "@example.com").Text("token")
		answer := eve.Do(i.Request(route))
		if answer.Status == http.StatusOK && strings.Contains(string(answer.Body), `"email":"ada@example.com"`) {
			t.Errorf("%s shows the victim: %s", route, answer.Body)
		}
		if answer.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be cached: %v", route, answer.Header)
		}
		if strings.Contains(answer.Header.Get("Location"), own) {
			t.Errorf("%s puts the session into an address", route)
		}
		i.server.Auth.Wait()
		if !reflect.DeepEqual(i.rows(), before) {
			t.Fatalf("%s changed the victim's rows", route)
		}
	}
}

// WithRevokedSession checks that a revoked session is refused although its copy in the cookie cache, which
// has to be on, is still good.
func (i *Intruder) WithRevokedSession() {
	t := i.server.t
	t.Helper()
	if err := i.server.Auth.RevokeSessions(t.Context(), i.victim.Text("user.id"), ""); err != nil {
		t.Fatal(err)
	}
	if !i.ada.Clone().SignedIn() {
		t.Fatal("the cookie cache is not used")
	}
	before := i.rows()
	for _, route := range i.guarded() {
		if slices.Contains(i.access.Cached, path(route)) {
			continue
		}
		want := http.StatusUnauthorized
		if status, ok := i.access.Refusal[path(route)]; ok {
			want = status
		}
		if answer := i.ada.Clone().Do(i.Request(route)); answer.Status != want {
			t.Errorf("%s: a revoked session gets %d, want %d: %s", route, answer.Status, want, answer.Body)
		}
	}
	if !reflect.DeepEqual(i.rows(), before) {
		t.Error("a revoked session changed rows")
	}
}

// WithoutDatabase checks that, while the database does not answer, nobody is signed in, and nobody is taken for signed in.
func (i *Intruder) WithoutDatabase() {
	t := i.server.t
	t.Helper()
	down, cancel := context.WithCancel(t.Context())
	cancel()
	for _, route := range i.routes {
		if slices.Contains([]string{"/ok", "/error"}, path(route)) {
			continue
		}
		answer := i.ada.Clone().Do(i.Request(route).WithContext(down))
		if answer.Status < 300 && string(answer.Body) != "null" || strings.Contains(string(answer.Body), "ada@example.com") {
			t.Errorf("%s: %d %s", route, answer.Status, answer.Body)
		}
		if cookie := answer.SetCookie("session_token"); cookie != "" && !strings.Contains(cookie, "Max-Age=0") {
			t.Errorf("%s sets %s", route, cookie)
		}
	}
}

// guarded are the routes that need a session.
func (i *Intruder) guarded() []string {
	return slices.DeleteFunc(slices.Clone(i.routes), func(route string) bool { return slices.Contains(i.access.Public, path(route)) })
}

// Request asks for a route with a body, a query and headers that name everything of the victim there is to name.
func (i *Intruder) Request(route string) *http.Request {
	method, _, _ := strings.Cut(route, " ")
	id, token := i.victim.Text("user.id"), i.victim.Text("token")
	body := M{
		"userId": id, "id": id, "accountId": id, "user": i.victim.Value("user"), "session": M{"userId": id, "token": token},
		"token": token, "sessionToken": token, "email": "ada@example.com", "newEmail": "new@example.com", "username": "ada",
		"password": "wrong password", "currentPassword": "wrong password", "newPassword": "another password",
		"name": "Changed", "providerId": "credential", "provider": "acme", "code": "123456",
	}
	query := "?userId=" + id + "&id=" + id + "&token=" + token
	if strict, ok := i.access.Body[path(route)]; ok {
		body = strict(i.victim)
		query = "?userId=" + id + "&accountId=" + id
	}
	text, _ := json.Marshal(body)
	target := i.server.Auth.BaseURL() + strings.NewReplacer(":token", token, ":id", "acme").Replace(path(route))
	if method == http.MethodGet {
		target += query
	}
	r := httptest.NewRequest(method, target, bytes.NewReader(text))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Origin", Origin)
	r.Header.Set("X-User-Id", id)
	return r
}

// rows are what the victim has.
func (i *Intruder) rows() []any {
	t, id := i.server.t, i.victim.Text("user.id")
	t.Helper()
	user, err := i.server.Store.UserByID(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	sessions, err := i.server.Store.SessionsByUser(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	accounts, err := i.server.Store.AccountsByUser(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	rows := []any{user, sessions, accounts}
	if i.access.Rows != nil {
		rows = append(rows, i.access.Rows(id))
	}
	return rows
}

// path is the path of a route.
func path(route string) string {
	_, path, _ := strings.Cut(route, " ")
	return path
}
