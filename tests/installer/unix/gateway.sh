# What was installed is started, with the emulator as Ollama. Sourced by test-installer-unix.sh.
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2034,SC2154 # The parts share variables; what fakes do is in single quotes.

status() { curl --silent --output /dev/null --write-out '%{http_code}' --max-time 60 "$@"; }

# start_emulator: sets ollama_port.
start_emulator() {
  ollama_port=$(any_port)
  dotnet "$emulator_dll" --port "$ollama_port" --demo >"$work/emulator.log" 2>&1 &
  pids+=($!)
  wait_healthy "http://127.0.0.1:$ollama_port/api/version" $!
}

test_gateway() {
  local port url key
  new_home
  check 'the emulator starts' start_emulator
  port=$(any_port)
  url=http://127.0.0.1:$port
  run_installer --yes --binary "$real_binary" --ollama-host "http://127.0.0.1:$ollama_port" --port "$port" --listen 0.0.0.0
  check 'the installer finds Ollama' says "Ollama answers at http://127.0.0.1:$ollama_port."
  key=$(sed -n 's/^API_KEY=//p' "$home/.config/llamagate/.env")

  (cd "$home/.config/llamagate" && exec env -i "$home/.local/bin/llamagate") >"$work/gateway.log" 2>&1 &
  pids+=($!)
  check 'the installed gateway starts' wait_healthy "$url/livez" $!
  check 'it reaches Ollama' is "$(status "$url/health")" 200
  check 'without the key: 401' is "$(status "$url/v1/models")" 401
  check 'with the made key: 200' is "$(status "$url/v1/models" -H "Authorization: Bearer $key")" 200
  (cd "$home/.config/llamagate" && env -i "$home/.local/bin/llamagate" health) >"$out" 2>&1
  check 'the check that the summary names ends with 0' is $? 0
}
