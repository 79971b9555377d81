-- name: UserByID :one
SELECT "id", "full_name", "email_address", "email_ok", "image", "created_at",
    "updated_at", "login", "login_shown", "second_factor", "company_name", "plan",
    "seats", "quota", "newsletter", "birthday", "joinedAt", "tags", "scores",
    "preferences", "handle", "invitedBy"
FROM "members"
WHERE "id" = sqlc.arg('id');

-- name: UserByEmail :one
-- Addresses are stored in lower case; so is the argument.
SELECT "id", "full_name", "email_address", "email_ok", "image", "created_at",
    "updated_at", "login", "login_shown", "second_factor", "company_name", "plan",
    "seats", "quota", "newsletter", "birthday", "joinedAt", "tags", "scores",
    "preferences", "handle", "invitedBy"
FROM "members"
WHERE "email_address" = sqlc.arg('email');

-- name: UserForUpdate :one
SELECT "id", "full_name", "email_address", "email_ok", "image", "created_at",
    "updated_at", "login", "login_shown", "second_factor", "company_name", "plan",
    "seats", "quota", "newsletter", "birthday", "joinedAt", "tags", "scores",
    "preferences", "handle", "invitedBy"
FROM "members"
WHERE "id" = sqlc.arg('id');

-- name: InsertUser :exec
INSERT INTO "members" ("id", "full_name", "email_address", "email_ok", "image", "created_at",
    "updated_at", "login", "login_shown", "second_factor", "company_name", "plan",
    "seats", "quota", "newsletter", "birthday", "joinedAt", "tags", "scores",
    "preferences", "handle", "invitedBy")
VALUES (sqlc.arg('id'), sqlc.arg('name'), sqlc.arg('email'), sqlc.arg('emailVerified'),
    sqlc.arg('image'), sqlc.arg('createdAt'), sqlc.arg('updatedAt'),
    sqlc.arg('username'), sqlc.arg('displayUsername'), sqlc.arg('twoFactorEnabled'),
    sqlc.arg('company'), sqlc.arg('plan'), sqlc.arg('seats'), sqlc.arg('quota'),
    sqlc.arg('newsletter'), sqlc.arg('birthday'), sqlc.arg('joinedAt'),
    sqlc.arg('tags'), sqlc.arg('scores'), sqlc.arg('preferences'),
    sqlc.arg('handle'), sqlc.arg('invitedBy'));

-- name: UpdateUser :execrows
UPDATE "members"
SET "full_name" = sqlc.arg('name'), "email_address" = sqlc.arg('email'),
    "email_ok" = sqlc.arg('emailVerified'), "image" = sqlc.arg('image'),
    "created_at" = sqlc.arg('createdAt'), "updated_at" = sqlc.arg('updatedAt'),
    "login" = sqlc.arg('username'), "login_shown" = sqlc.arg('displayUsername'),
    "second_factor" = sqlc.arg('twoFactorEnabled'),
    "company_name" = sqlc.arg('company'), "plan" = sqlc.arg('plan'),
    "seats" = sqlc.arg('seats'), "quota" = sqlc.arg('quota'),
    "newsletter" = sqlc.arg('newsletter'), "birthday" = sqlc.arg('birthday'),
    "joinedAt" = sqlc.arg('joinedAt'), "tags" = sqlc.arg('tags'),
    "scores" = sqlc.arg('scores'), "preferences" = sqlc.arg('preferences'),
    "handle" = sqlc.arg('handle'), "invitedBy" = sqlc.arg('invitedBy')
WHERE "id" = sqlc.arg('id');

-- name: DeleteUser :execrows
DELETE FROM "members"
WHERE "id" = sqlc.arg('id');

-- name: SessionByToken :one
SELECT sqlc.embed(s), sqlc.embed(u)
FROM "member_sessions" AS s
JOIN "members" AS u ON u."id" = s."member_id"
WHERE s."session_token" = sqlc.arg('token');

-- name: SessionsByUser :many
SELECT "id", "expiresAt", "session_token", "createdAt", "updatedAt", "ip", "agent",
    "member_id", "device", "label", "hits", "trusted", "seenAt", "scopes", "weights",
    "context"
FROM "member_sessions"
WHERE "member_id" = sqlc.arg('userId')
ORDER BY "createdAt", "id";

-- name: InsertSession :exec
INSERT INTO "member_sessions" ("id", "expiresAt", "session_token", "createdAt", "updatedAt", "ip", "agent",
    "member_id", "device", "label", "hits", "trusted", "seenAt", "scopes", "weights",
    "context")
VALUES (sqlc.arg('id'), sqlc.arg('expiresAt'), sqlc.arg('token'), sqlc.arg('createdAt'),
    sqlc.arg('updatedAt'), sqlc.arg('ipAddress'), sqlc.arg('userAgent'),
    sqlc.arg('userId'), sqlc.arg('device'), sqlc.arg('label'), sqlc.arg('hits'),
    sqlc.arg('trusted'), sqlc.arg('seenAt'), sqlc.arg('scopes'), sqlc.arg('weights'),
    sqlc.arg('context'));

-- name: UpdateSession :execrows
UPDATE "member_sessions"
SET "expiresAt" = sqlc.arg('expiresAt'), "session_token" = sqlc.arg('token'),
    "createdAt" = sqlc.arg('createdAt'), "updatedAt" = sqlc.arg('updatedAt'),
    "ip" = sqlc.arg('ipAddress'), "agent" = sqlc.arg('userAgent'),
    "member_id" = sqlc.arg('userId'), "device" = sqlc.arg('device'),
    "label" = sqlc.arg('label'), "hits" = sqlc.arg('hits'),
    "trusted" = sqlc.arg('trusted'), "seenAt" = sqlc.arg('seenAt'),
    "scopes" = sqlc.arg('scopes'), "weights" = sqlc.arg('weights'),
    "context" = sqlc.arg('context')
WHERE "id" = sqlc.arg('id');

-- name: DeleteSession :execrows
DELETE FROM "member_sessions"
WHERE "session_token" = sqlc.arg('token');

-- name: DeleteOtherSessions :execrows
DELETE FROM "member_sessions"
WHERE "member_id" = sqlc.arg('userId') AND "session_token" <> sqlc.arg('token');

-- name: AccountsByUser :many
SELECT "id", "provider_account", "provider", "member_id", "accessToken", "refreshToken",
    "idToken", "accessTokenExpiresAt", "refreshTokenExpiresAt", "scope",
    "password_hash", "createdAt", "updatedAt"
FROM "member_accounts"
WHERE "member_id" = sqlc.arg('userId')
ORDER BY "createdAt", "id";

-- name: CredentialAccount :one
SELECT "id", "provider_account", "provider", "member_id", "accessToken", "refreshToken",
    "idToken", "accessTokenExpiresAt", "refreshTokenExpiresAt", "scope",
    "password_hash", "createdAt", "updatedAt"
FROM "member_accounts"
WHERE "member_id" = sqlc.arg('userId') AND "provider" = 'credential'
ORDER BY "createdAt", "id"
LIMIT 1;

-- name: CredentialByEmail :one
-- Not of an account with too many failed guesses: those from the same address where the user has a
-- session from it, else all.
SELECT sqlc.embed(u), sqlc.embed(a)
FROM "members" AS u
JOIN "member_accounts" AS a ON a."member_id" = u."id"
WHERE u."email_address" = sqlc.arg('email') AND a."provider" = 'credential'
  AND (
    SELECT COUNT(*)
    FROM "member_proofs" AS f
    WHERE f."purpose" = 'password-failure:' || u."id"
      AND f."expires_at" > sqlc.arg('now')
      AND (f."value" = sqlc.arg('address') OR NOT EXISTS (
        SELECT 1
        FROM "member_sessions" AS s
        WHERE s."member_id" = u."id" AND s."ip" = CAST(sqlc.arg('address') AS TEXT)
      ))
  ) < CAST(sqlc.arg('failures') AS INTEGER)
ORDER BY a."createdAt", a."id"
LIMIT 1;

-- name: UnlockedCredential :one
SELECT "id", "provider_account", "provider", "member_id", "accessToken", "refreshToken",
    "idToken", "accessTokenExpiresAt", "refreshTokenExpiresAt", "scope",
    "password_hash", "createdAt", "updatedAt"
FROM "member_accounts"
WHERE "member_id" = sqlc.arg('userId') AND "provider" = 'credential'
  AND (
    SELECT COUNT(*)
    FROM "member_proofs" AS f
    WHERE f."purpose" = sqlc.arg('identifier') AND f."expires_at" > sqlc.arg('now')
  ) < CAST(sqlc.arg('failures') AS INTEGER)
ORDER BY "createdAt", "id"
LIMIT 1;

-- name: AccountByID :one
SELECT "id", "provider_account", "provider", "member_id", "accessToken", "refreshToken",
    "idToken", "accessTokenExpiresAt", "refreshTokenExpiresAt", "scope",
    "password_hash", "createdAt", "updatedAt"
FROM "member_accounts"
WHERE "id" = sqlc.arg('id');

-- name: AccountOwner :one
-- Two rows for one person would make it a matter of luck who signs in; databases made by other tools may
-- lack the unique index that rules them out.
SELECT sqlc.embed(a), sqlc.embed(u)
FROM "member_accounts" AS a
JOIN "members" AS u ON u."id" = a."member_id"
WHERE a."provider" = sqlc.arg('providerId') AND a."provider_account" = sqlc.arg('accountId')
  AND NOT EXISTS (
    SELECT 1 FROM "member_accounts" AS o
    WHERE o."provider" = a."provider"
      AND o."provider_account" = a."provider_account"
      AND o."id" <> a."id"
  );

-- name: AccountsByKey :many
SELECT "id", "provider_account", "provider", "member_id", "accessToken", "refreshToken",
    "idToken", "accessTokenExpiresAt", "refreshTokenExpiresAt", "scope",
    "password_hash", "createdAt", "updatedAt"
FROM "member_accounts"
WHERE "provider" = sqlc.arg('providerId') AND "provider_account" = sqlc.arg('accountId')
ORDER BY "createdAt", "id"
LIMIT 2;

-- name: InsertAccount :exec
INSERT INTO "member_accounts" ("id", "provider_account", "provider", "member_id", "accessToken", "refreshToken",
    "idToken", "accessTokenExpiresAt", "refreshTokenExpiresAt", "scope",
    "password_hash", "createdAt", "updatedAt")
VALUES (sqlc.arg('id'), sqlc.arg('accountId'), sqlc.arg('providerId'),
    sqlc.arg('userId'), sqlc.arg('accessToken'), sqlc.arg('refreshToken'),
    sqlc.arg('idToken'), sqlc.arg('accessTokenExpiresAt'),
    sqlc.arg('refreshTokenExpiresAt'), sqlc.arg('scope'), sqlc.arg('password'),
    sqlc.arg('createdAt'), sqlc.arg('updatedAt'));

-- name: UpdateAccount :execrows
UPDATE "member_accounts"
SET "provider_account" = sqlc.arg('accountId'), "provider" = sqlc.arg('providerId'),
    "member_id" = sqlc.arg('userId'), "accessToken" = sqlc.arg('accessToken'),
    "refreshToken" = sqlc.arg('refreshToken'), "idToken" = sqlc.arg('idToken'),
    "accessTokenExpiresAt" = sqlc.arg('accessTokenExpiresAt'),
    "refreshTokenExpiresAt" = sqlc.arg('refreshTokenExpiresAt'),
    "scope" = sqlc.arg('scope'), "password_hash" = sqlc.arg('password'),
    "createdAt" = sqlc.arg('createdAt'), "updatedAt" = sqlc.arg('updatedAt')
WHERE "id" = sqlc.arg('id');

-- name: DeleteAccount :execrows
DELETE FROM "member_accounts"
WHERE "id" = sqlc.arg('id');

-- name: SetAccountPassword :execrows
UPDATE "member_accounts"
SET "password_hash" = sqlc.arg('password'), "updatedAt" = sqlc.arg('updatedAt')
WHERE "id" = sqlc.arg('id');

-- name: DeleteAccountsByUser :execrows
DELETE FROM "member_accounts"
WHERE "member_id" = sqlc.arg('userId');

-- name: InsertVerification :exec
INSERT INTO "member_proofs" ("id", "purpose", "value", "expires_at", "createdAt", "updatedAt")
VALUES (sqlc.arg('id'), sqlc.arg('identifier'), sqlc.arg('value'), sqlc.arg('expiresAt'),
    sqlc.arg('createdAt'), sqlc.arg('updatedAt'));

-- name: ReserveVerification :exec
-- The id is made of what is reserved, so a second row cannot be inserted.
INSERT INTO "member_proofs" ("id", "purpose", "value", "expires_at", "createdAt", "updatedAt")
VALUES (sqlc.arg('id'), sqlc.arg('identifier'), sqlc.arg('value'), sqlc.arg('expiresAt'),
    sqlc.arg('createdAt'), sqlc.arg('updatedAt'));

-- name: VerificationByIdentifier :one
-- The newest row counts. Of two made in the same millisecond it is the one that lives longer.
SELECT "id", "purpose", "value", "expires_at", "createdAt", "updatedAt"
FROM "member_proofs"
WHERE "purpose" = sqlc.arg('identifier')
ORDER BY "createdAt" DESC, "expires_at" DESC, "id" DESC
LIMIT 1;

-- name: CountVerifications :one
SELECT COUNT(*)
FROM "member_proofs"
WHERE "purpose" = sqlc.arg('identifier') AND "expires_at" > sqlc.arg('now');

-- name: DeleteVerification :execrows
-- Whoever removes the row has used the value up: of two requests at once, one is told 0.
DELETE FROM "member_proofs"
WHERE "id" = sqlc.arg('id');

-- name: DeleteVerificationsByIdentifier :execrows
DELETE FROM "member_proofs"
WHERE "purpose" = sqlc.arg('identifier');

-- name: DeleteExpiredVerifications :execrows
DELETE FROM "member_proofs"
WHERE "expires_at" < sqlc.arg('now');
