-- name: UserByUsername :one
-- Usernames are stored normalised; so is the argument.
SELECT "id", "full_name", "email_address", "email_ok", "image", "created_at",
    "updated_at", "login", "login_shown", "second_factor", "company_name", "plan",
    "seats", "quota", "newsletter", "birthday", "joinedAt", "tags", "scores",
    "preferences", "handle", "invitedBy"
FROM "members"
WHERE "login" = sqlc.arg('username');

-- name: CredentialByUsername :one
SELECT sqlc.embed(u), sqlc.embed(a)
FROM "members" AS u
JOIN "member_accounts" AS a ON a."member_id" = u."id"
WHERE u."login" = sqlc.arg('username') AND a."provider" = 'credential'
ORDER BY a."createdAt", a."id"
LIMIT 1;
