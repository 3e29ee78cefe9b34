#!/usr/bin/env bash
# Runs the tests that show what the playbooks ask for, and writes docs/requirements.md from what became of them.
# Needs a build: ./build.sh
set -euo pipefail
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
for project in $(grep -rl --include='*.cs' '\[Requirement("' tests | cut -d/ -f2 | sort -u); do
  # A test that fails stands in the page as failed; the page's own test says so below.
  dotnet run --no-build --project "tests/$project" -- --filter-trait "Requirement=*" \
    --report-xunit --report-xunit-filename "$project.xml" --results-directory "$results" || true
done
ROLLOUT_REQUIREMENT_RESULTS="$results" dotnet run --no-build --project tests/RolloutWorkflows.Architecture.Tests -- --filter-method "*Page_IsWhatTheTestsSay"
