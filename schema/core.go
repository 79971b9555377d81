package schema

// Core returns the four tables every setup has, with the columns of Better Auth
// 1.7.5 in its order.
//
// Three groups of indexes are additions: the unique (providerId, accountId) that
// makes an external identity belong to one account, and those on expiresAt that
// keep the clean-up of sessions and verification values from reading the table.
func Core() Schema {
	return Schema{Tables: []Table{userTable(), sessionTable(), accountTable(), verificationTable()}}
}

// RateLimit returns the table of the database rate-limit store.
func RateLimit() Table {
	return coreTable(rateLimitTable,
		require(unique(field("key", String))),
		require(field("count", Number)),
		// Milliseconds since 1970, which do not fit 32 bits.
		require(bigInt(field("lastRequest", Number))),
	)
}

const rateLimitTable = "rateLimit"

func userTable() Table {
	return coreTable("user",
		require(sortable(field("name", String))),
		require(sortable(unique(field("email", String)))),
		require(noInput(literal(field("emailVerified", Boolean), false))),
		field("image", String),
		require(now(field("createdAt", Date))),
		require(now(field("updatedAt", Date))),
	)
}

func sessionTable() Table {
	return coreTable("session",
		require(index(field("expiresAt", Date))),
		require(unique(field("token", String))),
		require(now(field("createdAt", Date))),
		require(field("updatedAt", Date)),
		field("ipAddress", String),
		field("userAgent", String),
		require(index(owner("userId"))),
	)
}

func accountTable() Table {
	t := coreTable("account",
		// Sortable because MySQL cannot index a text column.
		require(sortable(field("accountId", String))),
		require(sortable(field("providerId", String))),
		require(index(owner("userId"))),
		secret(field("accessToken", String)),
		secret(field("refreshToken", String)),
		secret(field("idToken", String)),
		secret(field("accessTokenExpiresAt", Date)),
		secret(field("refreshTokenExpiresAt", Date)),
		field("scope", String),
		secret(field("password", String)),
		require(now(field("createdAt", Date))),
		require(field("updatedAt", Date)),
	)
	t.Indexes = []Index{{
		Name:    IndexName("account", true, "providerId", "accountId"),
		Columns: []string{"providerId", "accountId"},
		Unique:  true,
	}}
	return t
}

func verificationTable() Table {
	return coreTable("verification",
		require(index(field("identifier", String))),
		require(field("value", String)),
		require(index(field("expiresAt", Date))),
		require(now(field("createdAt", Date))),
		require(now(field("updatedAt", Date))),
	)
}

// coreTable puts the primary key first and signs the table and its columns.
func coreTable(key string, columns ...Column) Table {
	origin := Origin{Plugin: "core"}
	all := append([]Column{ID()}, columns...)
	for i := range all {
		all[i].Origin = origin
	}
	return Table{Key: key, Name: key, Columns: all, Origin: origin}
}

// ID returns the primary key column every table starts with.
func ID() Column {
	c := require(field(PrimaryKey, String))
	c.Input = false
	return c
}

func field(key string, t Type) Column {
	return Column{Key: key, Name: key, Type: t, Input: true, Returned: true}
}

// owner is a reference to the user who goes, and takes the row along.
func owner(key string) Column {
	c := field(key, String)
	c.Ref = &Ref{Table: "user", Column: PrimaryKey, OnDelete: "cascade"}
	return c
}

func require(c Column) Column  { c.Required = true; return c }
func unique(c Column) Column   { c.Unique = true; return c }
func index(c Column) Column    { c.Index = true; return c }
func sortable(c Column) Column { c.Sortable = true; return c }
func bigInt(c Column) Column   { c.BigInt = true; return c }
func noInput(c Column) Column  { c.Input = false; return c }
func secret(c Column) Column   { c.Returned = false; return c }
func now(c Column) Column      { c.Default = &Default{Now: true}; return c }

func literal(c Column, value any) Column { c.Default = &Default{Value: value}; return c }
