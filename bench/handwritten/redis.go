package main

import (
	"context"
	"encoding/json"

	"github.com/redis/go-redis/v9"
)

// stored is a database whose sessions are in Redis.
type stored struct {
	database
	redis *redis.Client
}

func withRedis(db database, url string) (database, error) {
	options, err := redis.ParseURL(url)
	if err != nil {
		return nil, err
	}
	return stored{db, redis.NewClient(options)}, nil
}

func (q stored) session(ctx context.Context, token string) (session, user, error) {
	var value struct {
		Session session `json:"session"`
		User    user    `json:"user"`
	}
	text, err := q.redis.Get(ctx, token).Bytes()
	if err == nil {
		err = json.Unmarshal(text, &value)
	}
	return value.Session, value.User, err
}
