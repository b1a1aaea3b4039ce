# scripts/windows: read, and run by Wine's cmd in a checkout of their own, with stand-ins for dotnet, curl and PowerShell that
# write down how they were called. Sourced by run.sh.
# shellcheck shell=bash
# shellcheck disable=SC2154 # The parts share their variables.

test_reading() {
  local ends found
  # As a checkout on any system writes them: cmd loses labels in a file with Unix line ends.
  ends=$(cd "$root" && git ls-files --eol -- 'scripts/windows/*.cmd' | grep -v 'attr/text eol=crlf')
  check 'git writes CRLF into every script' is "$ends" ''
  found=$(node "$here/lint.mjs" "$root/scripts/windows")
  say "$found"
  passed=$((passed + $(grep -c '^ok: ' <<<"$found")))
  failed=$((failed + $(grep -c '^FAILED: ' <<<"$found")))
  check 'the reader has read' grep -q '^ok: ' <<<"$found"
}

# script NAME ARGUMENT…: sets code; what it prints is in out, what it calls in calls.
script() {
  local name=$1
  shift
  rm -f "$calls"
  (
    cd "$checkout" || exit
    in_windows WINEPATH="$(as_windows "$standins")" STAND_IN_CALLS="$(as_windows "$calls")" STAND_IN_FAIL="${failing-}" ${variable:+"$variable"} \
      timeout --kill-after=10 600 wine cmd /c "scripts\\windows\\$name.cmd" "$@" </dev/null >"$out" 2>&1
  )
  code=$?
  sed -i 's/\r$//' "$out"
}

# called LINE: exactly so; $C in it is the checkout.
called() { grep -qxF -- "${1//\$C/$(as_windows "$checkout")}" "$calls" || { cat "$calls" && false; }; }
calls_of() { grep -c "^$1" "$calls"; }

test_scripts() {
  standins=$work/standins checkout="$work/check out" calls=$work/calls
  dotnet publish "$root/tests/LlamaGate.WindowsStandIn" -c Release -r win-x64 -o "$standins" --nologo -v quiet >"$out" 2>&1
  check 'the stand-ins are there' is "$?" 0
  local program
  for program in dotnet curl powershell; do
    cp "$standins/stand-in.exe" "$standins/$program.exe"
  done
  mkdir -p "$checkout/scripts/windows" "$checkout/tests/One.Tests" "$checkout/tests/Two.Tests" "$checkout/tests/LlamaGate.Cluster.Tests" \
    "$checkout/tests/other"
  cp "$root/global.json" "$checkout/"
  cp "$root"/scripts/windows/*.cmd "$checkout/scripts/windows/"

  for program in build run run-with-auth run-debug test; do
    script "$program" --help
    check "$program.cmd --help ends with 0" is "$code" 0
    check 'tells what it can do' says '.cmd ['
    check 'and calls nobody' test ! -e "$calls"
  done
  for program in build run test; do
    script "$program" --nonsense
    check "$program.cmd refuses an unknown option" is "$code" 2
    check 'by its name' says "$program.cmd: unknown option --nonsense"
  done
  test_build_script
  test_run_scripts
  test_test_script
}

# shellcheck disable=SC2016 # $C is called's.
test_build_script() {
  local gateway='$C\src\LlamaGate.Api' published=$checkout/publish/win-x64/llamagate.exe
  script build
  check 'build.cmd ends with 0' is "$code" 0
  check 'it publishes for this machine, with the profile, beside the old one' called \
    "dotnet <publish> <$gateway> <-p:PublishProfile=SingleFile> <-r> <win-x64> <-o> <\$C\\publish\\win-x64.new> <--nologo> <-v> <quiet>"
  check 'and says where' says "Published: $(as_windows "$published")"
  check 'where it is' test -f "$published"
  check 'and alone' is "$(ls "$checkout/publish")" win-x64
  echo mine >"$published"
  failing='dotnet <publish>' script build
  check 'a build that fails ends with 1' is "$code" 1
  check 'and leaves what was there' is "$(cat "$published")" mine
  script build --rid linux-arm64
  check '--rid chooses the system' called \
    "dotnet <publish> <$gateway> <-p:PublishProfile=SingleFile> <-r> <linux-arm64> <-o> <\$C\\publish\\linux-arm64.new> <--nologo> <-v> <quiet>"
  failing='dotnet <--version>' script build
  check 'an SDK that does not fit is told' says 'No installed .NET SDK fits global.json.'
  check 'with 1' is "$code" 1
}

# shellcheck disable=SC2016 # $C is called's.
test_run_scripts() {
  local dll='$C\src\LlamaGate.Api\bin\Release\net10.0\llamagate.dll' url=http://127.0.0.1:8080/v1/chat/completions
  local words='<--silent> <--show-error> <--no-buffer> <--fail-with-body> <--max-time> <60>'
  script run
  check 'run.cmd asks the gateway where Ollama is, and Ollama' called 'curl <--silent> <--output> <nul> <--max-time> <3> <http://127.0.0.1:9/api/version>'
  check 'then starts it' called "dotnet <$dll> DEBUG= API_KEY="
  failing=curl script run
  check 'without an Ollama it says how to go on' says 'ollama serve'
  check 'and starts all the same' called "dotnet <$dll> DEBUG= API_KEY="
  failing='dotnet <build>' script run
  check 'a build that fails ends it' is "$code" 1

  script run-debug
  check 'run-debug.cmd starts it at debug level' called "dotnet <$dll> DEBUG=true API_KEY="

  script run-with-auth
  check 'run-with-auth.cmd makes a key and shows it' says '  made-by-powershell'
  check 'and starts the gateway with it' called "dotnet <$dll> DEBUG= API_KEY=made-by-powershell"
  variable=API_KEY=mine script run-with-auth
  check 'one that is set is taken' called "dotnet <$dll> DEBUG= API_KEY=mine"
  check 'and not shown' not says mine

  script run --demo --once
  check 'run.cmd --demo --once ends with 0' is "$code" 0
  check 'it starts both' is "$(calls_of 'powershell .*Start-Process')" 2
  check 'asks each once when it is well' is "$(calls_of 'curl .*<--fail> <--output>')" 2
  check 'makes a plain call, its quotes whole' called "curl $words <$url> <--header> <Content-Type: application/json> <--header> <X-API-Key:  > <--data> <{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}>"
  check 'and a streamed one' called "curl $words <$url> <--header> <Content-Type: application/json> <--header> <X-API-Key:  > <--data> <{\"model\":\"demo\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hello again\"}]}>"
  failing="curl $words" script run --demo --once
  check 'a call that fails ends the demo with 1' is "$code" 1
}

test_test_script() {
  script test
  check 'test.cmd ends with 0' is "$code" 0
  check 'it runs each suite' called 'dotnet <test> <tests\Two.Tests> <-c> <Release> <--no-build> <--nologo>'
  check 'and counts them' is "$(tail -n 1 "$out")" '3 passed, 0 failed'
  failing='dotnet <test> <tests\One.Tests>' script test
  check 'one that fails is counted' is "$(tail -n 1 "$out")" '2 passed, 1 failed'
  check 'and ends it with 1' is "$code" 1
  failing='dotnet <build>' script test
  check 'so does a build that fails' is "$code$(tail -n 1 "$out")" '10 passed, 1 failed'
  script test --quick
  check '--quick runs each suite' is "$(calls_of 'dotnet <test>')" 2
  check 'and does not check the format' is "$(calls_of 'dotnet <format>')" 0
}
