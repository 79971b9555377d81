#!/usr/bin/env bash
# Makes e2e/node ready: Node 20 or newer, Chromium, and the packages of the lock file. With --recipes also the
# packages of those recipes that have a lock file of their own. Does nothing when they are already there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf 'node: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

as_root() {
  if [[ $EUID -eq 0 ]]; then "$@"; else sudo -n "$@"; fi
}

node_major() {
  command -v node >/dev/null && command -v npm >/dev/null || { echo 0; return; }
  node -p 'process.versions.node.split(".")[0]'
}

install_node() {
  command -v apt-get >/dev/null || die "please install Node.js 20 or newer (no apt-get here)"
  say "installing nodejs and npm"
  local log
  log=$(mktemp)
  if ! as_root apt-get -qq update >"$log" 2>&1 ||
    ! as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends nodejs npm >>"$log" 2>&1; then
    tail -n 20 "$log" >&2
    die "could not install nodejs, full log in $log"
  fi
  rm -f "$log"
}

install_chromium() {
  command -v apt-get >/dev/null || { say "no chromium: the tests in a browser are not run"; return; }
  say "installing chromium"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium >/dev/null 2>&1 ||
    say "could not install chromium: the tests in a browser are not run"
}

install_packages() {
  local folder=$1 installed=$1/node_modules/.package-lock.json
  [[ ! -f $installed || $folder/package-lock.json -nt $installed ]] || return 0
  say "npm ci in $folder"
  (cd "$folder" && npm ci --no-fund --no-audit --loglevel=error)
  touch "$installed"
}

(($(node_major) >= 20)) || install_node
command -v chromium >/dev/null || install_chromium
(($(node_major) >= 20)) || die "Node.js 20 or newer is needed, found $(node --version)"

install_packages e2e/node
if [[ ${1-} == --recipes ]]; then
  for lock in e2e/node/recipes/*/package-lock.json; do install_packages "$(dirname "$lock")"; done
fi
