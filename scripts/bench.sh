#!/usr/bin/env bash
# Compares an emitted server with a hand-written one and with Better Auth in Node.js, on SQLite and on
# PostgreSQL. Takes some minutes; the result is a Markdown document on standard output. Arguments are
# passed on: -write keeps the result in bench/results.md, -h lists the others.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/build.sh
scripts/node.sh
scripts/services.sh up
eval "$(scripts/services.sh env)"
mkdir -p .cache/bench
go run ./bench "$@"
