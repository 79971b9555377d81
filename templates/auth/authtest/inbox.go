package authtest

import (
	"context"
	"sync"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// An Inbox holds the mails the server has sent.
type Inbox struct {
	t     testing.TB
	wait  func() // for mails on their way
	mu    sync.Mutex
	mails []Mail
}

// A Mail is a message and what it is about: "reset-password", "verify-email", "confirm-email-change" or
// "confirm-deletion".
type Mail struct {
	Kind string
	core.Mail
}

// All returns the mails sent so far, oldest first.
func (i *Inbox) All() []Mail {
	i.wait()
	i.mu.Lock()
	defer i.mu.Unlock()
	return append([]Mail(nil), i.mails...)
}

// Last returns the newest mail of a kind. The test fails when there is none.
func (i *Inbox) Last(kind string) Mail {
	i.t.Helper()
	mails := i.All()
	for n := len(mails) - 1; n >= 0; n-- {
		if mails[n].Kind == kind {
			return mails[n]
		}
	}
	i.t.Fatalf("no %s mail among %d", kind, len(mails))
	return Mail{}
}

func (i *Inbox) put(kind string) func(context.Context, core.Mail) error {
	return func(_ context.Context, mail core.Mail) error {
		i.mu.Lock()
		defer i.mu.Unlock()
		i.mails = append(i.mails, Mail{Kind: kind, Mail: mail})
		return nil
	}
}
