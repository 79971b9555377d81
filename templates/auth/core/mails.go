package core

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// Mails are the messages the flows send. A nil member switches off what depends on it, as in Better
// Auth. They are called in the background, so that the time an answer takes does not tell whether an
// address is known; errors are logged.
type Mails struct {
	// ResetPassword sends the link that lets user choose a new password. Nil: no reset.
	ResetPassword func(ctx context.Context, mail Mail) error
	// VerifyEmail sends the link that proves an address, To, which is not always User.Email. Nil: no verification.
	VerifyEmail func(ctx context.Context, mail Mail) error
	// ConfirmEmailChange asks, at the current and verified address, for approval of NewEmail.
	// Nil: the link goes to the new address straight away.
	ConfirmEmailChange func(ctx context.Context, mail Mail) error
	// ConfirmDeletion sends a link that deletes the account. Nil: /delete-user deletes at once.
	ConfirmDeletion func(ctx context.Context, mail Mail) error
}

// A Mail is one message with a link.
type Mail struct {
	User     *model.User
	To       string
	URL      string // the link
	Token    string // the secret inside the link
	NewEmail string // ConfirmEmailChange only
}

// send hands mail to sender in the background.
func (a *Auth) send(ctx context.Context, what string, sender func(context.Context, Mail) error, mail Mail) {
	a.Background(ctx, func(ctx context.Context) {
		if err := sender(ctx, mail); err != nil {
			a.log.ErrorContext(ctx, "sending mail", "mail", what, "user", mail.User.ID, "error", err)
		}
	})
}
