#!/usr/bin/env bash
# Rewrites every checked-in file that follows from code: the tests that compare such a file with the code write it
# instead when ROLLOUT_UPDATE_GENERATED is set. Review the difference before you commit it.
set -euo pipefail
export ROLLOUT_UPDATE_GENERATED=1
for project in $(grep -rl --include='*.cs' ROLLOUT_UPDATE_GENERATED tests | cut -d/ -f2 | sort -u); do
  dotnet run --project "tests/$project" --verbosity quiet
done
git --no-pager diff --stat
