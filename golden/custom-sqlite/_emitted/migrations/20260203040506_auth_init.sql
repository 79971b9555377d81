-- +goose Up
CREATE TABLE "members" (
    "id" text NOT NULL PRIMARY KEY,
    "full_name" text NOT NULL,
    "email_address" text NOT NULL,
    "email_ok" integer NOT NULL,
    "image" text,
    "created_at" date NOT NULL,
    "updated_at" date NOT NULL,
    "login" text,
    "login_shown" text,
    "second_factor" integer,
    "company_name" text,
    "plan" text NOT NULL,
    "seats" integer NOT NULL,
    "quota" bigint,
    "newsletter" integer NOT NULL,
    "birthday" date,
    "joinedAt" date NOT NULL,
    "tags" text,
    "scores" text,
    "preferences" text,
    "handle" text,
    "invitedBy" text REFERENCES "members" ("id") ON DELETE SET NULL
);

CREATE UNIQUE INDEX "user_email_uidx" ON "members" ("email_address");

CREATE UNIQUE INDEX "user_username_uidx" ON "members" ("login");

CREATE INDEX "user_company_idx" ON "members" ("company_name");

CREATE UNIQUE INDEX "user_handle_uidx" ON "members" ("handle");

CREATE TABLE "member_sessions" (
    "id" text NOT NULL PRIMARY KEY,
    "expiresAt" date NOT NULL,
    "session_token" text NOT NULL,
    "createdAt" date NOT NULL,
    "updatedAt" date NOT NULL,
    "ip" text,
    "agent" text,
    "member_id" text NOT NULL REFERENCES "members" ("id") ON DELETE CASCADE,
    "device" text,
    "label" text,
    "hits" integer NOT NULL,
    "trusted" integer NOT NULL,
    "seenAt" date,
    "scopes" text,
    "weights" text,
    "context" text
);

CREATE INDEX "session_expiresAt_idx" ON "member_sessions" ("expiresAt");

CREATE UNIQUE INDEX "session_token_uidx" ON "member_sessions" ("session_token");

CREATE INDEX "session_userId_idx" ON "member_sessions" ("member_id");

CREATE INDEX "session_label_idx" ON "member_sessions" ("label");

CREATE TABLE "member_accounts" (
    "id" text NOT NULL PRIMARY KEY,
    "provider_account" text NOT NULL,
    "provider" text NOT NULL,
    "member_id" text NOT NULL REFERENCES "members" ("id") ON DELETE CASCADE,
    "accessToken" text,
    "refreshToken" text,
    "idToken" text,
    "accessTokenExpiresAt" date,
    "refreshTokenExpiresAt" date,
    "scope" text,
    "password_hash" text,
    "createdAt" date NOT NULL,
    "updatedAt" date NOT NULL
);

CREATE INDEX "account_userId_idx" ON "member_accounts" ("member_id");

CREATE UNIQUE INDEX "account_providerId_accountId_uidx" ON "member_accounts" ("provider", "provider_account");

CREATE TABLE "member_proofs" (
    "id" text NOT NULL PRIMARY KEY,
    "purpose" text NOT NULL,
    "value" text NOT NULL,
    "expires_at" date NOT NULL,
    "createdAt" date NOT NULL,
    "updatedAt" date NOT NULL
);

CREATE INDEX "verification_identifier_idx" ON "member_proofs" ("purpose");

CREATE INDEX "verification_expiresAt_idx" ON "member_proofs" ("expires_at");

CREATE TABLE "second_factors" (
    "id" text NOT NULL PRIMARY KEY,
    "secret" text NOT NULL,
    "spare_codes" text NOT NULL,
    "member_id" text NOT NULL REFERENCES "members" ("id") ON DELETE CASCADE,
    "verified" integer,
    "failedVerificationCount" integer,
    "lockedUntil" date
);

CREATE INDEX "twoFactor_secret_idx" ON "second_factors" ("secret");

CREATE INDEX "twoFactor_userId_idx" ON "second_factors" ("member_id");

-- +goose Down
DROP TABLE "second_factors";

DROP TABLE "member_proofs";

DROP TABLE "member_accounts";

DROP TABLE "member_sessions";

DROP TABLE "members";
