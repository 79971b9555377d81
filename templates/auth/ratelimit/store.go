// Package ratelimit counts requests where several processes find them: in the database or in secondary
// storage. The rules, and the counters in memory, are in package web.
package ratelimit

import "context"

// Store is what Database needs of the database. Package store implements it, with the queries of
// store/queries/rate_limit.sql, when rateLimit.storage is database. Times are milliseconds since 1970.
type Store interface {
	// CountRequest counts a request at lastRequest, from 1 when the one before was not after windowStart.
	// It returns 0 when the counter has reached count, or when there is none.
	CountRequest(ctx context.Context, key string, lastRequest, windowStart, count int64) (int64, error)
	// InsertRequest starts a counter. The error is model.ErrConflict when another request has.
	InsertRequest(ctx context.Context, id, key string, count, lastRequest int64) error
	// LastRequest returns when a request was last let through, of a counter that has reached count.
	LastRequest(ctx context.Context, key string, count int64) (int64, error)
	// DeleteRequestsBefore removes the counters that were last used before an instant.
	DeleteRequestsBefore(ctx context.Context, lastRequest int64) (int64, error)
}
