#!/usr/bin/env bash
# Throw-away PostgreSQL, MariaDB and Redis on 127.0.0.1 for the tests that need
# a real server. Nothing here is meant to keep data: syncing to disk is off.
#
#   scripts/services.sh up     install what is missing, start what is not running
#   scripts/services.sh env    print `export TEST_…_URL=…` lines for eval
#   scripts/services.sh down   stop the three servers and delete their data
set -euo pipefail

readonly repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly cache=$repo/.cache
readonly pg_port=${SERVICES_POSTGRES_PORT:-55432}
readonly my_port=${SERVICES_MYSQL_PORT:-53306}
readonly redis_port=${SERVICES_REDIS_PORT:-56379}

say() { printf 'services: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

as_root() {
  if [[ $EUID -eq 0 ]]; then "$@"; else sudo -n "$@"; fi
}

as_user() { # as_user NAME COMMAND…, from a folder every user may enter
  local user=$1
  shift
  (cd / && as_root runuser -u "$user" -- "$@")
}

# The servers run as their own users, so they must be able to walk down to the
# data. A checkout below a private home folder is not walkable: then the data
# lives in /tmp and .cache only remembers where.
data_dir() {
  local remembered=$cache/services.path
  if [[ -f $remembered && -d $(<"$remembered") ]]; then
    cat "$remembered"
    return
  fi
  local dir=$cache/services
  mkdir -p "$dir"
  chmod 755 "$cache" "$dir"
  if ! walkable "$dir"; then
    dir=$(mktemp -d /tmp/betterauth-services.XXXXXX)
    chmod 755 "$dir"
    echo "$dir" >"$remembered"
  fi
  echo "$dir"
}

walkable() { # any user but root will do; nobody exists everywhere
  (cd / && as_root runuser -u nobody -- test -x "$1") 2>/dev/null
}

install_missing() {
  local packages=()
  [[ -n $(pg_bin) ]] || packages+=(postgresql)
  command -v mariadbd >/dev/null || [[ -x /usr/sbin/mariadbd ]] || packages+=(mariadb-server)
  command -v redis-server >/dev/null || packages+=(redis-server)
  [[ ${#packages[@]} -gt 0 ]] || return 0

  command -v apt-get >/dev/null || die "please install: ${packages[*]} (no apt-get here)"
  [[ $EUID -eq 0 ]] || sudo -n true 2>/dev/null || die "please install as root: ${packages[*]}"
  say "installing ${packages[*]}"
  local log
  log=$(mktemp)
  if ! apt_get update >"$log" 2>&1 ||
    ! apt_get install -y --no-install-recommends "${packages[@]}" >>"$log" 2>&1; then
    tail -n 20 "$log" >&2
    die "could not install ${packages[*]}, full log in $log"
  fi
  rm -f "$log"
}

# RUNLEVEL=1 keeps the packages from starting servers of their own on the
# default ports.
apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -qq "$@"
}

pg_bin() {
  find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1
}

wait_for() { # wait_for NAME LOG COMMAND…
  local name=$1 log=$2
  shift 2
  for _ in $(seq 150); do
    "$@" >/dev/null 2>&1 && return 0
    sleep 0.2
  done
  as_root tail -n 20 "$log" >&2 || true
  die "$name did not answer within 30 seconds"
}

# Whatever answers with our credentials is used, also when another checkout
# started it; anything else on the port is an error.
refuse_stranger() { # refuse_stranger NAME PORT VARIABLE
  (exec 3<>"/dev/tcp/127.0.0.1/$2") 2>/dev/null || return 0
  die "port $2 is taken by something that is not our $1; set $3 to a free port"
}

pg_answers() { pg_sql -qc 'select 1' >/dev/null 2>&1; }
my_answers() { mariadb -h 127.0.0.1 -P "$my_port" -u ba -pba -e 'select 1' ba; }
redis_answers() { [[ $(redis-cli -h 127.0.0.1 -p "$redis_port" ping) == PONG ]]; }

start_postgres() {
  local dir=$1/pg bin
  bin=$(pg_bin)
  if ! pg_answers; then
    refuse_stranger PostgreSQL "$pg_port" SERVICES_POSTGRES_PORT
    if ! as_root test -f "$dir/PG_VERSION"; then
      as_root rm -rf "$dir"
      as_root install -d -o postgres -g postgres -m 700 "$dir"
      as_user postgres "$bin/initdb" -D "$dir" -A trust -U postgres --no-sync -E UTF8 --locale=C.UTF-8 >/dev/null
    fi
    as_root rm -f "$dir/postmaster.pid"
    as_user postgres "$bin/pg_ctl" -D "$dir" -s -w -l "$dir/log" \
      -o "-p $pg_port -k $dir -c listen_addresses=127.0.0.1 -c max_connections=200 -c fsync=off" start </dev/null
    wait_for PostgreSQL "$dir/log" pg_answers
    say "PostgreSQL on 127.0.0.1:$pg_port"
  fi
  pg_sql -tAc "select 1 from pg_database where datname = 'ba'" | grep -q 1 || pg_sql -qc 'create database ba'
}

pg_sql() { psql -h 127.0.0.1 -p "$pg_port" -U postgres -v ON_ERROR_STOP=1 "$@"; }

start_mariadb() {
  local dir=$1/my
  my_answers >/dev/null 2>&1 && return 0
  refuse_stranger MariaDB "$my_port" SERVICES_MYSQL_PORT
  if ! as_root test -d "$dir/mysql"; then
    as_root rm -rf "$dir"
    as_root install -d -o mysql -g mysql -m 700 "$dir"
    as_root mariadb-install-db --user=mysql --datadir="$dir" --auth-root-authentication-method=normal \
      --skip-test-db >/dev/null 2>&1
  fi
  as_root setsid mariadbd --no-defaults --user=mysql --datadir="$dir" --port="$my_port" --bind-address=127.0.0.1 \
    --socket="$dir/m.sock" --pid-file="$dir/m.pid" --log-error="$dir/log" --max-connections=200 \
    --innodb-flush-log-at-trx-commit=0 --skip-log-bin </dev/null >/dev/null 2>&1 &
  wait_for MariaDB "$dir/log" as_root mariadb -S "$dir/m.sock" -u root -e 'select 1'
  as_root mariadb -S "$dir/m.sock" -u root -e "
    create database if not exists ba character set utf8mb4;
    create user if not exists 'ba'@'127.0.0.1' identified by 'ba';
    create user if not exists 'ba'@'localhost' identified by 'ba';
    grant all on *.* to 'ba'@'127.0.0.1';
    grant all on *.* to 'ba'@'localhost';"
  say "MariaDB on 127.0.0.1:$my_port"
}

start_redis() {
  local dir=$1/redis
  redis_answers 2>/dev/null && return 0
  refuse_stranger Redis "$redis_port" SERVICES_REDIS_PORT
  mkdir -p "$dir"
  redis-server --bind 127.0.0.1 --port "$redis_port" --save '' --appendonly no --daemonize yes \
    --dir "$dir" --pidfile "$dir/redis.pid" --logfile "$dir/log" >/dev/null
  wait_for Redis "$dir/log" redis_answers
  say "Redis on 127.0.0.1:$redis_port"
}

# Only processes named by pid files below our own data folder are stopped.
stop() {
  local file=$1 pid
  pid=$(as_root head -n 1 "$file" 2>/dev/null) || return 0
  as_root kill "$pid" 2>/dev/null || return 0
  for _ in $(seq 100); do
    as_root kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.1
  done
  die "process $pid ($file) does not stop"
}

up() {
  install_missing
  local dir
  dir=$(data_dir)
  start_postgres "$dir"
  start_mariadb "$dir"
  start_redis "$dir"
  say "up; eval \"\$(scripts/services.sh env)\""
}

down() {
  local dir
  dir=$(data_dir)
  stop "$dir/pg/postmaster.pid"
  stop "$dir/my/m.pid"
  stop "$dir/redis/redis.pid"
  as_root rm -rf "$dir" "$cache/services.path"
  say down
}

env_lines() {
  echo "export TEST_POSTGRES_URL='postgres://postgres@127.0.0.1:$pg_port/ba?sslmode=disable'"
  echo "export TEST_MYSQL_URL='mysql://ba:ba@127.0.0.1:$my_port/ba'"
  echo "export TEST_REDIS_URL='redis://127.0.0.1:$redis_port/0'"
}

case ${1:-} in
  up) up ;;
  down) down ;;
  env) env_lines ;;
  *) die "usage: scripts/services.sh up|down|env" ;;
esac
