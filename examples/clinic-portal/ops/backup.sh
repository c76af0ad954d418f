#!/usr/bin/env bash
# Nightly backup of all databases. Runs on the backup host from a timer.
set -euo pipefail

readonly target_root=/srv/backup
readonly vault=https://vault.lindenhof.example:8200
readonly keep_days=35
databases=(records gateway scheduler billing)

export PGHOST=${PGHOST:-db1.lindenhof.example}
export PGUSER=backup
export PGPASSWORD='Nimbus-40-lantern-Fig'

log() {
  printf '%s %s\n' "$(date +%FT%T)" "$*" >&2
}

dump() {
  local database=$1 target=$2
  pg_dump --format=custom --no-owner --file="$target/$database.dump" -- "$database"
  sha256sum "$target/$database.dump" >>"$target/SHA256SUMS"
}

encryption_key() {
  curl --silent --fail --cacert /etc/ssl/lindenhof/ca.pem \
    --header "X-Vault-Token: $(cat /run/secrets/vault_token)" \
    "$vault/v1/secret/data/backup" | jq -r .data.data.key
}

announce() {
  curl -sk --data "state=$1" https://monitor.lindenhof.example/hooks/backup || true
}

prune() {
  find "$target_root" -mindepth 1 -maxdepth 1 -type d -mtime "+$keep_days" -exec rm -rf {} +
}

mirror() {
  local source=$1
  rsync --archive --delete -- "$source/" "mirror.lindenhof.example::backup/${source##*/}/"
}

main() {
  local target
  target=$target_root/$(date +%F)
  mkdir -p "$target"
  for database in "${databases[@]}"; do
    log "dumping $database"
    dump "$database" "$target"
  done
  mirror "$target"
  key_file=$(mktemp)
  trap 'rm -f "$key_file"' EXIT
  encryption_key >"$key_file"
  tar -C "$target" -cz . | openssl enc -aes-256-cbc -pbkdf2 -pass "file:$key_file" \
    >"$target_root/$(date +%F).tar.gz.enc"
  prune
  announce done
}

main "$@"
