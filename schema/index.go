package schema

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// maxIdentifier is the longest identifier PostgreSQL keeps; MySQL allows one
// byte more and SQLite sets no limit.
const maxIdentifier = 63

// IndexName derives an index name from keys: `user_email_uidx`,
// `session_userId_idx`. With default table names these are the names the Better
// Auth 1.7.5 migrator chooses; built from keys, they survive a rename.
func IndexName(table string, unique bool, columns ...string) string {
	suffix := "idx"
	if unique {
		suffix = "uidx"
	}
	return shorten(table + "_" + strings.Join(columns, "_") + "_" + suffix)
}

// ForeignKeyName derives a constraint name the way PostgreSQL does for an
// unnamed one, from keys.
func ForeignKeyName(table, column string) string {
	return shorten(table + "_" + column + "_fkey")
}

// shorten keeps a name within maxIdentifier bytes, and distinct.
func shorten(name string) string {
	if len(name) <= maxIdentifier {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	tail := "_" + hex.EncodeToString(sum[:4])
	return name[:maxIdentifier-len(tail)] + tail
}

// AllIndexes returns the indexes the columns imply, in column order, followed
// by the declared ones, each with its name filled in.
func (t Table) AllIndexes() []Index {
	var all []Index
	for _, c := range t.Columns {
		if ix, ok := t.ColumnIndex(c); ok {
			all = append(all, ix)
		}
	}
	for _, ix := range t.Indexes {
		all = append(all, t.named(ix))
	}
	return all
}

// ColumnIndex returns the index that c.Unique or c.Index implies. A unique
// column needs no second index.
func (t Table) ColumnIndex(c Column) (Index, bool) {
	if !c.Unique && !c.Index {
		return Index{}, false
	}
	return t.named(Index{Name: c.IndexName, Columns: []string{c.Key}, Unique: c.Unique}), true
}

// named fills in the name of an index of t.
func (t Table) named(ix Index) Index {
	if ix.Name == "" {
		ix.Name = IndexName(t.Key, ix.Unique, ix.Columns...)
	}
	return ix
}

// inDeclaredIndex reports whether one of t.Indexes covers the column.
func (t Table) inDeclaredIndex(key string) bool {
	for _, ix := range t.Indexes {
		for _, c := range ix.Columns {
			if c == key {
				return true
			}
		}
	}
	return false
}

// IsIndexed reports whether any index of t covers the column.
func (t Table) IsIndexed(key string) bool {
	c, ok := t.Column(key)
	return ok && (c.Unique || c.Index || t.inDeclaredIndex(key))
}
