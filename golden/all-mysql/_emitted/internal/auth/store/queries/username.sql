-- name: UserByUsername :one
-- Usernames are stored normalised; so is the argument.
SELECT `id`, `name`, `email`, `emailVerified`, `image`, `createdAt`, `updatedAt`,
    `twoFactorEnabled`, `username`, `displayUsername`
FROM `user`
WHERE `username` = sqlc.arg('username');

-- name: CredentialByUsername :one
-- Not of an account with too many failed guesses, as in CredentialByEmail.
SELECT sqlc.embed(u), sqlc.embed(a)
FROM `user` AS u
JOIN `account` AS a ON a.`userId` = u.`id`
WHERE u.`username` = sqlc.arg('username') AND a.`providerId` = 'credential'
  AND (
    SELECT COUNT(*)
    FROM `verification` AS f
    WHERE f.`identifier` = CONCAT('password-failure:', u.`id`)
      AND f.`expiresAt` > sqlc.arg('now')
      AND (f.`value` = sqlc.arg('address') OR NOT EXISTS (
        SELECT 1
        FROM `session` AS s
        WHERE s.`userId` = u.`id` AND s.`ipAddress` = CAST(sqlc.arg('address') AS CHAR)
      ))
  ) < CAST(sqlc.arg('failures') AS SIGNED)
ORDER BY a.`createdAt`, a.`id`
LIMIT 1;
