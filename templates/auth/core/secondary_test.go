package core_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// withStorage returns a server with secondary storage.
func withStorage(t *testing.T, change ...func(o *core.Options)) (*authtest.Server, *authtest.Storage) {
	t.Helper()
	storage := &authtest.Storage{}
	return authtest.New(t, authtest.WithStorage(storage), authtest.Configure(func(o *core.Options) {
		for _, c := range change {
			c(o)
		}
	})), storage
}

func inDatabase(o *core.Options) { o.Session.StoreSessionInDatabase = true }

func preserved(o *core.Options) {
	o.Session.StoreSessionInDatabase, o.Session.PreserveSessionInDatabase = true, true
}

// Keys, values and lifetimes are Better Auth's.
func TestStoredSessionFormat(t *testing.T) {
	server, storage := withStorage(t)
	ada := server.Client()
	token := ada.SignUp("ada@example.com").Text("token")
	var session struct{ Session, User map[string]any }
	decode(t, storage, token, &session)
	answer := ada.Get("/get-session")
	id := answer.Text("user.id")
	for _, name := range []string{"id", "token", "userId", "ipAddress", "userAgent", "expiresAt", "createdAt", "updatedAt"} {
		if session.Session[name] != answer.Value("session."+name) {
			t.Errorf("session.%s is %v", name, session.Session[name])
		}
	}
	if session.User["email"] != "ada@example.com" || session.User["id"] != id {
		t.Errorf("user %v", session.User)
	}
	var list []map[string]any
	decode(t, storage, "active-sessions-"+id, &list)
	expires := server.Clock.Now().Add(7 * day)
	if len(list) != 1 || len(list[0]) != 2 || list[0]["token"] != token || list[0]["expiresAt"] != float64(expires.UnixMilli()) {
		t.Errorf("list %v", list)
	}
	for _, key := range []string{token, "active-sessions-" + id} {
		if ttl := storage.TTL(key); ttl != 7*day {
			t.Errorf("%s lives %s", key, ttl)
		}
	}
	rows, err := server.Store.SessionsByUser(t.Context(), id)
	if err != nil || len(rows) != 0 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

// No statement is needed to read a session.
func TestStoredSessionSparesTheDatabase(t *testing.T) {
	server, _ := withStorage(t)
	ada := server.Client()
	ada.SignUp("ada@example.com")
	if n := server.Statements(func() { ada.Get("/get-session").Want(200) }); n != 0 {
		t.Errorf("%d statements", n)
	}
}

// A session written by Better Auth 1.7.5 is read.
func TestStoredSessionOfBetterAuth(t *testing.T) {
	server, storage := withStorage(t)
	const token = "4I9FRZhzUVO286BcKzTVLC2kBPj7xsa0"
	value := `{"session":{"id":"rB0dVs2bLyjtcj1pAekbr62zielEvJ9s","ipAddress":"203.0.113.7","userAgent":"ref/1","expiresAt":"2026-05-11T03:02:01.000Z",` +
		`"userId":"REBTmiFms1z3iQ2sNodLpq6HFFhY93eQ","token":"` + token + `","createdAt":"2026-05-04T03:02:01.000Z","updatedAt":"2026-05-04T03:02:01.000Z"},` +
		`"user":{"name":"S","email":"s@example.com","emailVerified":false,"image":null,"createdAt":"2026-05-04T03:02:01.000Z","updatedAt":"2026-05-04T03:02:01.000Z",` +
		`"unknown":1,"id":"REBTmiFms1z3iQ2sNodLpq6HFFhY93eQ"}}`
	if err := storage.Set(t.Context(), token, value, time.Hour); err != nil {
		t.Fatal(err)
	}
	client := server.Client()
	client.SetCookie("session_token", strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(server.Auth.SignToken(token), "+", "%2B"), "/", "%2F"), "=", "%3D"))
	if answer := client.Get("/get-session"); answer.Text("user.email") != "s@example.com" || answer.Text("session.ipAddress") != "203.0.113.7" {
		t.Errorf("read %s", answer.Body)
	}
	for _, broken := range []string{"", "x", "null", "{}", `{"session":null,"user":null}`, `{"session":{},"user":{}}`} {
		if err := storage.Set(t.Context(), token, broken, time.Hour); err != nil {
			t.Fatal(err)
		}
		if client.Clone().SignedIn() {
			t.Errorf("%q signs in", broken)
		}
	}
}

// security: 11, 14
func TestStoredSessionsEnd(t *testing.T) {
	for name, change := range map[string]func(o *core.Options){
		"storage only": func(*core.Options) {}, "in the database too": inDatabase, "preserved": preserved,
	} {
		t.Run(name, func(t *testing.T) {
			server, storage := withStorage(t, change)
			phone, laptop, tablet := server.Client(), server.Client(), server.Client()
			phone.SignUp("ada@example.com")
			laptop.SignIn("ada@example.com")
			tablet.SignIn("ada@example.com")
			if n := strings.Count(string(phone.Get("/list-sessions").Want(200).Body), `"token"`); n != 3 {
				t.Errorf("%d sessions", n)
			}
			phone.Post("/revoke-session", authtest.M{"token": tablet.Get("/get-session").Text("session.token")}).Want(200)
			if tablet.SignedIn() || !laptop.SignedIn() {
				t.Error("the wrong session was revoked")
			}
			phone.Post("/revoke-other-sessions", authtest.M{}).Want(200)
			if laptop.SignedIn() || !phone.SignedIn() {
				t.Error("the wrong sessions were revoked")
			}
			phone.Clone().Post("/sign-out", authtest.M{}).Want(200)
			if phone.SignedIn() {
				t.Error("signed in after sign-out")
			}
			if keys := storage.Keys(); len(keys) != 0 {
				t.Errorf("left in storage: %q", keys)
			}
		})
	}
}

// Each session of a user shows what the user has become.
func TestStoredSessionsFollowTheUser(t *testing.T) {
	server, _ := withStorage(t)
	phone, laptop := server.Client(), server.Client()
	phone.SignUp("ada@example.com")
	laptop.SignIn("ada@example.com")
	phone.Post("/update-user", authtest.M{"name": "Countess"}).Want(200)
	for _, client := range []*authtest.Client{phone, laptop} {
		if name := client.Get("/get-session").Text("user.name"); name != "Countess" {
			t.Errorf("name %q", name)
		}
	}
}

func TestStoredSessionIsExtended(t *testing.T) {
	server, storage := withStorage(t)
	ada := server.Client()
	token := ada.SignUp("ada@example.com").Text("token")
	server.Clock.Advance(2 * day)
	if ada.Get("/get-session").SetCookie("session_token") == "" || storage.TTL(token) != 7*day {
		t.Errorf("lives %s", storage.TTL(token))
	}
	server.Clock.Advance(7 * day)
	if ada.SignedIn() {
		t.Error("signed in after its end")
	}
}

// With rows in the database a session survives the loss of the storage, unless rows are preserved.
func TestSessionRowsBesideStorage(t *testing.T) {
	for _, tt := range []struct {
		change   func(o *core.Options)
		survives bool
	}{{inDatabase, true}, {preserved, false}, {func(*core.Options) {}, false}} {
		server, storage := withStorage(t, tt.change)
		ada := server.Client()
		ada.SignUp("ada@example.com")
		for _, key := range storage.Keys() {
			if err := storage.Delete(t.Context(), key); err != nil {
				t.Fatal(err)
			}
		}
		if got := ada.SignedIn(); got != tt.survives {
			t.Errorf("signed in: %v, want %v", got, tt.survives)
		}
	}
}

func TestEndedRowsArePreserved(t *testing.T) {
	server, _ := withStorage(t, preserved)
	ada, other := server.Client(), server.Client()
	ada.SignUp("ada@example.com")
	other.SignIn("ada@example.com")
	id := ada.Get("/get-session").Text("user.id")
	server.Clock.Advance(time.Hour)
	ada.Post("/sign-out", authtest.M{}).Want(200)
	ended := server.Clock.Now()
	server.Clock.Advance(time.Hour)
	other.Post("/revoke-sessions", authtest.M{}).Want(200)
	rows, err := server.Store.SessionsByUser(t.Context(), id)
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	var ends []time.Time
	for _, row := range rows {
		ends = append(ends, row.ExpiresAt.Time)
	}
	slices.SortFunc(ends, time.Time.Compare)
	if !ends[0].Equal(ended) || !ends[1].Equal(ended.Add(time.Hour)) {
		t.Errorf("ended %s, want %s and an hour later", ends, ended)
	}
}

// security: 50
func TestStorageThatIsDown(t *testing.T) {
	for _, change := range []func(o *core.Options){func(*core.Options) {}, inDatabase} {
		server, storage := withStorage(t, change)
		ada := server.Client()
		ada.SignUp("ada@example.com")
		storage.Fail(true)
		ada.Get("/get-session").WantError(500, "FAILED_TO_GET_SESSION")
		ada.Get("/list-accounts").Want(500)
		ada.Post("/sign-out", authtest.M{}).Want(500)
		stranger := server.Client()
		if cookies := signIn(stranger, "ada@example.com", authtest.Password).Want(500).Cookies(); len(cookies) != 0 {
			t.Errorf("cookies %q", cookies)
		}
		storage.Fail(false)
		if !ada.SignedIn() || stranger.SignedIn() {
			t.Error("the storage did not recover")
		}
	}
}

// A sign-up that finds the storage down has a user when the database had it by then, as with Better Auth, but
// nobody has a session, in the storage or in the database; the user can sign in once the storage is back.
//
// security: 50
func TestStorageThatIsDownAtSignUp(t *testing.T) {
	for _, change := range []func(o *core.Options){func(*core.Options) {}, inDatabase} {
		server, storage := withStorage(t, change)
		ada := server.Client()
		body := authtest.M{"email": "ada@example.com", "password": authtest.Password, "name": "Ada"}
		storage.Fail(true)
		if answer := ada.Post("/sign-up/email", body).Want(500); len(answer.Cookies()) != 0 || len(answer.Body) != 0 {
			t.Errorf("answer %s, cookies %q", answer.Body, answer.Cookies())
		}
		storage.Fail(false)
		if keys := storage.Keys(); len(keys) != 0 || ada.SignedIn() {
			t.Errorf("keys %q", keys)
		}
		id := ada.SignIn("ada@example.com").Text("user.id")
		rows, err := server.Store.SessionsByUser(t.Context(), id)
		if listed := strings.Count(string(ada.Get("/list-sessions").Body), `"token"`); err != nil || listed != 1 || len(rows) > 1 {
			t.Errorf("%d sessions and %d rows, %v", listed, len(rows), err)
		}
	}
}

// A storage that goes down before the sessions of a user have ended there keeps everything as it was: a password
// that is another now, or a user who is gone, beside sessions that come back with the storage would be worse.
//
// security: 12, 50
func TestStorageThatIsDownAtRevocation(t *testing.T) {
	for name, request := range map[string]func(ada *authtest.Client, reset authtest.M) *authtest.Response{
		"change": func(ada *authtest.Client, _ authtest.M) *authtest.Response {
			return ada.Post("/change-password", authtest.M{
				"currentPassword": authtest.Password, "newPassword": "another password", "revokeOtherSessions": true,
			})
		},
		"reset": func(ada *authtest.Client, reset authtest.M) *authtest.Response {
			return ada.Post("/reset-password", reset)
		},
		"delete": func(ada *authtest.Client, _ authtest.M) *authtest.Response {
			return ada.Post("/delete-user", authtest.M{})
		},
	} {
		for _, change := range []func(o *core.Options){func(*core.Options) {}, inDatabase} {
			t.Run(name, func(t *testing.T) {
				storage, armed := &authtest.Storage{}, false
				pull := func() error { storage.Fail(armed); return nil }
				server := authtest.New(t, authtest.WithStorage(storage), authtest.Configure(change), authtest.Configure(func(o *core.Options) {
					o.User.DeleteUser.Enabled, o.EmailAndPassword.RevokeSessionsOnPasswordReset = true, true
				}), authtest.WithHooks(core.Hooks{
					AccountUpdate: core.WriteHook[model.Account]{Before: func(context.Context, *model.Account) error { return pull() }},
					UserDelete:    core.WriteHook[model.User]{Before: func(context.Context, *model.User) error { return pull() }},
				}))
				ada, thief := server.Client(), server.Client()
				ada.SignUp("ada@example.com")
				thief.SignIn("ada@example.com")
				reset := requestReset(t, server)

				armed = true
				request(ada, reset).Want(500)
				armed = false
				storage.Fail(false)
				signIn(server.Client(), "ada@example.com", authtest.Password).Want(200)
				if name != "reset" { // its link works once
					request(ada, reset).Want(200)
					if thief.SignedIn() {
						t.Error("the session outlives what ended it")
					}
				}
			})
		}
	}
}

// Sessions that are opened at once all get into the list: one that does not could not be revoked.
func TestStoredSessionsAtOnce(t *testing.T) {
	server, storage := withStorage(t)
	ada := server.Client()
	ada.SignUp("ada@example.com")
	clients := make([]*authtest.Client, 12)
	for i := range clients {
		clients[i] = server.Client()
	}
	authtest.Together(len(clients), func(i int) { clients[i].SignIn("ada@example.com") })
	if n := strings.Count(string(ada.Get("/list-sessions").Want(200).Body), `"token"`); n != 13 {
		t.Errorf("%d sessions are listed", n)
	}
	server.Clock.Advance(2 * day) // due: extended while they are revoked
	id := ada.Get("/get-session").Text("user.id")
	authtest.Together(len(clients), func(i int) {
		if i == 0 {
			if err := server.Auth.RevokeSessions(t.Context(), id, ""); err != nil {
				t.Error(err)
			}
			return
		}
		clients[i].Get("/get-session")
	})
	if keys := storage.Keys(); len(keys) != 0 {
		t.Errorf("%d keys outlive the revocation", len(keys))
	}
}

func requestReset(t *testing.T, server *authtest.Server) authtest.M {
	t.Helper()
	server.Client().Post("/request-password-reset", authtest.M{"email": "ada@example.com"}).Want(200)
	return authtest.M{"token": server.Inbox.Last("reset-password").Token, "newPassword": "another password"}
}

func TestStoredVerificationFormat(t *testing.T) {
	server, storage := withStorage(t)
	server.Client().SignUp("ada@example.com")
	body := requestReset(t, server)
	key := "verification:reset-password:" + body["token"].(string)
	var value map[string]any
	decode(t, storage, key, &value)
	if _, id := value["id"]; id || len(value) != 5 || value["identifier"] != strings.TrimPrefix(key, "verification:") || value["expiresAt"] != "2026-05-04T04:02:01.000Z" {
		t.Errorf("value %v", value)
	}
	if storage.TTL(key) != time.Hour {
		t.Errorf("lives %s", storage.TTL(key))
	}
	row, err := server.Store.VerificationByIdentifier(t.Context(), strings.TrimPrefix(key, "verification:"))
	if err == nil {
		t.Errorf("row %v", row)
	}
}

// security: 28
func TestStoredVerificationIsUsedOnce(t *testing.T) {
	for _, change := range []func(o *core.Options){
		func(*core.Options) {},
		func(o *core.Options) { o.Verification.StoreInDatabase = true },
		func(o *core.Options) { o.Verification.StoreIdentifier = "hashed" },
	} {
		storage := &authtest.Storage{}
		server := authtest.New(t, authtest.WithStorage(storage), authtest.WithSharedStore(), authtest.Configure(change))
		server.Client().SignUp("ada@example.com")
		body := requestReset(t, server)
		var accepted atomic.Int32
		authtest.Together(20, func(int) {
			if server.Client().Post("/reset-password", body).Status == 200 {
				accepted.Add(1)
			}
		})
		if accepted.Load() != 1 {
			t.Errorf("accepted %d times", accepted.Load())
		}
		for _, key := range storage.Keys() {
			if strings.HasPrefix(key, "verification:") {
				t.Errorf("%s is left", key)
			}
		}
		expired := requestReset(t, server)
		server.Clock.Advance(time.Hour)
		server.Client().Post("/reset-password", expired).WantError(400, "INVALID_TOKEN")
	}
}

// security: 28
func TestReserveInStorage(t *testing.T) {
	server, storage := withStorage(t)
	until := server.Auth.Now().Add(time.Minute)
	var claims atomic.Int32
	authtest.Together(20, func(int) {
		if ok, err := server.Auth.Reserve(t.Context(), "code", until); err != nil {
			t.Error(err)
		} else if ok {
			claims.Add(1)
		}
	})
	if claims.Load() != 1 {
		t.Errorf("claimed %d times", claims.Load())
	}
	storage.Fail(true)
	if ok, err := server.Auth.Reserve(t.Context(), "other", until); ok || err == nil {
		t.Error("claimed without storage")
	}
}

func decode(t *testing.T, storage *authtest.Storage, key string, into any) {
	t.Helper()
	text, ok, err := storage.Get(t.Context(), key)
	if err != nil || !ok {
		t.Fatalf("%s: %v, %v; there are %q", key, ok, err, storage.Keys())
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatal(err)
	}
}
