-- +goose Up
-- MySQL commits every statement. If one fails, undo those before it by hand.

ALTER TABLE `user` ADD COLUMN `motto` text;

-- +goose StatementBegin
UPDATE `user` SET `motto` = 'a; -- b' WHERE `motto` IS NULL;
-- +goose StatementEnd

ALTER TABLE `user` MODIFY COLUMN `motto` text NOT NULL;

-- +goose Down
ALTER TABLE `user` MODIFY COLUMN `motto` text;

ALTER TABLE `user` DROP COLUMN `motto`;
