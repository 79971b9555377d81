// Package model holds the rows of the auth tables as Go structs.
//
// The structs are what the endpoints answer with: a field that must never leave the server
// (a password hash, a provider token) is marked json:"-". The order of the fields is the order of
// the JSON members Better Auth's clients are used to: core columns, plugin columns, id last.
package model
