package haveibeenpwned

import (
	"context"
	"crypto/sha1"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

const (
	// rangeURL lists the hashes that begin with the five digits that follow it.
	rangeURL = "https://api.pwnedpasswords.com/range/"
	// timeout bounds the question, which a user waits for.
	timeout = 10 * time.Second
	// maxAnswer bounds what is read of an answer, in bytes. A padded list has about 40,000.
	maxAnswer = 1 << 20
)

var errRedirect = errors.New("the answer is a redirect, which is not followed")

// service asks the Pwned Passwords API, version 3.
type service struct{ http *http.Client }

// newService returns the service behind a transport; nil stands for http.DefaultTransport.
func newService(transport http.RoundTripper) service {
	return service{&http.Client{
		Transport:     transport,
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return errRedirect },
	}}
}

// count returns how often breaches hold a password. SHA-1 is the index of the service, which learns 20 bits of
// it; the padding it is asked for keeps the length of the answer from telling them to others.
func (s service) count(ctx context.Context, password string) (int64, error) {
	hash := fmt.Sprintf("%X", sha1.Sum([]byte(password)))
	list, err := s.list(ctx, hash[:5])
	if err != nil {
		return 0, err
	}
	return countOf(list, hash[5:])
}

// list returns what the service knows about hashes that begin with a prefix.
func (s service) list(ctx context.Context, prefix string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, rangeURL+prefix, nil)
	if err != nil {
		return "", err
	}
	request.Header.Set("Add-Padding", "true")
	request.Header.Set("User-Agent", "BetterAuth Password Checker")
	answer, err := s.http.Do(request)
	if err != nil {
		return "", withoutURL(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return "", statusError(answer.StatusCode)
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, answer.Body, maxAnswer))
	if err != nil {
		return "", withoutURL(err)
	}
	return string(body), nil
}

// statusError is a status other than 200.
type statusError int

func (e statusError) Error() string {
	return fmt.Sprintf("the service answered with status %d", int(e))
}

// withoutURL takes the URL out of an error of net/http: a part of a password's hash is not for the log.
func withoutURL(err error) error {
	if of, ok := errors.AsType[*url.Error](err); ok {
		return of.Err
	}
	return err
}

// unavailable is what the client is told about a question without an answer.
func unavailable(err error) error {
	if status, ok := errors.AsType[statusError](err); ok {
		return errStatus(int(status))
	}
	return ErrUnavailable
}
