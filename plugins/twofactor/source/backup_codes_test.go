package twofactor_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
)

func spend(client *authtest.Client, code string) *authtest.Response {
	return client.Post("/two-factor/verify-backup-code", authtest.M{"code": code})
}

// left returns the codes a user has left, and how they are stored.
func (f *fixture) left(userID string) (codes []string, stored string) {
	f.t.Helper()
	view, err := f.plugin.ViewBackupCodes(f.t.Context(), userID)
	if err != nil {
		f.t.Fatal(err)
	}
	row, err := f.Store.TwoFactorByUserID(f.t.Context(), userID)
	if err != nil {
		f.t.Fatal(err)
	}
	return view.BackupCodes, row.BackupCodes
}

// security: 32
func TestBackupCodeWorksOnce(t *testing.T) {
	for _, mode := range []string{"encrypted", "plain"} {
		t.Run(mode, func(t *testing.T) {
			f := start(t, func(s *setup) { s.options.BackupCodeOptions.StoreBackupCodes = mode })
			ada := f.Client()
			a := f.enrol(ada, email)
			client := f.challenged(email)
			spend(client, strings.ToUpper(a.backup[3])+"x").WantError(401, "INVALID_BACKUP_CODE")
			spend(client, a.backup[3]).Want(200)
			if !client.SignedIn() {
				t.Error("not signed in")
			}
			spend(f.challenged(email), a.backup[3]).WantError(401, "INVALID_BACKUP_CODE")

			codes, stored := f.left(ada.Get("/get-session").Text("user.id"))
			if !slices.Equal(codes, slices.Delete(a.backup, 3, 4)) {
				t.Errorf("left: %v", codes)
			}
			if strings.Contains(stored, codes[0]) != (mode == "plain") {
				t.Errorf("stored as %s", stored)
			}
		})
	}
}

// security: 28
func TestBackupCodeIsSpentOnce(t *testing.T) {
	f := start(t, func(s *setup) { s.server = append(s.server, authtest.WithSharedStore()) })
	ada := f.Client()
	a := f.enrol(ada, email)
	clients := make([]*authtest.Client, 8)
	for i := range clients {
		clients[i] = f.challenged(email)
	}
	status := make([]int, len(clients))
	authtest.Together(len(clients), func(i int) { status[i] = spend(clients[i], a.backup[0]).Status })
	wins := 0
	for _, s := range status {
		if s == 200 {
			wins++
		}
	}
	if wins != 1 {
		t.Errorf("answers %v, want one 200", status)
	}
	if codes, _ := f.left(ada.Get("/get-session").Text("user.id")); len(codes) != 9 {
		t.Errorf("%d codes left", len(codes))
	}
}

// security: 32
func TestNewBackupCodesVoidTheOld(t *testing.T) {
	f := start(t)
	ada := f.Client()
	a := f.enrol(ada, email)
	answer := ada.Post("/two-factor/generate-backup-codes", authtest.M{"password": authtest.Password}).Want(200)
	fresh := answer.Value("backupCodes").([]any)[0].(string)
	client := f.challenged(email)
	spend(client, a.backup[0]).WantError(401, "INVALID_BACKUP_CODE")
	spend(client, fresh).Want(200)
}

// A code can be used up without opening a session; the challenge is then only good for codes that are sent.
func TestDisableSession(t *testing.T) {
	f := start(t)
	ada := f.Client()
	a := f.enrol(ada, email)
	client := f.challenged(email)
	answer := client.Post("/two-factor/verify-backup-code", authtest.M{"code": a.backup[0], "disableSession": true}).Want(200)
	if answer.Value("token") != nil || answer.Text("user.email") != email || client.SignedIn() {
		t.Errorf("answer %s", answer.Body)
	}
	spend(client, a.backup[1]).WantError(401, "INVALID_TWO_FACTOR_COOKIE")

	token := ada.Get("/get-session").Text("session.token")
	answer = ada.Post("/two-factor/verify-backup-code", authtest.M{"code": a.backup[1], "disableSession": true}).Want(200)
	if answer.Text("token") != token {
		t.Errorf("answer %s", answer.Body)
	}
}

func TestOwnBackupCodes(t *testing.T) {
	f := start(t, func(s *setup) { s.funcs.GenerateBackupCodes = func() []string { return []string{"one", "two"} } })
	a := f.enrol(f.Client(), email)
	if !slices.Equal(a.backup, []string{"one", "two"}) {
		t.Errorf("codes %v", a.backup)
	}
	spend(f.challenged(email), "two").Want(200)
}
