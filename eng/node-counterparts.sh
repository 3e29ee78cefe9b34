#!/usr/bin/env bash
# Prints the folder in which the Node packages of eng/counterparts are installed, for the tests that hold our requests
# against GitHub's description and Slack's own receiver; installs them into the user's cache if they are not there yet.
# Nothing is started. ROLLOUT_NODE_COUNTERPARTS names another folder, with its node_modules in it.
set -euo pipefail

wanted="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/counterparts"
cache="${XDG_CACHE_HOME:-$HOME/.cache}/rolloutworkflows"
installed="$cache/node-counterparts"

if [ -n "${ROLLOUT_NODE_COUNTERPARTS:-}" ]; then echo "$ROLLOUT_NODE_COUNTERPARTS"; exit 0; fi
if [ -d "$installed/node_modules" ] && cmp -s "$wanted/package-lock.json" "$installed/package-lock.json"; then echo "$installed"; exit 0; fi

if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
  echo "node-counterparts.sh: no node and npm on PATH. Install Node 20 or later (https://nodejs.org), or set ROLLOUT_NODE_COUNTERPARTS." >&2
  exit 1
fi

mkdir -p "$cache"
work=$(mktemp -d "$cache/.node-counterparts.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/new"
cp "$wanted/package.json" "$wanted/package-lock.json" "$work/new/"
# No package's own scripts run, and only what the lock file names is installed.
(cd "$work/new" && npm ci --ignore-scripts --no-audit --no-fund >"$work/log" 2>&1) ||
  { cat "$work/log" >&2; echo "node-counterparts.sh: the packages could not be installed; set ROLLOUT_NODE_COUNTERPARTS to a folder that has them." >&2; exit 1; }
if [ -e "$installed" ]; then mv "$installed" "$work/old"; fi
mv "$work/new" "$installed"
echo "$installed"
