#!/usr/bin/env bash
# Everything that has to hold: formatting and linters, the Go tests, with the race detector, the tests of
# the end-to-end harness, and the end-to-end tests themselves. Starts the databases it needs and leaves
# them running; scripts/services.sh down stops them. A service that is missing fails the tests that need it.
set -euo pipefail
cd "$(dirname "$0")/.."

started=$SECONDS
step() {
	echo "test: $* (after $((SECONDS - started)) s)" >&2
}

step "PostgreSQL, MariaDB and Redis"
scripts/services.sh up
eval "$(scripts/services.sh env)"
export CI_SERVICES=1

step "Node and the packages of e2e/node"
scripts/node.sh

step "gofmt, vet, staticcheck"
scripts/lint.sh

step "tests of the end-to-end harness"
(cd e2e/node && npm test --silent)

# Without it: packages that link sqlc, which takes minutes to compile a second time, and replay, which merges hundreds
# of files. Only cmd and generator start goroutines, and those wait for other programs.
readonly without_race='/(cmd/.*|generator|generator/query|generator/render|generator/scaffold|generator/reconcile/internal/replay)$'
packages=$(go list ./... | grep -v '/e2e$')

step "Go tests with the race detector"
grep -vE "$without_race" <<<"$packages" | xargs go test -race -timeout 20m

step "Go tests of the command line and of whole runs"
grep -E "$without_race" <<<"$packages" | xargs go test -timeout 20m

# The harness only waits for other processes; the servers it builds have the race detector.
step "end-to-end tests: emitted servers and Better Auth side by side"
go test -timeout 35m ./e2e

step "all passed"
