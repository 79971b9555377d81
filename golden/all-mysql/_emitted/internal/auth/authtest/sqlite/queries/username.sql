-- name: UserByUsername :one
-- Usernames are stored normalised; so is the argument.
SELECT "id", "name", "email", "emailVerified", "image", "createdAt", "updatedAt",
    "twoFactorEnabled", "username", "displayUsername"
FROM "user"
WHERE "username" = sqlc.arg('username');

-- name: CredentialByUsername :one
SELECT sqlc.embed(u), sqlc.embed(a)
FROM "user" AS u
JOIN "account" AS a ON a."userId" = u."id"
WHERE u."username" = sqlc.arg('username') AND a."providerId" = 'credential'
ORDER BY a."createdAt", a."id"
LIMIT 1;
