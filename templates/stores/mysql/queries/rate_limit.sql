-- name: CountRequest :execrows
-- One statement decides, so that of requests at once no more get through than the limit leaves. MySQL
-- sees the new value of a column that was set before, therefore the count comes first.
UPDATE `rateLimit`
SET `count` = CASE
        WHEN `lastRequest` <= sqlc.arg('windowStart') THEN 1
        ELSE `count` + 1
    END,
    `lastRequest` = sqlc.arg('lastRequest')
WHERE `key` = sqlc.arg('key')
  AND (`lastRequest` <= sqlc.arg('windowStart') OR `count` < sqlc.arg('count'));

-- name: InsertRequest :exec
INSERT INTO `rateLimit` (`id`, `key`, `count`, `lastRequest`)
VALUES (sqlc.arg('id'), sqlc.arg('key'), sqlc.arg('count'), sqlc.arg('lastRequest'));

-- name: LastRequest :one
SELECT `lastRequest`
FROM `rateLimit`
WHERE `key` = sqlc.arg('key') AND `count` >= sqlc.arg('count');

-- name: DeleteRequestsBefore :execrows
DELETE FROM `rateLimit`
WHERE `lastRequest` < sqlc.arg('lastRequest');
