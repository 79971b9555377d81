package exercise

import (
	"context"
	"database/sql"
)

func execute(ctx context.Context, database *sql.DB, statement string) error {
	_, err := database.ExecContext(ctx, statement)
	return err
}
