#!/usr/bin/env bash
# Runs every fuzz target, one after the other, for FUZZTIME each (default 30s). What it finds goes to
# testdata/fuzz of the package, and fails ordinary tests from then on.
set -euo pipefail
cd "$(dirname "$0")/.."
fuzztime=${FUZZTIME:-30s}
targets='
./generator/config          FuzzLoad
./generator/merge           FuzzMerge
./generator/merge           FuzzFile
./generator/merge           FuzzUnified
./generator/migration       FuzzDecodeEntry
./generator/workspace       FuzzParseLock
./generator/yamledit        FuzzEdit
./templates/auth/secure     FuzzROMix
./templates/auth/web        FuzzCookieRoundTrip
./templates/auth/web        FuzzParseCookies
./templates/auth/web        FuzzDecode
./templates/auth/web        FuzzValidEmail
./templates/auth/web        FuzzTrustedURL
./templates/auth/web        FuzzOrigin
'

# A target that is not on the list would never run.
listed=$(awk 'NF { print $2 }' <<<"$targets" | sort)
present=$(git grep -hoE '^func Fuzz[A-Za-z0-9]+' -- '*_test.go' | sed 's/^func //' | sort)
if [ "$listed" != "$present" ]; then
	echo "fuzz: the list in $0 is not that of the repository:" >&2
	diff <(echo "$listed") <(echo "$present") >&2 || true
	exit 1
fi

while read -r package target; do
	[ -n "$package" ] || continue
	echo "fuzz: $target in $package, $fuzztime"
	go test "$package" -run '^$' -fuzz "^$target\$" -fuzztime "$fuzztime"
done <<<"$targets"

# Random edit scripts over emitted packages, and over programs made up for it.
scripts=${SCRIPTS:-10000}
echo "fuzz: $scripts edit scripts"
BETTERAUTH_FUZZ_SCRIPTS=$scripts go test ./generator/merge -run '^TestFileProperties$'
BETTERAUTH_FUZZ_SCRIPTS=$scripts go test ./generator -run '^TestRandomEdits$' -timeout 120m

# Random walks through the options that change the schema, on the databases there are.
walks=${WALKS:-50}
echo "fuzz: $walks walks on each database"
BETTERAUTH_WALKS=$walks go test ./generator/migration/live -run '^TestWalks$' -timeout 120m
