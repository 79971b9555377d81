-- +goose Up
-- MySQL commits every statement. If one fails, betterauth-gen migrate up goes on with it.

ALTER TABLE `user` ADD COLUMN `motto` text;

-- +goose StatementBegin
UPDATE `user` SET `motto` = 'a; -- b' WHERE `motto` IS NULL;
-- +goose StatementEnd

ALTER TABLE `user` MODIFY COLUMN `motto` text NOT NULL;

-- +goose Down
ALTER TABLE `user` MODIFY COLUMN `motto` text;

ALTER TABLE `user` DROP COLUMN `motto`;
