package exercise

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

func execute(ctx context.Context, pool *pgxpool.Pool, statement string) error {
	_, err := pool.Exec(ctx, statement)
	return err
}
