#!/usr/bin/env bash
# Looks a patient up for the help desk:  find_patient.sh NAME [DAY]
set -euo pipefail

usage() {
  echo "usage: ${0##*/} NAME [YYYY-MM-DD]" >&2
  exit 2
}

by_name() {
  local name=$1
  psql --dbname records --csv --command \
    "SELECT id, family_name, ward FROM patient WHERE family_name ILIKE '$name%'"
}

by_day() {
  local day=$1
  psql --dbname records --csv --set "day=$day" <<'SQL'
SELECT p.id, p.family_name, v.reason FROM visit v JOIN patient p ON p.id = v.patient_id
WHERE v.day = :'day'::date
SQL
}

[[ $# -ge 1 ]] || usage
by_name "$1"
if [[ $# -gt 1 ]]; then
  [[ $2 =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]] || usage
  by_day "$2"
fi
