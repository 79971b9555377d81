package main

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// redisBeside is the database beside which sessions are measured in Redis, too: what several instances share.
const redisBeside = "postgres"

// withRedis is the variable that tells a server where Redis is.
func withRedis() string { return "REDIS_URL=" + os.Getenv("TEST_REDIS_URL") }

// fillRedis stores the session of each user under the keys and in the format all contenders have in common.
// They stay for a day.
func fillRedis(ctx context.Context) error {
	server := os.Getenv("TEST_REDIS_URL")
	if server == "" {
		return errors.New(`TEST_REDIS_URL is not set: eval "$(scripts/services.sh env)"`)
	}
	options, err := redis.ParseURL(server)
	if err != nil {
		return err
	}
	client := redis.NewClient(options)
	defer func() { _ = client.Close() }()
	pipeline := client.Pipeline()
	for user := range users {
		value, err := secure.JSON(sessionOf(user))
		if err != nil {
			return err
		}
		pipeline.Set(ctx, tokenOf(user), value, 24*time.Hour)
	}
	_, err = pipeline.Exec(ctx)
	return err
}
