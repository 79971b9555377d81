package web

import "net/http"

// HeaderText returns a header as JavaScript reads it: each byte is a character of Latin-1 (the Fetch standard's
// isomorphic decoding). So it is well-formed text, which databases insist on, whatever the client sent.
func HeaderText(header http.Header, name string) string {
	value := header.Get(name)
	characters := make([]rune, len(value))
	for i := range len(value) {
		characters[i] = rune(value[i])
	}
	return string(characters)
}
