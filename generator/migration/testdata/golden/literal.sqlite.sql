-- +goose Up
-- +goose StatementBegin
ALTER TABLE "user" ADD COLUMN "motto" text NOT NULL DEFAULT 'a; -- b';
-- +goose StatementEnd

-- +goose Down
ALTER TABLE "user" DROP COLUMN "motto";
