#!/usr/bin/env bash
# Scaffolds an application into ./demo, migrates its SQLite database and serves it.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$PWD/bin/betterauth-gen
say() { echo "demo: $*" >&2; }

if [ ! -f demo/betterauth.yaml ]; then
	say "scaffolding ./demo"
	"$bin" init --yes --module demo --plugins username,two-factor,bearer demo >/dev/null
else
	say "using ./demo, scaffolded before"
	"$bin" --dir demo generate >/dev/null
fi
cd demo
say "migrating the database"
"$bin" migrate up --yes >/dev/null
say "compiling the server"
go build -o ./server .
export PORT=${PORT:-3000}
export BETTER_AUTH_URL=http://localhost:$PORT
say "serving on http://localhost:$PORT (Ctrl-C stops it)"
exec ./server
