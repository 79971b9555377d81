-- name: UserByUsername :one
-- Usernames are stored normalised; so is the argument.
SELECT "id", "full_name", "email_address", "email_ok", "image", "created_at",
    "updated_at", "login", "login_shown", "second_factor", "company_name", "plan",
    "seats", "quota", "newsletter", "birthday", "joinedAt", "tags", "scores",
    "preferences", "handle", "invitedBy"
FROM "members"
WHERE "login" = sqlc.arg('username');

-- name: CredentialByUsername :one
-- Not of an account with too many failed guesses, as in CredentialByEmail.
SELECT sqlc.embed(u), sqlc.embed(a)
FROM "members" AS u
JOIN "member_accounts" AS a ON a."member_id" = u."id"
WHERE u."login" = sqlc.arg('username') AND a."provider" = 'credential'
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
