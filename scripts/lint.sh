#!/usr/bin/env bash
# gofmt, vet and staticcheck over everything that is compiled.
set -euo pipefail
cd "$(dirname "$0")/.."
unformatted=$(git ls-files -co --exclude-standard '*.go' | grep -v '/testdata/' | xargs gofmt -l)
if [ -n "$unformatted" ]; then
	echo "not gofmt clean:" >&2
	echo "$unformatted" >&2
	exit 1
fi
go vet ./...

# What plugins/*/app defines is called by seams that only exist in an application.
staticcheck() { go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 "$@"; }
mapfile -t all < <(go list ./...)
mapfile -t app < <(printf '%s\n' "${all[@]}" | grep '/plugins/[^/]*/app$')
mapfile -t rest < <(printf '%s\n' "${all[@]}" | grep -v '/plugins/[^/]*/app$')
staticcheck "${rest[@]}"
staticcheck -checks inherit,-U1000 "${app[@]}"
