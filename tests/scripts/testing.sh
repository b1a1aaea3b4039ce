# test.sh in a checkout of its own, with stand-ins for dotnet and node that write down how they were called. Sourced by run.sh.
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2154 # The parts share their variables; what stand-ins do is in single quotes.

# make_checkout: sets checkout, with three xunit suites and three in shell, and calls, the file of what was called.
make_checkout() {
  local suite
  checkout=$work/checkout calls=$work/calls
  mkdir -p "$checkout/scripts" "$checkout"/tests/{other,binary,clients} "$work/standins"
  cp -R "$scripts" "$checkout/scripts/"
  for suite in One Two LlamaGate.Cluster; do
    mkdir "$checkout/tests/$suite.Tests"
    touch "$checkout/tests/$suite.Tests/$suite.Tests.csproj"
  done
  cat >"$checkout/tests/other/run.sh" <<'TEXT'
#!/bin/sh
echo "the binary is $(basename "$BINARY"), which $("$BINARY")"
echo '3 passed, 0 failed'
TEXT
  # Each waits for the other: they must run at the same time. Ctrl-C has to end what they start.
  for suite in binary:clients clients:binary; do
    cat >"$checkout/tests/${suite%:*}/run.sh" <<TEXT
#!/bin/bash
. "$here/../../scripts/unix/lib.sh"
. "$here/../checks.sh"
out=$checkout/${suite%:*}.out
touch "$checkout/${suite%:*}.runs"
check 'the other runs' eventually test -e "$checkout/${suite#*:}.runs"
bash -c 'kill -INT \$\$; exit 3'
check 'Ctrl-C is not ignored' is \$? 130
result
TEXT
    chmod +x "$checkout/tests/${suite%:*}/run.sh"
  done
  # Each xunit suite has four tests.
  cat >"$work/standins/dotnet" <<'TEXT'
#!/bin/bash
echo "dotnet $*" >>"$CALLS"
[ -z "${FAILING-}" ] || [[ "dotnet $*" != "$FAILING"* ]] || { echo "  Failed A.Test [1 s]" && exit 1; }
while [ $# -gt 0 ]; do
  case $1 in
    --info) echo ' RID: here' ;;
    -o) mkdir -p "$2" && printf '#!/bin/sh\necho was published\n' >"$2/llamagate" && chmod +x "$2/llamagate" ;;
    --results-directory) results=$2 ;;
    trx\;*) echo '<Counters total="4" executed="4" passed="4" failed="0" />' >"$results/${1##*=}" ;;
  esac
  shift
done
TEXT
  printf '#!/bin/sh\necho "node $*" >>"$CALLS"\n' >"$work/standins/node"
  chmod +x "$work"/standins/* "$checkout/tests/other/run.sh"
}

# test_script ARGUMENT…: sets code; FAILING is the beginning of the call of dotnet that fails.
test_script() {
  : >"$calls"
  PATH=$work/standins:$PATH CALLS=$calls FAILING=${failing-} "$checkout/scripts/unix/test.sh" "$@" >"$out" 2>&1
  code=$?
}

last_line() { tail -n 1 "$out"; }
calls_of() { grep -c "^$1" "$calls"; }

test_testing() {
  make_checkout
  test_script
  check 'test.sh ends with 0' is "$code" 0
  check 'its last line counts all tests' is "$(last_line)" '19 passed, 0 failed'
  check 'each suite has a line with its seconds' is "$(grep -cE '^(One.Tests|Two.Tests|LlamaGate.Cluster.Tests|tests/(other|binary|clients)) .* [0-9]+ s$' "$out")" 6
  check 'it checks white space and the order of usings' is "$(calls_of 'dotnet format')" 2
  check 'it publishes once' is "$(calls_of 'dotnet publish')" 1
  check 'and hands the suites what was published' says 'the binary is llamagate, which was published'

  test_script --quick
  check '--quick ends with 0' is "$code" 0
  check 'it runs the xunit suites only, without the tests of several gateways' is "$(last_line)" '8 passed, 0 failed'
  check 'it builds, and does nothing else' is "$(sed 's/^dotnet //; s/ .*//' "$calls" | sort -u | tr '\n' ' ')" '--version build restore test '

  failing='dotnet test tests/One' test_script --quick
  check 'a suite that ran no test has failed' is "$code$(last_line)" '14 passed, 1 failed'
  check 'what failed is repeated at the end' is "$(sed -n '/^=== What failed/,/A.Test/p' "$out" | wc -l)" 3
  failing='dotnet publish' test_script
  check 'a step that fails counts as a failed test' is "$(last_line)" '19 passed, 1 failed'
  failing='dotnet build' test_script
  check 'after a build that fails nothing is tested' is "$code$(last_line)" '10 passed, 1 failed'
}
