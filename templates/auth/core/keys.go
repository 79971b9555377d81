package core

import "github.com/betterauth-gen/betterauth-gen/templates/auth/secure"

// Encrypt returns text in the form it is stored in when the database must not be able to read it.
func (a *Auth) Encrypt(text string) (string, error) { return a.keys.Encrypt(text) }

// Decrypt returns the text that Encrypt made ciphertext of. The error wraps secure.ErrDecrypt when it
// was changed, or made with another secret.
func (a *Auth) Decrypt(ciphertext string) (string, error) { return a.keys.Decrypt(ciphertext) }

// TokenFor returns a token that only this server can make: the proof that text came from here.
func (a *Auth) TokenFor(text string) string { return secure.SignURL(a.keys.Signing(), text) }

// VerifyTokenFor reports whether token is the one TokenFor makes for text.
func (a *Auth) VerifyTokenFor(text, token string) bool {
	return secure.VerifyURL(a.keys.Signing(), text, token)
}
