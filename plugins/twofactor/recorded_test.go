package twofactor_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	twofactor "github.com/betterauth-gen/betterauth-gen/plugins/twofactor/source"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	store "github.com/betterauth-gen/betterauth-gen/templates/stores/sqlite"
)

// A recording is what Better Auth 1.7.5 left in a database, with the cookies, links and codes that go with
// it. The second factor is set up in it, but not proven yet.
type recording struct {
	Secret, Password               string
	Now                            time.Time
	Rows                           map[string][]map[string]any
	SetCookie                      struct{ Session, Challenge, Trust string }
	ResetToken, DeletionToken      string
	VerificationToken, ChangeToken string
	NewAddress                     string
	TOTPSecret, TOTPURI, OTP       string
	BackupCodes                    []string

	t      *testing.T
	db     *sql.DB
	auth   *core.Auth
	plugin *twofactor.Plugin
}

// A server on recorded rows honours everything that was issued for them.
func TestRecordedRows(t *testing.T) {
	const signIn, password, email = "/sign-in/email", "a new password", "row@example.com"
	type object = map[string]any
	for name, test := range map[string]func(r *recording){
		"session": func(r *recording) {
			answer := r.want(200, "GET", "/get-session", nil, r.SetCookie.Session)
			session, user := answer["session"].(object), answer["user"].(object)
			if session["token"] != r.Rows["session"][0]["token"] || user["email"] != email || user["createdAt"] != r.Rows["user"][0]["createdAt"] {
				r.t.Errorf("the session is %v", answer)
			}
		},
		"password": func(r *recording) {
			r.want(200, "POST", signIn, object{"email": email, "password": r.Password})
			r.want(401, "POST", signIn, object{"email": email, "password": r.Password + "x"})
		},
		"reset link": func(r *recording) {
			r.want(200, "POST", "/reset-password", object{"token": r.ResetToken, "newPassword": password})
			r.want(400, "POST", "/reset-password", object{"token": r.ResetToken, "newPassword": password})
			r.want(200, "POST", signIn, object{"email": email, "password": password})
		},
		"deletion link": func(r *recording) {
			r.want(200, "GET", "/delete-user/callback?token="+r.DeletionToken, nil, r.SetCookie.Session)
			r.want(401, "POST", signIn, object{"email": email, "password": r.Password})
		},
		"verification link": func(r *recording) {
			r.want(200, "GET", "/verify-email?token="+r.VerificationToken, nil)
			answer := r.want(200, "GET", "/get-session", nil, r.SetCookie.Session)
			if answer["user"].(object)["emailVerified"] != true {
				r.t.Errorf("the user is %v", answer["user"])
			}
		},
		"change of address": func(r *recording) {
			r.want(200, "GET", "/verify-email?token="+r.ChangeToken, nil, r.SetCookie.Session)
			r.want(200, "POST", signIn, object{"email": r.NewAddress, "password": r.Password})
		},
		"TOTP secret": func(r *recording) {
			r.want(200, "POST", "/two-factor/verify-totp", object{"code": r.code()}, r.SetCookie.Session)
			answer := r.want(200, "POST", signIn, object{"email": email, "password": r.Password})
			if answer["twoFactorRedirect"] != true {
				r.t.Errorf("sign-in answered %v", answer)
			}
		},
		"TOTP URI": func(r *recording) {
			r.turnOn()
			answer := r.want(200, "POST", "/two-factor/get-totp-uri", object{"password": r.Password}, r.SetCookie.Session)
			if answer["totpURI"] != r.TOTPURI {
				r.t.Errorf("URI\n got %v\nwant %s", answer["totpURI"], r.TOTPURI)
			}
		},
		"backup codes": func(r *recording) {
			out, err := r.plugin.ViewBackupCodes(r.t.Context(), r.Rows["user"][0]["id"].(string))
			if err != nil || !slices.Equal(out.BackupCodes, r.BackupCodes) {
				r.t.Errorf("codes %+v, %v", out, err)
			}
		},
		"challenge and TOTP code": func(r *recording) {
			r.turnOn()
			r.want(200, "POST", "/two-factor/verify-totp", object{"code": r.code()}, r.SetCookie.Challenge)
			r.want(401, "POST", "/two-factor/verify-backup-code", object{"code": r.BackupCodes[0]}, r.SetCookie.Challenge)
		},
		"challenge and backup code": func(r *recording) {
			r.turnOn()
			r.want(200, "POST", "/two-factor/verify-backup-code", object{"code": r.BackupCodes[3]}, r.SetCookie.Challenge)
		},
		"challenge and mailed code": func(r *recording) {
			r.turnOn()
			r.want(401, "POST", "/two-factor/verify-otp", object{"code": "000000"}, r.SetCookie.Challenge)
			r.want(200, "POST", "/two-factor/verify-otp", object{"code": r.OTP}, r.SetCookie.Challenge)
		},
		"trusted device": func(r *recording) {
			r.turnOn()
			answer := r.want(200, "POST", signIn, object{"email": email, "password": r.Password}, r.SetCookie.Trust)
			if answer["token"] == nil {
				r.t.Errorf("sign-in answered %v", answer)
			}
		},
	} {
		t.Run(name, func(t *testing.T) { test(open(t)) })
	}
}

// open returns a server on a new copy of the recorded rows, at the time they were recorded.
func open(t *testing.T) *recording {
	t.Helper()
	text, err := os.ReadFile("testdata/recorded.json")
	if err != nil {
		t.Fatal(err)
	}
	r := &recording{t: t}
	if err := json.Unmarshal(text, r); err != nil {
		t.Fatal(err)
	}
	r.db, err = store.Open(t.Context(), "file:"+filepath.Join(t.TempDir(), "auth.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.db.Close() })
	r.exec(store.Schema)
	for _, table := range []string{"user", "session", "account", "verification", "twoFactor"} {
		for _, row := range r.Rows[table] {
			r.insert(table, row)
		}
	}
	r.start()
	return r
}

func (r *recording) start() {
	r.t.Helper()
	options := core.DefaultOptions()
	options.AppName, options.BaseURL, options.Secret = "BA", "http://localhost:3000", r.Secret
	options.EmailAndPassword.Enabled, options.User.DeleteUser.Enabled, options.User.ChangeEmail.Enabled = true, true, true
	mail := func(context.Context, core.Mail) error { return nil }
	s := store.New(r.db)
	r.plugin = twofactor.New(twofactor.DefaultOptions(), s, twofactor.Funcs{
		SendOTP: func(context.Context, *core.Call, *model.User, string) error { return nil },
	})
	var err error
	r.auth, err = core.New(core.Config{
		Options: options,
		Store:   s,
		Mails:   core.Mails{ResetPassword: mail, VerifyEmail: mail, ConfirmDeletion: mail},
		Plugins: []core.Plugin{r.plugin},
		Logger:  slog.New(slog.DiscardHandler),
		Getenv:  func(string) string { return "" },
		Now:     func() time.Time { return r.Now },
	})
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(r.auth.Wait)
}

func (r *recording) exec(statement string, args ...any) {
	r.t.Helper()
	if _, err := r.db.ExecContext(r.t.Context(), statement, args...); err != nil {
		r.t.Fatalf("%s: %v", statement, err)
	}
}

func (r *recording) insert(table string, row map[string]any) {
	r.t.Helper()
	var names, marks []string
	var values []any
	for name, value := range row {
		names, marks, values = append(names, `"`+name+`"`), append(marks, "?"), append(values, value)
	}
	r.exec(fmt.Sprintf(`INSERT INTO %q (%s) VALUES (%s)`, table, strings.Join(names, ", "), strings.Join(marks, ", ")), values...)
}

// turnOn does what Better Auth did between recording the rows and challenging the user.
func (r *recording) turnOn() {
	r.t.Helper()
	r.exec(`UPDATE "user" SET "twoFactorEnabled" = 1`)
	r.exec(`UPDATE "twoFactor" SET "verified" = 1`)
}

// code is the TOTP code of the recorded time.
func (r *recording) code() string {
	r.t.Helper()
	code, err := r.plugin.GenerateTOTP(r.TOTPSecret)
	if err != nil {
		r.t.Fatal(err)
	}
	return code
}

// want sends a request with the cookies of Set-Cookie lines, checks the status and returns the answer.
func (r *recording) want(status int, method, path string, body map[string]any, setCookie ...string) map[string]any {
	r.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		r.t.Fatal(err)
	}
	request := httptest.NewRequest(method, r.auth.BaseURL()+path, strings.NewReader(string(text)))
	if method == http.MethodGet {
		request = httptest.NewRequest(method, r.auth.BaseURL()+path, nil)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Origin", "http://localhost:3000")
	for _, line := range setCookie {
		pair, _, _ := strings.Cut(line, ";")
		request.Header.Add("Cookie", pair)
	}
	recorder := httptest.NewRecorder()
	r.auth.Handler().ServeHTTP(recorder, request)
	if recorder.Code != status {
		r.t.Fatalf("%s %s answered %d, want %d: %s", method, path, recorder.Code, status, recorder.Body)
	}
	var answer map[string]any
	_ = json.Unmarshal(recorder.Body.Bytes(), &answer)
	return answer
}
