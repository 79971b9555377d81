package auth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strconv"

	"github.com/wneessen/go-mail"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// A Mailer sends one message.
type Mailer interface {
	Send(ctx context.Context, to, subject, text string) error
}

// mails are the messages of the auth flows. A message that is left out switches off what needs it.
func mails(production bool) (core.Mails, error) {
	m, err := newMailer(production)
	return core.Mails{
		ResetPassword: func(ctx context.Context, mail core.Mail) error {
			return m.Send(ctx, mail.To, "Choose a new password",
				"Someone asked to reset the password of your account. To choose a new one, open\n\n"+mail.URL+
					"\n\nIf it was not you, ignore this message.\n")
		},
		VerifyEmail: func(ctx context.Context, mail core.Mail) error {
			return m.Send(ctx, mail.To, "Confirm your e-mail address",
				"To confirm that this address is yours, open\n\n"+mail.URL+"\n")
		},
		// ConfirmEmailChange asks at the current address before a verified address is replaced.
		//
		// ConfirmEmailChange: func(ctx context.Context, mail core.Mail) error {
		// 	return m.Send(ctx, mail.To, "Approve your new address",
		// 		"To change your address to "+mail.NewEmail+", open\n\n"+mail.URL+"\n")
		// },

		// ConfirmDeletion sends a link instead of deleting an account at once.
		//
		// ConfirmDeletion: func(ctx context.Context, mail core.Mail) error {
		// 	return m.Send(ctx, mail.To, "Delete your account", "To delete your account, open\n\n"+mail.URL+"\n")
		// },
	}, err
}

// newMailer returns an SMTP mailer for SMTP_URL: smtp://user:password@host:587 with STARTTLS,
// smtps://…:465, or smtp+plain:// for a mail server on this machine; ?from= names the sender. Without
// SMTP_URL messages are logged, but not in production: links in a log are as good as passwords.
func newMailer(production bool) (Mailer, error) {
	text := os.Getenv("SMTP_URL")
	switch {
	case text == "" && production:
		return noMailer{}, nil
	case text == "":
		return logMailer{}, nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" {
		return nil, errors.New("auth: SMTP_URL is not a URL like smtp://user:password@host:587?from=me@host")
	}
	return newSMTPMailer(u)
}

// noMailer refuses: nobody would read the message.
type noMailer struct{}

func (noMailer) Send(context.Context, string, string, string) error {
	return errors.New("no SMTP_URL: the message was not sent")
}

// logMailer is for development: it prints the message, link included.
type logMailer struct{}

func (logMailer) Send(ctx context.Context, to, subject, text string) error {
	slog.InfoContext(ctx, "mail (set SMTP_URL to send it)", "to", to, "subject", subject, "text", text)
	return nil
}

// smtpMailer sends over SMTP. Each message has a connection of its own.
type smtpMailer struct {
	client *mail.Client
	from   string
}

func newSMTPMailer(u *url.URL) (*smtpMailer, error) {
	var options []mail.Option
	switch u.Scheme {
	case "smtp":
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	case "smtps":
		options = append(options, mail.WithSSL())
	case "smtp+plain":
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		return nil, fmt.Errorf("auth: SMTP_URL starts with %q, want smtp, smtps or smtp+plain", u.Scheme)
	}
	if port, err := strconv.Atoi(u.Port()); err == nil {
		options = append(options, mail.WithPort(port))
	}
	if password, ok := u.User.Password(); ok {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover),
			mail.WithUsername(u.User.Username()), mail.WithPassword(password))
	}
	client, err := mail.NewClient(u.Hostname(), options...)
	if err != nil {
		return nil, fmt.Errorf("auth: SMTP_URL: %w", err)
	}
	from := u.Query().Get("from")
	if from == "" {
		from = "no-reply@" + u.Hostname()
	}
	return &smtpMailer{client: client, from: from}, nil
}

// Send implements Mailer.
func (m *smtpMailer) Send(ctx context.Context, to, subject, text string) error {
	message := mail.NewMsg()
	if err := message.From(m.from); err != nil {
		return fmt.Errorf("sender: %w", err)
	}
	if err := message.To(to); err != nil {
		return fmt.Errorf("recipient: %w", err)
	}
	message.Subject(subject)
	message.SetBodyString(mail.TypeTextPlain, text)
	return m.client.DialAndSendWithContext(ctx, message)
}
