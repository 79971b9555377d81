// Package redis keeps sessions, verification values and rate limits in Redis 6.2 or later, or in a server
// that speaks its protocol, such as Valkey. Keys and values are Better Auth's, so both can share one.
package redis

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	client "github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// Storage is secondary storage in Redis. Make one with Open or New.
type Storage struct {
	redis client.UniversalClient
}

var _ core.SecondaryStorage = (*Storage)(nil)

// Open returns the storage at a URL such as redis://user:password@host:6379/0, or rediss:// for TLS. It
// does not connect: a server that is down fails the requests that need it, and nothing else.
func Open(url string) (*Storage, error) {
	if url == "" {
		return nil, errors.New("redis: REDIS_URL is not set")
	}
	opts, err := client.ParseURL(url)
	if err != nil {
		return nil, errors.New("redis: REDIS_URL is not a URL like redis://user:password@host:6379/0") // the cause may quote the password
	}
	silence.Do(func() { client.SetLogger(&logging.VoidLogger{}) })
	opts.DialerRetries = 1 // commands are retried; requests should not wait for a server that is down
	return New(client.NewClient(opts)), nil
}

// silence keeps the client from printing to standard error what it also returns, and the caller logs.
var silence sync.Once

// New returns the storage of a client of yours, such as one of a cluster.
func New(c client.UniversalClient) *Storage { return &Storage{c} }

// Close closes the connections.
func (s *Storage) Close() error { return s.redis.Close() }

// Get implements core.SecondaryStorage.
func (s *Storage) Get(ctx context.Context, key string) (string, bool, error) {
	return found(s.redis.Get(ctx, key))
}

// Set implements core.SecondaryStorage.
func (s *Storage) Set(ctx context.Context, key, value string, ttl time.Duration) error {
	return failed(s.redis.Set(ctx, key, value, ttl).Err())
}

// Delete implements core.SecondaryStorage.
func (s *Storage) Delete(ctx context.Context, key string) error {
	return failed(s.redis.Del(ctx, key).Err())
}

// GetAndDelete implements core.SecondaryStorage.
func (s *Storage) GetAndDelete(ctx context.Context, key string) (string, bool, error) {
	return found(s.redis.GetDel(ctx, key))
}

// increment counts and starts the lifetime in one step: a counter whose lifetime was never started
// would block its user for ever.
var increment = client.NewScript(`
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return count`)

// Increment implements core.SecondaryStorage.
func (s *Storage) Increment(ctx context.Context, key string, ttl time.Duration) (int64, error) {
	count, err := increment.Run(ctx, s.redis, []string{key}, ttl.Milliseconds()).Int64()
	return count, failed(err)
}

func found(reply *client.StringCmd) (string, bool, error) {
	value, err := reply.Result()
	if errors.Is(err, client.Nil) {
		return "", false, nil
	}
	return value, err == nil, failed(err)
}

func failed(err error) error {
	if err != nil {
		return fmt.Errorf("redis: %w", err)
	}
	return nil
}
