// Package web holds what the authentication server needs from HTTP: cookies,
// the decoding of bodies and queries with their error texts, trusted origins,
// the client's address and rate limits.
//
// It knows nothing of users or sessions. Names, formats and messages are those
// of Better Auth 1.7.5, so its npm client sees no difference.
package web
