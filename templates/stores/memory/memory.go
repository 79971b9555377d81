package store

import (
	"cmp"
	"sync"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// A Memory holds the rows. Sessions and single-use values go when they have expired; users and their accounts stay
// until they are deleted or the process ends.
type Memory struct {
	mu sync.RWMutex

	users         *table[model.User]
	sessions      *table[model.Session]
	accounts      *table[model.Account]
	verifications *table[model.Verification]

	userByEmail               *index[model.User]
	sessionByToken            *index[model.Session]
	sessionsByUser            *index[model.Session]
	accountByKey              *index[model.Account]
	accountsByUser            *index[model.Account]
	verificationsByIdentifier *index[model.Verification]

	swept time.Time // when expired rows were removed
}

func newMemory() *Memory {
	m := &Memory{
		users: newTable(
			func(u *model.User) string { return u.ID },
			func(a, b *model.User) int { return cmp.Compare(a.ID, b.ID) }),
		sessions: newTable(
			func(s *model.Session) string { return s.ID },
			func(a, b *model.Session) int { return oldest(a.CreatedAt, b.CreatedAt, a.ID, b.ID) }),
		accounts: newTable(
			func(a *model.Account) string { return a.ID },
			func(a, b *model.Account) int { return oldest(a.CreatedAt, b.CreatedAt, a.ID, b.ID) }),
		verifications: newTable(
			func(v *model.Verification) string { return v.ID },
			func(a, b *model.Verification) int {
				return cmp.Or(b.CreatedAt.Compare(a.CreatedAt.Time), b.ExpiresAt.Compare(a.ExpiresAt.Time), cmp.Compare(b.ID, a.ID))
			}),
	}
	m.userByEmail = m.users.index(true, func(u *model.User) string { return u.Email })
	m.sessionByToken = m.sessions.index(true, func(s *model.Session) string { return s.Token })
	m.sessionsByUser = m.sessions.index(false, func(s *model.Session) string { return s.UserID })
	m.accountByKey = m.accounts.index(true, func(a *model.Account) string { return accountKey(a.ProviderID, a.AccountID) })
	m.accountsByUser = m.accounts.index(false, func(a *model.Account) string { return a.UserID })
	m.verificationsByIdentifier = m.verifications.index(false, func(v *model.Verification) string { return v.Identifier })
	return m
}

// oldest orders rows by when they were made.
func oldest(a, b model.Time, idA, idB string) int {
	return cmp.Or(a.Compare(b.Time), cmp.Compare(idA, idB))
}

// accountKey is what a provider knows an account by; the ids of providers hold no control characters.
func accountKey(providerID, accountID string) string { return providerID + "\x00" + accountID }

// sweepInterval is how often, at most, expired rows are removed. Rows tell the time: it is the server's.
const sweepInterval = time.Hour

// sweep removes what has expired at now, the time of a row that was added. A rollback does not bring it back.
func (m *Memory) sweep(now model.Time) {
	if now.Sub(m.swept) < sweepInterval {
		return
	}
	m.swept = now.Time
	m.sessions.deleteIf(nil, func(s *model.Session) bool { return s.ExpiresAt.Before(now.Time) })
	m.verifications.deleteIf(nil, func(v *model.Verification) bool { return v.ExpiresAt.Before(now.Time) })
}
