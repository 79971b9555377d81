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

step "Go tests with the race detector"
go list ./... | grep -v -e '/e2e$' -e /cmd/ -e '/generator$' -e '/replay$' | xargs go test -race -timeout 20m

# These run programs, sqlc and the go command among them, more than code of their own, or merge hundreds of files.
step "Go tests of the command line and of whole runs"
go test -timeout 20m ./cmd/... ./generator ./generator/reconcile/internal/replay

# The harness only waits for other processes; the servers it builds have the race detector.
step "end-to-end tests: emitted servers and Better Auth side by side"
go test -timeout 35m ./e2e

step "all passed"
