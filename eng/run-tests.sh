#!/usr/bin/env bash
# Runs every test project of a built solution and closes with "N passed, N failed, N skipped".
# A module that crashes or cannot start counts as failed, whatever its own numbers say.
set -uo pipefail
solution="$1"
log=$(mktemp)
trap 'rm -f "$log"' EXIT

dotnet test --solution "$solution" --no-build --no-progress --no-ansi --minimum-expected-tests 1 2>&1 | tee "$log"
code=${PIPESTATUS[0]}

# The summary over all projects is the last block of lines such as "  failed: 0".
figure() { awk -v key="$1:" '$1 == key { value = $2 } END { print value + 0 }' "$log"; }
passed=$(figure succeeded) failed=$(figure failed) skipped=$(figure skipped) errors=$(figure error)
failed=$((failed + errors))
if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
if [ "$passed" -eq 0 ] && [ "$failed" -eq 0 ]; then failed=1; echo "run-tests: no test ran" >&2; fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
