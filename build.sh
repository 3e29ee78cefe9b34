#!/usr/bin/env bash
# Builds and tests RolloutWorkflows. `./build.sh help` lists what it can do.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

solution=RolloutWorkflows.sln
# No build server outlives this script.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

usage() {
  cat <<'TXT'
Usage: ./build.sh [command]

  (none)   restore, check the format, build everything; warnings are errors
  test     build and run every test; the last line is "N passed, N failed, N skipped"
  format   rewrite the sources to the house format
  bench    run the benchmarks (Release build); prints rates, latencies and bytes per waiting instance
  generate rewrite what is generated from code: schema, step pages, state machine
  clean    remove build output
  help     this text

Needs the .NET SDK named in global.json and nothing else.
TXT
}

need_sdk() {
  command -v dotnet >/dev/null 2>&1 || {
    echo "build.sh: the .NET SDK is missing: expected 'dotnet' on PATH (version in global.json). Install it from https://dot.net and run again." >&2
    exit 127
  }
}

compile() {
  local id="rw-$$"
  dotnet restore "$solution" --verbosity quiet
  dotnet build "$solution" --no-restore --verbosity quiet --nologo \
    -p:UseSharedCompilation=true -p:SharedCompilationId="$id" "$@"
  dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1 || true
}

check_format() {
  dotnet format "$solution" --no-restore --verify-no-changes --severity warn ||
    { echo "build.sh: the format differs; run ./build.sh format" >&2; exit 1; }
}

# Some tests ask a real Prometheus. Where there is none they are skipped, and in CI they fail.
provide_prometheus() {
  eng/prometheus.sh >/dev/null || echo "build.sh: no Prometheus: the tests that need one are $([ "${CI:-}" = true ] && echo 'going to fail' || echo skipped)" >&2
}

# Others hold requests against GitHub's description and Slack's receiver, which come as Node packages.
provide_node_counterparts() {
  eng/node-counterparts.sh >/dev/null || echo "build.sh: no Node packages: the tests that need them are $([ "${CI:-}" = true ] && echo 'going to fail' || echo skipped)" >&2
}

run_tests() {
  compile
  provide_prometheus
  provide_node_counterparts
  eng/run-tests.sh "$solution"
}

command="${1:-build}"
[ $# -gt 0 ] && shift
case "$command" in
  build) need_sdk; dotnet restore "$solution" --verbosity quiet; check_format; compile ;;
  test) need_sdk; run_tests "$@" ;;
  format) need_sdk; dotnet restore "$solution" --verbosity quiet; dotnet format "$solution" --no-restore --severity warn ;;
  bench) need_sdk; dotnet run --project bench/RolloutWorkflows.Bench -c Release -- "$@" ;;
  generate) need_sdk; eng/generate.sh ;;
  clean) need_sdk; dotnet clean "$solution" --verbosity quiet ;;
  help | --help | -h) usage ;;
  *) echo "build.sh: unknown command '$command'" >&2; usage >&2; exit 2 ;;
esac
