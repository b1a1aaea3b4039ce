# The published llamagate.exe as somebody uses it who got it alone, in Wine. Sourced by run.sh.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # The parts share their variables.

# gateway ARGUMENT…: in its own directory, where .env is.
gateway() { (cd "$app" && in_windows timeout --kill-after=10 120 wine ./llamagate.exe "$@" </dev/null); }

chat() { # chat MODEL STREAM
  curl --silent --show-error --no-buffer --fail-with-body --max-time 60 "$url/v1/chat/completions" \
    --header 'Content-Type: application/json' \
    --data '{"model":"'"$1"'","stream":'"$2"',"messages":[{"role":"user","content":"Say hello"}]}'
}

# begin_stream: one that goes on for some seconds; it has begun when this returns.
begin_stream() {
  : >"$work/stream"
  chat emu:tokens-30_gap-100ms true >"$work/stream" &
  stream_pid=$!
  check 'a stream begins' eventually grep -q '"content"' "$work/stream"
}

# stream_ends_well: it goes on to its end, whatever was said to the gateway meanwhile.
stream_ends_well() {
  wait "$stream_pid"
  local code=$?
  stream_pid=''
  [ "$code" -eq 0 ] && grep -q '^data: \[DONE\]' "$work/stream"
}

logs_anew() { chat demo false && grep -qs '"path":"/v1/chat/completions"' "$app/gate.log"; }

build_for_windows() {
  binary=${BINARY:-$root/publish/win-x64/llamagate.exe}
  if [ -z "${BINARY-}" ]; then
    "$root/scripts/unix/build.sh" --rid win-x64 >"$out" 2>&1
    check 'build.sh builds for Windows' is "$?" 0
    check 'what it resolved for that system is what is locked' node "$root/scripts/supply-chain/locked.mjs"
  fi
  check 'there is one file' is "$(ls -A "$(dirname "$binary")")" llamagate.exe
}

test_binary() {
  local log ollama_port
  build_for_windows
  app=$work/app log=$work/app/gate.log
  mkdir "$app"
  cp "$binary" "$app/llamagate.exe"
  ollama_port=$(free_port 21534)
  dotnet "$emulator_dll" --demo --port "$ollama_port" </dev/null >"$work/emulator.log" 2>&1 &
  emulator_pid=$!
  check 'the Ollama stand-in starts' wait_healthy "http://127.0.0.1:$ollama_port/api/version" "$emulator_pid"
  local port
  port=$(free_port 18380)
  url=http://127.0.0.1:$port
  # As Notepad writes it.
  printf '\xef\xbb\xbfOLLAMA_HOST=http://127.0.0.1:%s\r\nPORT=%s\r\nLOG_FILE=%s\r\n' "$ollama_port" "$port" "$(as_windows "$log")" >"$app/.env"

  check '--version' is "$(gateway --version 2>>"$out" | tr -d '\r')" "llamagate $(sed -n 's/.*<Version>\(.*\)<.*/\1/p' "$root/Directory.Build.props")"
  key=$(gateway keygen 2>>"$out" | tr -d '\r')
  check 'keygen makes a key' grep -qE '^[0-9a-f]{64}$' <<<"$key"
  gateway check-config >"$out" 2>&1
  check 'check-config reads an .env with Windows line ends' says "  PORT             $port"
  check 'and its paths' says "  LOG_FILE         $(as_windows "$log")"
  check 'and makes no log' test ! -e "$log"

  (cd "$app" && in_windows wine ./llamagate.exe </dev/null >"$work/stdout" 2>"$work/stderr") &
  gateway_pid=$!
  check 'the gateway starts' wait_healthy "$url/livez" "$gateway_pid"
  check 'it finds Ollama' curl --silent --fail --max-time 10 "$url/health"
  check 'it answers a chat' chat demo false
  check 'it describes its API' curl --silent --fail --max-time 30 --output /dev/null "$url/swagger/v1/swagger.json"
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
  check 'and is made anew' eventually logs_anew

  begin_stream
  # Wine makes Ctrl-C of it.
  kill -INT "$gateway_pid"
  check 'a running stream outlives Ctrl-C' stream_ends_well
  wait "$gateway_pid"
  check 'then the process ends with 0' is "$?" 0
  gateway_pid=''
  check 'in order' grep -q 'LlamaGate has stopped' "$log"
  check 'without a word on stderr' not grep -v 'wine32\|multiarch\|execute "dpkg\|apt-get install' "$work/stderr"
}
