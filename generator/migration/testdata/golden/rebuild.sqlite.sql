-- +goose NO TRANSACTION
-- +goose Up
PRAGMA foreign_keys = OFF;

BEGIN;

-- SQLite cannot alter this in place: the table is replaced by a copy. What you added to it has to be written into the copy, in place of the guard.
CREATE TEMP TABLE "betterauth_guard" (
    "foreign_keys" integer CONSTRAINT "foreign_keys_must_be_off" CHECK ("foreign_keys" = 0),
    "others" integer CONSTRAINT "table_has_columns_indexes_or_triggers_of_your_own" CHECK ("others" = 0),
    "constraints" integer CONSTRAINT "table_has_constraints_or_collations_of_your_own" CHECK ("constraints" = 0)
);

INSERT INTO "betterauth_guard"
SELECT "foreign_keys",
    (SELECT count(*) FROM pragma_table_xinfo('user') WHERE "hidden" > 0 OR "name" NOT IN ('id', 'name', 'email', 'emailVerified', 'image', 'createdAt', 'updatedAt'))
    + (SELECT count(*) FROM sqlite_schema WHERE "tbl_name" = 'user' AND "type" IN ('index', 'trigger')
        AND "sql" IS NOT NULL AND "name" NOT IN ('user_email_uidx')),
    (SELECT count(*) FROM pragma_foreign_key_list('user'))
    + (SELECT count(*) FROM pragma_index_list('user') AS "i" WHERE "origin" = 'u' AND
        (SELECT group_concat("name") FROM pragma_index_info("i"."name")) NOT IN ('email'))
    + (SELECT count(*) FROM sqlite_schema,
        (VALUES ('CHECK'), ('COLLATE'), ('CONFLICT'), ('DEFERRABLE'), ('STRICT'), ('WITHOUT')) AS "word"
        WHERE "type" = 'table' AND "name" = 'user' AND upper("sql") || ' ' GLOB '*[^A-Z0-9_"]' || "word"."column1" || '[^A-Z0-9_]*')
FROM pragma_foreign_keys;

DROP TABLE "betterauth_guard";

CREATE TABLE "betterauth_new_user" (
    "id" text NOT NULL PRIMARY KEY,
    "name" text NOT NULL,
    "email" text NOT NULL,
    "emailVerified" integer NOT NULL,
    "image" text,
    "createdAt" date NOT NULL,
    "updatedAt" date NOT NULL,
    "seenAt" date NOT NULL
);

INSERT INTO "betterauth_new_user" ("id", "name", "email", "emailVerified", "image", "createdAt", "updatedAt", "seenAt")
SELECT "id", "name", "email", "emailVerified", "image", "createdAt", "updatedAt", strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
FROM "user";

DROP TABLE "user";

PRAGMA legacy_alter_table = ON;

ALTER TABLE "betterauth_new_user" RENAME TO "user";

PRAGMA legacy_alter_table = OFF;

CREATE UNIQUE INDEX "user_email_uidx" ON "user" ("email");

COMMIT;

PRAGMA foreign_keys = ON;

-- +goose Down
PRAGMA foreign_keys = OFF;

BEGIN;

ALTER TABLE "user" DROP COLUMN "seenAt";

COMMIT;

PRAGMA foreign_keys = ON;
