-- name: UserByID :one
SELECT "id", "name", "email", "emailVerified", "image", "createdAt", "updatedAt"
FROM "user"
WHERE "id" = sqlc.arg('id');

-- name: UserByEmail :one
-- Addresses are stored in lower case; so is the argument.
SELECT "id", "name", "email", "emailVerified", "image", "createdAt", "updatedAt"
FROM "user"
WHERE "email" = sqlc.arg('email');

-- name: UserForUpdate :one
SELECT "id", "name", "email", "emailVerified", "image", "createdAt", "updatedAt"
FROM "user"
WHERE "id" = sqlc.arg('id');

-- name: InsertUser :exec
INSERT INTO "user" ("id", "name", "email", "emailVerified", "image", "createdAt", "updatedAt")
VALUES (sqlc.arg('id'), sqlc.arg('name'), sqlc.arg('email'), sqlc.arg('emailVerified'),
    sqlc.arg('image'), sqlc.arg('createdAt'), sqlc.arg('updatedAt'));

-- name: UpdateUser :execrows
UPDATE "user"
SET "name" = sqlc.arg('name'), "email" = sqlc.arg('email'),
    "emailVerified" = sqlc.arg('emailVerified'), "image" = sqlc.arg('image'),
    "createdAt" = sqlc.arg('createdAt'), "updatedAt" = sqlc.arg('updatedAt')
WHERE "id" = sqlc.arg('id');

-- name: DeleteUser :execrows
DELETE FROM "user"
WHERE "id" = sqlc.arg('id');

-- name: SessionByToken :one
SELECT sqlc.embed(s), sqlc.embed(u)
FROM "session" AS s
JOIN "user" AS u ON u."id" = s."userId"
WHERE s."token" = sqlc.arg('token');

-- name: SessionsByUser :many
SELECT "id", "expiresAt", "token", "createdAt", "updatedAt", "ipAddress", "userAgent",
    "userId"
FROM "session"
WHERE "userId" = sqlc.arg('userId')
ORDER BY "createdAt", "id";

-- name: InsertSession :exec
INSERT INTO "session" ("id", "expiresAt", "token", "createdAt", "updatedAt", "ipAddress", "userAgent",
    "userId")
VALUES (sqlc.arg('id'), sqlc.arg('expiresAt'), sqlc.arg('token'), sqlc.arg('createdAt'),
    sqlc.arg('updatedAt'), sqlc.arg('ipAddress'), sqlc.arg('userAgent'),
    sqlc.arg('userId'));

-- name: UpdateSession :execrows
UPDATE "session"
SET "expiresAt" = sqlc.arg('expiresAt'), "token" = sqlc.arg('token'),
    "createdAt" = sqlc.arg('createdAt'), "updatedAt" = sqlc.arg('updatedAt'),
    "ipAddress" = sqlc.arg('ipAddress'), "userAgent" = sqlc.arg('userAgent'),
    "userId" = sqlc.arg('userId')
WHERE "id" = sqlc.arg('id');

-- name: DeleteSession :execrows
DELETE FROM "session"
WHERE "token" = sqlc.arg('token');

-- name: DeleteOtherSessions :execrows
DELETE FROM "session"
WHERE "userId" = sqlc.arg('userId') AND "token" <> sqlc.arg('token');

-- name: AccountsByUser :many
SELECT "id", "accountId", "providerId", "userId", "accessToken", "refreshToken",
    "idToken", "accessTokenExpiresAt", "refreshTokenExpiresAt", "scope", "password",
    "createdAt", "updatedAt"
FROM "account"
WHERE "userId" = sqlc.arg('userId')
ORDER BY "createdAt", "id";

-- name: CredentialAccount :one
SELECT "id", "accountId", "providerId", "userId", "accessToken", "refreshToken",
    "idToken", "accessTokenExpiresAt", "refreshTokenExpiresAt", "scope", "password",
    "createdAt", "updatedAt"
FROM "account"
WHERE "userId" = sqlc.arg('userId') AND "providerId" = 'credential'
ORDER BY "createdAt", "id"
LIMIT 1;

-- name: CredentialByEmail :one
-- Not of an account with too many failed guesses: those from the same address where the user has a
-- session from it, else all.
SELECT sqlc.embed(u), sqlc.embed(a)
FROM "user" AS u
JOIN "account" AS a ON a."userId" = u."id"
WHERE u."email" = sqlc.arg('email') AND a."providerId" = 'credential'
  AND (
    SELECT COUNT(*)
    FROM "verification" AS f
    WHERE f."identifier" = 'password-failure:' || u."id"
      AND f."expiresAt" > sqlc.arg('now')
      AND (f."value" = sqlc.arg('address') OR NOT EXISTS (
        SELECT 1
        FROM "session" AS s
        WHERE s."userId" = u."id" AND s."ipAddress" = CAST(sqlc.arg('address') AS TEXT)
      ))
  ) < CAST(sqlc.arg('failures') AS INTEGER)
ORDER BY a."createdAt", a."id"
LIMIT 1;

-- name: UnlockedCredential :one
SELECT "id", "accountId", "providerId", "userId", "accessToken", "refreshToken",
    "idToken", "accessTokenExpiresAt", "refreshTokenExpiresAt", "scope", "password",
    "createdAt", "updatedAt"
FROM "account"
WHERE "userId" = sqlc.arg('userId') AND "providerId" = 'credential'
  AND (
    SELECT COUNT(*)
    FROM "verification" AS f
    WHERE f."identifier" = sqlc.arg('identifier') AND f."expiresAt" > sqlc.arg('now')
  ) < CAST(sqlc.arg('failures') AS INTEGER)
ORDER BY "createdAt", "id"
LIMIT 1;

-- name: AccountByID :one
SELECT "id", "accountId", "providerId", "userId", "accessToken", "refreshToken",
    "idToken", "accessTokenExpiresAt", "refreshTokenExpiresAt", "scope", "password",
    "createdAt", "updatedAt"
FROM "account"
WHERE "id" = sqlc.arg('id');

-- name: AccountOwner :one
-- Two rows for one person would make it a matter of luck who signs in; databases made by other tools may
-- lack the unique index that rules them out.
SELECT sqlc.embed(a), sqlc.embed(u)
FROM "account" AS a
JOIN "user" AS u ON u."id" = a."userId"
WHERE a."providerId" = sqlc.arg('providerId') AND a."accountId" = sqlc.arg('accountId')
  AND NOT EXISTS (
    SELECT 1 FROM "account" AS o
    WHERE o."providerId" = a."providerId"
      AND o."accountId" = a."accountId"
      AND o."id" <> a."id"
  );

-- name: AccountsByKey :many
SELECT "id", "accountId", "providerId", "userId", "accessToken", "refreshToken",
    "idToken", "accessTokenExpiresAt", "refreshTokenExpiresAt", "scope", "password",
    "createdAt", "updatedAt"
FROM "account"
WHERE "providerId" = sqlc.arg('providerId') AND "accountId" = sqlc.arg('accountId')
ORDER BY "createdAt", "id"
LIMIT 2;

-- name: InsertAccount :exec
INSERT INTO "account" ("id", "accountId", "providerId", "userId", "accessToken", "refreshToken",
    "idToken", "accessTokenExpiresAt", "refreshTokenExpiresAt", "scope", "password",
    "createdAt", "updatedAt")
VALUES (sqlc.arg('id'), sqlc.arg('accountId'), sqlc.arg('providerId'),
    sqlc.arg('userId'), sqlc.arg('accessToken'), sqlc.arg('refreshToken'),
    sqlc.arg('idToken'), sqlc.arg('accessTokenExpiresAt'),
    sqlc.arg('refreshTokenExpiresAt'), sqlc.arg('scope'), sqlc.arg('password'),
    sqlc.arg('createdAt'), sqlc.arg('updatedAt'));

-- name: UpdateAccount :execrows
UPDATE "account"
SET "accountId" = sqlc.arg('accountId'), "providerId" = sqlc.arg('providerId'),
    "userId" = sqlc.arg('userId'), "accessToken" = sqlc.arg('accessToken'),
    "refreshToken" = sqlc.arg('refreshToken'), "idToken" = sqlc.arg('idToken'),
    "accessTokenExpiresAt" = sqlc.arg('accessTokenExpiresAt'),
    "refreshTokenExpiresAt" = sqlc.arg('refreshTokenExpiresAt'),
    "scope" = sqlc.arg('scope'), "password" = sqlc.arg('password'),
    "createdAt" = sqlc.arg('createdAt'), "updatedAt" = sqlc.arg('updatedAt')
WHERE "id" = sqlc.arg('id');

-- name: DeleteAccount :execrows
DELETE FROM "account"
WHERE "id" = sqlc.arg('id');

-- name: SetAccountPassword :execrows
UPDATE "account"
SET "password" = sqlc.arg('password'), "updatedAt" = sqlc.arg('updatedAt')
WHERE "id" = sqlc.arg('id');

-- name: DeleteAccountsByUser :execrows
DELETE FROM "account"
WHERE "userId" = sqlc.arg('userId');

-- name: InsertVerification :exec
INSERT INTO "verification" ("id", "identifier", "value", "expiresAt", "createdAt", "updatedAt")
VALUES (sqlc.arg('id'), sqlc.arg('identifier'), sqlc.arg('value'), sqlc.arg('expiresAt'),
    sqlc.arg('createdAt'), sqlc.arg('updatedAt'));

-- name: ReserveVerification :exec
-- The id is made of what is reserved, so a second row cannot be inserted.
INSERT INTO "verification" ("id", "identifier", "value", "expiresAt", "createdAt", "updatedAt")
VALUES (sqlc.arg('id'), sqlc.arg('identifier'), sqlc.arg('value'), sqlc.arg('expiresAt'),
    sqlc.arg('createdAt'), sqlc.arg('updatedAt'));

-- name: VerificationByIdentifier :one
-- The newest row counts. Of two made in the same millisecond it is the one that lives longer.
SELECT "id", "identifier", "value", "expiresAt", "createdAt", "updatedAt"
FROM "verification"
WHERE "identifier" = sqlc.arg('identifier')
ORDER BY "createdAt" DESC, "expiresAt" DESC, "id" DESC
LIMIT 1;

-- name: CountVerifications :one
SELECT COUNT(*)
FROM "verification"
WHERE "identifier" = sqlc.arg('identifier') AND "expiresAt" > sqlc.arg('now');

-- name: DeleteVerification :execrows
-- Whoever removes the row has used the value up: of two requests at once, one is told 0.
DELETE FROM "verification"
WHERE "id" = sqlc.arg('id');

-- name: DeleteVerificationsByIdentifier :execrows
DELETE FROM "verification"
WHERE "identifier" = sqlc.arg('identifier');

-- name: DeleteExpiredVerifications :execrows
DELETE FROM "verification"
WHERE "expiresAt" < sqlc.arg('now');
