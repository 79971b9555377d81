-- +goose Up
-- MySQL commits every statement. If one fails, betterauth-gen migrate up goes on with it.

CREATE TABLE `user` (
    `id` varchar(36) NOT NULL PRIMARY KEY,
    `name` varchar(255) COLLATE utf8mb4_bin NOT NULL,
    `email` varchar(255) COLLATE utf8mb4_bin NOT NULL,
    `emailVerified` boolean NOT NULL,
    `image` text,
    `createdAt` timestamp(3) DEFAULT CURRENT_TIMESTAMP(3) NOT NULL,
    `updatedAt` timestamp(3) DEFAULT CURRENT_TIMESTAMP(3) NOT NULL,
    `twoFactorEnabled` boolean,
    `username` varchar(255) COLLATE utf8mb4_bin,
    `displayUsername` text
);

CREATE UNIQUE INDEX `user_email_uidx` ON `user` (`email`);

CREATE UNIQUE INDEX `user_username_uidx` ON `user` (`username`);

CREATE TABLE `session` (
    `id` varchar(36) NOT NULL PRIMARY KEY,
    `expiresAt` timestamp(3) NOT NULL,
    `token` varchar(255) COLLATE utf8mb4_bin NOT NULL,
    `createdAt` timestamp(3) DEFAULT CURRENT_TIMESTAMP(3) NOT NULL,
    `updatedAt` timestamp(3) NOT NULL,
    `ipAddress` text,
    `userAgent` text,
    `userId` varchar(36) NOT NULL,
    CONSTRAINT `session_userId_fkey` FOREIGN KEY (`userId`) REFERENCES `user` (`id`) ON DELETE CASCADE
);

CREATE INDEX `session_expiresAt_idx` ON `session` (`expiresAt`);

CREATE UNIQUE INDEX `session_token_uidx` ON `session` (`token`);

CREATE INDEX `session_userId_idx` ON `session` (`userId`);

CREATE TABLE `account` (
    `id` varchar(36) NOT NULL PRIMARY KEY,
    `accountId` varchar(255) COLLATE utf8mb4_bin NOT NULL,
    `providerId` varchar(255) COLLATE utf8mb4_bin NOT NULL,
    `userId` varchar(36) NOT NULL,
    `accessToken` text,
    `refreshToken` text,
    `idToken` text,
    `accessTokenExpiresAt` timestamp(3),
    `refreshTokenExpiresAt` timestamp(3),
    `scope` text,
    `password` text,
    `createdAt` timestamp(3) DEFAULT CURRENT_TIMESTAMP(3) NOT NULL,
    `updatedAt` timestamp(3) NOT NULL,
    CONSTRAINT `account_userId_fkey` FOREIGN KEY (`userId`) REFERENCES `user` (`id`) ON DELETE CASCADE
);

CREATE INDEX `account_userId_idx` ON `account` (`userId`);

CREATE UNIQUE INDEX `account_providerId_accountId_uidx` ON `account` (`providerId`, `accountId`);

CREATE TABLE `verification` (
    `id` varchar(36) NOT NULL PRIMARY KEY,
    `identifier` varchar(255) COLLATE utf8mb4_bin NOT NULL,
    `value` text NOT NULL,
    `expiresAt` timestamp(3) NOT NULL,
    `createdAt` timestamp(3) DEFAULT CURRENT_TIMESTAMP(3) NOT NULL,
    `updatedAt` timestamp(3) DEFAULT CURRENT_TIMESTAMP(3) NOT NULL
);

CREATE INDEX `verification_identifier_idx` ON `verification` (`identifier`);

CREATE INDEX `verification_expiresAt_idx` ON `verification` (`expiresAt`);

CREATE TABLE `twoFactor` (
    `id` varchar(36) NOT NULL PRIMARY KEY,
    `secret` varchar(255) COLLATE utf8mb4_bin NOT NULL,
    `backupCodes` text NOT NULL,
    `userId` varchar(36) NOT NULL,
    `verified` boolean,
    `failedVerificationCount` integer,
    `lockedUntil` timestamp(3),
    CONSTRAINT `twoFactor_userId_fkey` FOREIGN KEY (`userId`) REFERENCES `user` (`id`) ON DELETE CASCADE
);

CREATE INDEX `twoFactor_secret_idx` ON `twoFactor` (`secret`);

CREATE INDEX `twoFactor_userId_idx` ON `twoFactor` (`userId`);

-- +goose Down
DROP TABLE `twoFactor`;

DROP TABLE `verification`;

DROP TABLE `account`;

DROP TABLE `session`;

DROP TABLE `user`;
