#!/usr/bin/env bash
# Restores, builds with warnings as errors, checks the format, runs every suite. The last line is "N passed, N failed".
# A step that fails counts as one failed test, and so does a suite that ran none. Needs no network but for the restore.
set -uo pipefail
# shellcheck source=scripts/unix/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

results=$root/artifacts/test-results
passed=0 failed=0 summary=

# count NAME PASSED FAILED STARTED: adds a suite's result; one that ran no test has failed.
count() {
  local note=''
  local suite_failed=$3
  if [ "$(($2 + $3))" -eq 0 ]; then
    suite_failed=1 note=' (ran no test)'
  fi
  passed=$((passed + $2))
  failed=$((failed + suite_failed))
  summary+=$(printf '%-36s %6d passed %4d failed %5d s%s' "$1" "$2" "$suite_failed" "$((SECONDS - $4))" "$note")$'\n'
}

finish() {
  say ''
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

# counter FILE NAME: a number of a trx file's summary.
counter() { sed -n "s/.*<Counters [^>]*\\b$2=\"\\([0-9]*\\)\".*/\\1/p" "$1" | head -n 1; }

xunit_suite() {
  local name code=0 trx ok=0 bad=0 executed started=$SECONDS
  name=$(basename "$1" .csproj)
  trx=$results/$name.trx
  say ''
  say "=== $name"
  dotnet test "$1" -c Release --no-build --nologo --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=minimal' \
    --blame-hang-timeout 5m --blame-hang-dump-type none || code=$?
  if [ -f "$trx" ]; then
    executed=$(counter "$trx" executed)
    ok=$(counter "$trx" passed)
    bad=$((${executed:-0} - ${ok:-0}))
  fi
  # A crash of the test host leaves tests that were never run and no failed one.
  [ "$code" -eq 0 ] || [ "$bad" -gt 0 ] || [ "${ok:-0}" -eq 0 ] || bad=1
  count "$name" "${ok:-0}" "$bad" "$started"
}

# A suite in another language: tests/*/run.sh, whose last line of the form "N passed, N failed" is its result.
script_suite() {
  local name code=0 log line ok=0 bad=0 started=$SECONDS
  name=tests/$(basename "$(dirname "$1")")
  log=$results/$(basename "$(dirname "$1")").log
  say ''
  say "=== $name"
  SKIP_BUILD=1 "$1" 2>&1 | tee "$log" || code=1
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
  if [ -n "$line" ]; then
    ok=${line%% *}
    bad=${line#*, }
    bad=${bad%% *}
  fi
  [ "$code" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
  count "$name" "$ok" "$bad" "$started"
}

require_dotnet
cd "$root" || exit 1
rm -rf "$results"
mkdir -p "$results"

step restore dotnet restore LlamaGate.sln --locked-mode --nologo -v quiet || finish
step build dotnet build LlamaGate.sln -c Release --no-restore --nologo -v quiet -warnaserror || finish
step format dotnet format LlamaGate.sln --no-restore --verify-no-changes

while IFS= read -r project; do
  xunit_suite "$project"
done < <(find tests -name '*Tests.csproj' | sort)

while IFS= read -r script; do
  script_suite "$script"
done < <(find tests -mindepth 2 -maxdepth 2 -name run.sh | sort)

finish
