#!/usr/bin/env bash
# Restores, builds with warnings as errors, checks the format, publishes, runs every suite. The last line is
# "N passed, N failed". A step that fails counts as one failed test, and so does a suite that ran none. Needs no network but
# for the restore.
set -uo pipefail
# shellcheck source=scripts/unix/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

usage() {
  cat <<'TEXT'
test.sh [--quick]
  (nothing)  restore, build, check the format, publish, run every suite
  --quick    restore, build and run the xunit suites, without the tests of several gateways: needs nothing but the .NET SDK
The last line is "N passed, N failed". docs/TESTING.md explains how to run one suite, and lists the variables.
TEXT
}

results=$root/artifacts/test-results
published=$root/artifacts/published
passed=0 failed=0 summary='' failures=''

# failures_in LOG: the first lines of each failure, as dotnet test, node's reporter and tests/checks.sh print them.
failures_in() {
  awk '/^ *(Failed|FAILED:?|✖) / { left = 30 }
    /^ *(Passed|ok:|passed|✔) / { left = 0 }
    left-- > 0' "$1" | cut -c 1-300 | head -n 120
}

# count NAME PASSED FAILED SECONDS LOG: adds a suite's result; one that ran no test has failed.
count() {
  local note=''
  local suite_failed=$3
  if [ "$(($2 + $3))" -eq 0 ]; then
    suite_failed=1 note=' (ran no test)'
  fi
  passed=$((passed + $2))
  failed=$((failed + suite_failed))
  [ "$suite_failed" -eq 0 ] || failures+="--- $1"$'\n'$(failures_in "$5")$'\n'
  summary+=$(printf '%-36s %6d passed %4d failed %5d s%s' "$1" "$2" "$suite_failed" "$4" "$note")$'\n'
}

# A reader of a long log looks at its end: what failed is repeated there.
finish() {
  say ''
  [ -z "$failures" ] || say "=== What failed"$'\n'"$failures"
  say "$summary"
  say "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
  exit
}

# step NAME COMMAND…: says how long it took; a failure counts as a failed test.
step() {
  local name=$1 started=$SECONDS
  shift
  say ''
  say "=== $name"
  if "$@"; then
    say "--- $name: $((SECONDS - started)) s"
    return 0
  fi
  say "--- $name FAILED after $((SECONDS - started)) s"
  failed=$((failed + 1))
  summary+="$name FAILED"$'\n'
  return 1
}

# The single file, once, for all the suites that take it as BINARY. Set aside, because some of them publish too.
# shellcheck disable=SC2317 # It is a step.
publish() {
  local built
  "$root/scripts/unix/build.sh" | tee "$results/publish.log" || return
  node "$root/scripts/supply-chain/locked.mjs" || return
  built=$(sed -n 's/^Published: //p' "$results/publish.log")
  rm -rf "$published"
  mv "$(dirname "$built")" "$published" || return
  export BINARY=$published/llamagate
}

# counter FILE NAME: a number of a trx file's summary.
counter() { sed -n "s/.*<Counters [^>]*\\b$2=\"\\([0-9]*\\)\".*/\\1/p" "$1" | head -n 1; }

xunit_suite() {
  local name code=0 trx log ok=0 bad=0 executed started=$SECONDS
  name=$(basename "$1" .csproj)
  trx=$results/$name.trx log=$results/$name.log
  say ''
  say "=== $name"
  # What was built: the project would be read again for nothing.
  dotnet test "$(dirname "$1")/bin/Release/net10.0/$name.dll" --nologo --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=minimal' \
    --blame-hang-timeout 5m --blame-hang-dump-type none 2>&1 | tee "$log" || code=$?
  if [ -f "$trx" ]; then
    executed=$(counter "$trx" executed)
    ok=$(counter "$trx" passed)
    bad=$((${executed:-0} - ${ok:-0}))
  fi
  # A crash of the test host leaves tests that were never run and no failed one.
  [ "$code" -eq 0 ] || [ "$bad" -gt 0 ] || [ "${ok:-0}" -eq 0 ] || bad=1
  count "$name" "${ok:-0}" "$bad" "$((SECONDS - started))" "$log"
}

# A suite in another language: tests/NAME/run.sh, whose last line of the form "N passed, N failed" is its result.
# run_suite NAME: its output into a file, and its exit code and seconds into another.
run_suite() {
  local code=0 started=$SECONDS
  SKIP_BUILD=1 "tests/$1/run.sh" >"$results/$1.log" 2>&1 || code=1
  say "$code $((SECONDS - started))" >"$results/$1.ending"
  mv "$results/$1.ending" "$results/$1.end"
}

# report_suite NAME [PID]: shows and counts it when it has ended. PID runs it; if that has gone, it has failed.
report_suite() {
  local code=1 seconds=0 line ok=0 bad=0
  until [ -f "$results/$1.end" ] || ! kill -0 "${2:-$$}" 2>/dev/null; do sleep 0.2; done
  [ ! -f "$results/$1.end" ] || read -r code seconds <"$results/$1.end"
  say ''
  say "=== tests/$1"
  cat "$results/$1.log"
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$results/$1.log" | tail -n 1)
  if [ -n "$line" ]; then
    ok=${line%% *}
    bad=${line#*, }
    bad=${bad%% *}
  fi
  [ "$code" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
  count "tests/$1" "$ok" "$bad" "$seconds" "$results/$1.log"
}

# Suites that may run beside those of the other lane. The first lane publishes, in the gateway's one obj directory; the second
# starts run.sh, which looks for free ports. Any other suite runs alone: bench measures.
building=(binary image installer supply-chain windows)
serving=(admin-page clients documents scripts swagger-ui telemetry)
lanes=()

# Sets lanes. Each is a process group of its own: in the background of this one its suites could not see a Ctrl-C.
start_lane() {
  local suite
  set -m
  for suite in "$@"; do
    [ ! -x "tests/$suite/run.sh" ] || run_suite "$suite"
  done &
  lanes+=($!)
  set +m
}

# shellcheck disable=SC2317 # It is a trap.
end_lanes() {
  local pid
  for pid in "${lanes[@]+"${lanes[@]}"}"; do
    kill -TERM -- "-$pid" 2>/dev/null && wait "$pid"
  done
  exit "$1"
}

suites_in_lanes() {
  local suite
  trap 'end_lanes 130' INT
  trap 'end_lanes 143' TERM
  start_lane "${building[@]}"
  start_lane "${serving[@]}"
  for suite in "${serving[@]}"; do
    [ ! -x "tests/$suite/run.sh" ] || report_suite "$suite" "${lanes[1]}"
  done
  for suite in "${building[@]}"; do
    [ ! -x "tests/$suite/run.sh" ] || report_suite "$suite" "${lanes[0]}"
  done
}

suites_alone() {
  local script suite
  while IFS= read -r script; do
    suite=$(basename "$(dirname "$script")")
    [[ " ${building[*]} ${serving[*]} " == *" $suite "* ]] && continue
    run_suite "$suite"
    report_suite "$suite"
  done < <(find tests -mindepth 2 -maxdepth 2 -name run.sh | sort)
}

quick=false
for argument in "$@"; do
  case $argument in
    --quick) quick=true ;;
    -h | --help)
      usage
      exit 0
      ;;
    *) refuse "unknown argument '$argument'" ;;
  esac
done

require_dotnet
cd "$root" || exit 1
rm -rf "$results"
mkdir -p "$results"

step restore dotnet restore LlamaGate.sln --locked-mode --nologo -v quiet || finish
step build dotnet build LlamaGate.sln -c Release --no-restore --nologo -v quiet -warnaserror || finish
if [ "$quick" = false ]; then
  # The build has held style, names and analyzers to the same .editorconfig; these two are what it does not look at.
  step 'white space' dotnet format whitespace . --folder --verify-no-changes --exclude artifacts publish
  step 'order of usings' dotnet format style LlamaGate.sln --no-restore --verify-no-changes --diagnostics IMPORTS
  # The build has shown all of this code to the analyzers: no publish of it needs them again.
  export RunAnalyzers=false
  step publish publish
fi

while IFS= read -r project; do
  # The tests of several gateways need redis-server and caddy.
  [[ $quick = true && $project == */LlamaGate.Cluster.Tests.csproj ]] || xunit_suite "$project"
done < <(find tests -name '*Tests.csproj' | sort)

[ "$quick" = false ] || finish
suites_alone
suites_in_lanes
finish
