-- +goose Up
-- MySQL commits every statement. If one fails, betterauth-gen migrate up goes on with it.

ALTER TABLE `user` ADD COLUMN `seenAt` timestamp(3) DEFAULT CURRENT_TIMESTAMP(3);

UPDATE `user` SET `seenAt` = CURRENT_TIMESTAMP(3) WHERE `seenAt` IS NULL;

ALTER TABLE `user` MODIFY COLUMN `seenAt` timestamp(3) DEFAULT CURRENT_TIMESTAMP(3) NOT NULL;

-- +goose Down
ALTER TABLE `user` MODIFY COLUMN `seenAt` timestamp(3) DEFAULT CURRENT_TIMESTAMP(3);

ALTER TABLE `user` DROP COLUMN `seenAt`;
