// Package secure holds the cryptography of the authentication server: random
// text, password hashing, keyed signatures, encryption at rest and the signed
// tokens of e-mail links.
//
// Every stored or transmitted form equals that of Better Auth 1.7.5, so rows
// and cookies written by either server are read by the other.
package secure
