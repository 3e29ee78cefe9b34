#!/usr/bin/env bash
# Rewrites every checked-in file that follows from code: the tests that compare such a file with the code (marked with
# the category Generated) write it instead when ROLLOUT_UPDATE_GENERATED is set. Review the difference before you commit.
set -euo pipefail
export ROLLOUT_UPDATE_GENERATED=1
for project in $(grep -rl --include='*.cs' '"Generated"' tests | cut -d/ -f2 | sort -u); do
  dotnet run --project "tests/$project" --verbosity quiet -- --filter-trait "Category=Generated"
done
git --no-pager diff --stat
