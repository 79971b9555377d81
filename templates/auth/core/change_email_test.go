package core_test

import (
	"errors"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

func changing(change func(o *core.Options)) authtest.Option {
	return authtest.Configure(func(o *core.Options) {
		o.User.ChangeEmail.Enabled = true
		if change != nil {
			change(o)
		}
	})
}

// user signs a user up, whose address may be verified already.
func user(t *testing.T, server *authtest.Server, email string, verified bool) *authtest.Client {
	t.Helper()
	client := server.Client()
	id := client.SignUp(email).Text("user.id")
	_, err := server.Auth.ChangeUser(t.Context(), id, func(u *model.User) error {
		u.EmailVerified = verified
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func changeEmail(client *authtest.Client, address string) *authtest.Response {
	return client.Post("/change-email", authtest.M{"newEmail": address})
}

func TestChangeEmailIsProvenAtTheNewAddress(t *testing.T) {
	for _, verified := range []bool{false, true} {
		server := authtest.New(t, changing(nil))
		ada := user(t, server, "ada@example.com", verified)
		changeEmail(ada, "New@example.com").Want(200)
		mail := server.Inbox.Last("verify-email")
		if mail.To != "new@example.com" || ada.Get("/get-session").Text("user.email") != "ada@example.com" {
			t.Fatalf("mail to %s", mail.To)
		}
		ada.Get("/verify-email?token=" + mail.Token).Want(200)
		session := ada.Get("/get-session")
		if session.Text("user.email") != "new@example.com" || session.Value("user.emailVerified") != true {
			t.Errorf("session %s", session.Body)
		}
		signIn(server.Client(), "ada@example.com", authtest.Password).Want(401)
		ada.Get("/verify-email?token="+mail.Token).WantError(401, "USER_NOT_FOUND")
	}
}

func TestChangeOfAVerifiedAddressIsApprovedAtTheOld(t *testing.T) {
	server := authtest.New(t, changing(nil), authtest.WithConfirmations())
	ada := user(t, server, "ada@example.com", true)
	changeEmail(ada, "new@example.com").Want(200)
	mail := server.Inbox.Last("confirm-email-change")
	if mail.To != "ada@example.com" || mail.NewEmail != "new@example.com" || len(server.Inbox.All()) != 1 {
		t.Fatalf("mail %+v", mail)
	}
	ada.Get("/verify-email?token=" + mail.Token).Want(200)
	if ada.Get("/get-session").Text("user.email") != "ada@example.com" {
		t.Fatal("changed before the new address was proven")
	}
	ada.Open(server.Inbox.Last("verify-email").URL).Want(302)
	if ada.Get("/get-session").Text("user.email") != "new@example.com" {
		t.Error("not changed")
	}
}

// A link proves the address it was sent to and no other, however many changes are asked for at the same
// moment (CVE-2026-32700), and it ends with the address the change began at.
//
// security: 33
func TestOneChangeDoesNotProveAnother(t *testing.T) {
	server := authtest.New(t, changing(nil), authtest.WithSharedStore())
	eve := user(t, server, "eve@example.com", true)
	addresses := []string{"eve2@example.com", "victim@example.com", "eve3@example.com", "other@example.com"}
	authtest.Together(len(addresses), func(i int) { changeEmail(eve.Clone(), addresses[i]).Want(200) })
	links := map[string]string{}
	for _, mail := range server.Inbox.All() {
		links[mail.To] = mail.Token
	}
	if len(links) != len(addresses) {
		t.Fatalf("mails to %v", links)
	}
	// Eve reads two of the mailboxes, and opens her links while the others are asked for again.
	authtest.Together(4, func(i int) {
		switch i {
		case 0, 1:
			eve.Clone().Get("/verify-email?token=" + links[addresses[2*i]])
		default:
			changeEmail(eve.Clone(), "victim@example.com")
		}
	})
	session := eve.Get("/get-session")
	if email := session.Text("user.email"); email != "eve2@example.com" && email != "eve3@example.com" || session.Value("user.emailVerified") != true {
		t.Errorf("session %s", session.Body)
	}
	eve.Get("/verify-email?token="+links["victim@example.com"]).WantError(401, "USER_NOT_FOUND")
	if _, err := server.Store.UserByEmail(t.Context(), "victim@example.com"); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("the victim's address is taken: %v", err)
	}
}

func TestUnverifiedAddressMayChangeAtOnce(t *testing.T) {
	server := authtest.New(t, changing(func(o *core.Options) { o.User.ChangeEmail.UpdateEmailWithoutVerification = true }))
	ada := user(t, server, "ada@example.com", false)
	changeEmail(ada, "new@example.com").Want(200)
	if ada.Get("/get-session").Text("user.email") != "new@example.com" {
		t.Error("not changed")
	}
	bob := user(t, server, "bob@example.com", true)
	changeEmail(bob, "bob2@example.com").Want(200)
	if bob.Get("/get-session").Text("user.email") != "bob@example.com" {
		t.Error("a verified address changed at once")
	}
}

// security: 34
func TestChangeToATakenAddress(t *testing.T) {
	server := authtest.New(t, changing(nil))
	user(t, server, "eve@example.com", true)
	ada := user(t, server, "ada@example.com", true)
	changeEmail(ada, "eve@example.com").Want(200)
	if mails := server.Inbox.All(); len(mails) != 0 {
		t.Errorf("%d mails", len(mails))
	}
	changeEmail(ada, "ADA@example.com").Want(400)
}

// The address may be taken between the mail and the click.
func TestAddressIsTakenMeanwhile(t *testing.T) {
	server := authtest.New(t, changing(nil))
	ada := user(t, server, "ada@example.com", true)
	changeEmail(ada, "new@example.com").Want(200)
	link := server.Inbox.Last("verify-email").URL
	user(t, server, "new@example.com", false)
	ada.Open(link)
	if ada.Get("/get-session").Text("user.email") != "ada@example.com" {
		t.Error("two users with one address")
	}
}

// A link must not act for whoever happens to be signed in.
func TestChangeLinkUnderAnotherSession(t *testing.T) {
	server := authtest.New(t, changing(nil))
	ada, eve := user(t, server, "ada@example.com", true), user(t, server, "eve@example.com", true)
	changeEmail(ada, "new@example.com").Want(200)
	eve.Get("/verify-email?token="+server.Inbox.Last("verify-email").Token).WantError(401, "INVALID_USER")
}

func TestChangeEmailIsOffByDefault(t *testing.T) {
	server := authtest.New(t)
	changeEmail(user(t, server, "ada@example.com", true), "new@example.com").WantError(400, "CHANGE_EMAIL_DISABLED")
}
