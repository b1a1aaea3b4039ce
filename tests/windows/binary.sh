# The published llamagate.exe as somebody uses it who got it alone, in Wine. Sourced by run.sh.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # The parts share their variables.

# gateway ARGUMENT…: in its own directory, where .env is.
gateway() { (cd "$app" && in_windows timeout --kill-after=10 300 wine ./llamagate.exe "$@" </dev/null); }

build_for_windows() {
  binary=${WINDOWS_BINARY:-}
  if [ -z "$binary" ]; then
    # What is compiled ahead of time is not used here (wine.sh): the composite image, without which Wine cannot load the file, is made
    # with no code in it.
    PublishReadyToRunCrossgen2ExtraArgs=--partial "$root/scripts/unix/build.sh" --rid win-x64 >"$out" 2>&1
    check 'build.sh builds for Windows' is "$?" 0
    check 'what it resolved for that system is what is locked' node "$root/scripts/supply-chain/locked.mjs"
    # Out of the way of one for others, which would be another file.
    mv "$root/publish/win-x64" "$work/published"
    binary=$work/published/llamagate.exe
  fi
  check 'there is one file' is "$(ls -A "$(dirname "$binary")")" llamagate.exe
}

test_binary() {
  local ollama_port port
  build_for_windows
  app=$work/app log=$work/app/gate.log
  mkdir "$app"
  cp "$binary" "$app/llamagate.exe"
  ollama_port=$(any_port)
  dotnet "$emulator_dll" --demo --port "$ollama_port" </dev/null >"$work/emulator.log" 2>&1 &
  emulator_pid=$!
  check 'the Ollama stand-in starts' wait_healthy "http://127.0.0.1:$ollama_port/api/version" "$emulator_pid"
  port=$(any_port)
  url=http://127.0.0.1:$port
  # As Notepad writes it.
  printf '\xef\xbb\xbfOLLAMA_HOST=http://127.0.0.1:%s\r\nPORT=%s\r\nLOG_FILE=%s\r\n' "$ollama_port" "$port" "$(as_windows "$log")" >"$app/.env"

  check '--version' is "$(gateway --version 2>>"$out" | tr -d '\r')" "llamagate $(product_version)"
  gateway keygen 2>/dev/null | tr -d '\r' >"$out"
  check 'keygen makes a key' grep -qE '^[0-9a-f]{64}$' "$out"
  gateway check-config >"$out" 2>&1
  check 'check-config reads an .env with Windows line ends' says "  PORT             $port"
  check 'and its paths' says "  LOG_FILE         $(as_windows "$log")"
  check 'and makes no log' test ! -e "$log"

  (cd "$app" && in_windows wine ./llamagate.exe </dev/null >"$work/stdout" 2>"$work/stderr") &
  gateway_pid=$!
  check 'the gateway starts' wait_healthy "$url/livez" "$gateway_pid"
  check 'it finds Ollama' curl --silent --fail --max-time 60 "$url/health"
  check 'it answers a chat' chat demo false
  check 'it describes its API' curl --silent --fail --max-time 120 --output /dev/null "$url/swagger/v1/swagger.json"
  gateway health >"$out" 2>&1
  check 'health asks it' is "$?$(tr -d '\r' <"$out")" 0healthy
  gateway check-config >"$out" 2>&1
  check 'check-config is content while it has the log open' is "$?" 0
  gateway doctor --skip-generation >"$out" 2>&1
  check 'so is the doctor' says '0 errors, 0 warnings'
  gateway >"$out" 2>&1
  check 'a second gateway with the same log is refused' is "$?" 1
  check 'and told why' says 'gate.log" cannot be opened for appending'

  windows cmd /c move "$(as_windows "$log")" "$(as_windows "$log.1")" >"$out" 2>&1
  check 'the log can be moved away' is "$?" 0
  check 'and is made anew' eventually logs_a_chat

  begin_stream 3
  # Wine makes Ctrl-C of it.
  kill -INT "$gateway_pid"
  check 'it outlives Ctrl-C, up to its end' stream_ends_well
  wait "$gateway_pid"
  check 'then the process ends with 0' is "$?" 0
  gateway_pid=''
  check 'in order' grep -q 'LlamaGate has stopped' "$log"
  check 'without a word on stderr' not grep -v 'wine32\|multiarch\|execute "dpkg\|apt-get install' "$work/stderr"
}
