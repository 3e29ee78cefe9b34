#!/usr/bin/env bash
# Prints where a real Prometheus is, for the tests that ask one; fetches Debian's package into the user's cache if there
# is none yet. Nothing is installed or started. ROLLOUT_PROMETHEUS names another program.
set -euo pipefail

cache="${XDG_CACHE_HOME:-$HOME/.cache}/rolloutworkflows/prometheus"
unpacked="$cache/usr/bin/prometheus"

for found in "${ROLLOUT_PROMETHEUS:-}" "$(command -v prometheus || true)" "$unpacked"; do
  if [ -n "$found" ] && [ -x "$found" ]; then echo "$found"; exit 0; fi
done

if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg >/dev/null 2>&1; then
  echo "prometheus.sh: no prometheus on PATH, and no apt-get to fetch one. Install it (https://prometheus.io/download) or set ROLLOUT_PROMETHEUS." >&2
  exit 1
fi

mkdir -p "$cache"
work=$(mktemp -d "$cache/.fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
fetch() { (cd "$work" && apt-get "$@" download prometheus >"$work/log" 2>&1); }
# On a fresh machine the lists of packages are missing; ones of our own need no rights.
own=(-o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o Debug::NoLocking=1)
if ! fetch; then
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
  apt-get "${own[@]}" update >"$work/update.log" 2>&1 || true
  fetch "${own[@]}" || { cat "$work/log" >&2; echo "prometheus.sh: Prometheus could not be fetched; set ROLLOUT_PROMETHEUS to one." >&2; exit 1; }
fi
mkdir "$work/root"
dpkg -x "$work"/prometheus_*.deb "$work/root"
[ -e "$cache/usr" ] || mv "$work/root/usr" "$cache/usr"
echo "$unpacked"
