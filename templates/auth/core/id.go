package core

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strconv"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// NewID returns the primary key of a new row of table, such as "user". It is empty where the database makes
// ids: the store sets that of a row it has inserted.
func (a *Auth) NewID(table string) string {
	switch {
	case model.IDs.ByDatabase():
		return ""
	case a.generateID != nil:
		return a.generateID(table)
	case model.IDs == model.UUIDs:
		return secure.UUID()
	}
	return secure.ID()
}

// configureIDs refuses a function that nobody would call.
func (a *Auth) configureIDs(generate func(table string) string) error {
	if generate != nil && model.IDs.ByDatabase() {
		return errors.New("the database makes ids, so Config.GenerateID has nothing to do: take out one of the two")
	}
	a.generateID = generate
	return nil
}

// idOf returns the one primary key that name has, whatever makes ids otherwise. Numbers are negative, where
// no database counts: two names in two thousand million share one.
func idOf(name string) string {
	hash := sha256.Sum256([]byte(name))
	switch model.IDs {
	case model.SerialIDs:
		const most = 1<<31 - 1 // a column of 32 bits
		return strconv.FormatInt(-1-int64(binary.BigEndian.Uint64(hash[:])%most), 10)
	case model.UUIDs:
		return secure.HashUUID(hash)
	}
	return base64.RawURLEncoding.EncodeToString(hash[:])[:32] // keys have room for 36 characters on MySQL
}

// withoutCountedID takes the id out of an answer that must not tell whether the user is a new one. Made-up
// ids look like any other, but a number that was not counted would give itself away.
func withoutCountedID(user *model.User) *model.User {
	if !model.IDs.ByDatabase() {
		return user
	}
	shown := *user
	shown.ID = ""
	return &shown
}
