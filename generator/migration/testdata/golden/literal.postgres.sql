-- +goose Up
ALTER TABLE "user" ADD COLUMN "motto" text;

-- +goose StatementBegin
UPDATE "user" SET "motto" = 'a; -- b' WHERE "motto" IS NULL;
-- +goose StatementEnd

ALTER TABLE "user" ALTER COLUMN "motto" SET NOT NULL;

-- +goose Down
ALTER TABLE "user" ALTER COLUMN "motto" DROP NOT NULL;

ALTER TABLE "user" DROP COLUMN "motto";
