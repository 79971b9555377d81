-- name: TwoFactorByUserID :one
SELECT "id", "secret", "spare_codes", "member_id", "verified",
    "failedVerificationCount", "lockedUntil"
FROM "second_factors"
WHERE "member_id" = sqlc.arg('userId')
ORDER BY "id"
LIMIT 1;

-- name: InsertTwoFactor :exec
INSERT INTO "second_factors" ("id", "secret", "spare_codes", "member_id", "verified",
    "failedVerificationCount", "lockedUntil")
VALUES (sqlc.arg('id'), sqlc.arg('secret'), sqlc.arg('backupCodes'), sqlc.arg('userId'),
    sqlc.arg('verified'), sqlc.arg('failedVerificationCount'),
    sqlc.arg('lockedUntil'));

-- name: UpdateTwoFactor :execrows
UPDATE "second_factors"
SET "secret" = sqlc.arg('secret'), "spare_codes" = sqlc.arg('backupCodes'),
    "verified" = sqlc.arg('verified')
WHERE "id" = sqlc.arg('id');

-- name: MarkTwoFactorVerified :execrows
UPDATE "second_factors"
SET "verified" = TRUE
WHERE "id" = sqlc.arg('id');

-- name: DeleteTwoFactorByUserID :execrows
DELETE FROM "second_factors"
WHERE "member_id" = sqlc.arg('userId');

-- name: SwapBackupCodes :execrows
-- Of two requests that spend a code at once, one finds the list changed and is told 0.
UPDATE "second_factors"
SET "spare_codes" = sqlc.arg('to')
WHERE "id" = sqlc.arg('id') AND "spare_codes" = sqlc.arg('from');

-- name: ChargeAttempt :execrows
-- One statement, so that attempts made at the same time all count.
UPDATE "second_factors"
SET "failedVerificationCount" = COALESCE("failedVerificationCount", 0) + 1
WHERE "id" = sqlc.arg('id')
    AND ("lockedUntil" IS NULL OR "lockedUntil" <= sqlc.arg('now'));

-- name: LockTwoFactor :execrows
-- Run in the transaction of ChargeAttempt, so that no other attempt is charged in between.
UPDATE "second_factors"
SET "lockedUntil" = sqlc.arg('until')
WHERE "id" = sqlc.arg('id') AND "failedVerificationCount" >= sqlc.arg('minFailures');

-- name: ReleaseLock :execrows
-- A new lock that was set in between stays.
UPDATE "second_factors"
SET "failedVerificationCount" = 0, "lockedUntil" = NULL
WHERE "id" = sqlc.arg('id') AND "lockedUntil" <= sqlc.arg('now');

-- name: ResetFailures :execrows
UPDATE "second_factors"
SET "failedVerificationCount" = 0, "lockedUntil" = NULL
WHERE "id" = sqlc.arg('id');

-- name: DeleteUserVerifications :execrows
-- Trusted devices, and links and challenges under way, have the user as their value.
DELETE FROM "member_proofs"
WHERE "value" = sqlc.arg('userId');
