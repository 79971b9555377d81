#!/usr/bin/env bash
# Builds the command line to bin/. The first build compiles sqlc, which takes a minute or two.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p bin
started=$(date +%s)
if [ ! -x bin/betterauth-gen ]; then
	echo "building betterauth-gen; the first time this takes a minute or two …" >&2
	while sleep 15; do echo "  still compiling ($(($(date +%s) - started)) s) …" >&2; done &
	ticker=$!
	trap 'kill $ticker 2>/dev/null || true' EXIT
fi
go build -o bin/betterauth-gen ./cmd/betterauth-gen
