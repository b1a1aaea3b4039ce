# The Windows service, with Wine's service manager. Sourced by run.sh, after the binary's part, in whose directory it goes on.
# shellcheck shell=bash
# shellcheck disable=SC2154 # The parts share their variables.

state() { windows sc query LlamaGate 2>>"$out" | tr -d '\r' | sed -n 's/^ *STATE *: [0-9] *//p'; }
is_state() { [ "$(state)" = "$1" ]; }

test_service() {
  rm -f "$log"
  windows sc create LlamaGate binPath= "\"$(as_windows "$app/llamagate.exe")\"" start= auto >"$out" 2>&1
  check 'the service can be registered' is "$?" 0
  windows net start LlamaGate >"$out" 2>&1
  check 'it starts' is "$?" 0
  check 'and says so to the service manager' eventually is_state RUNNING
  # The manager hears of a start before the gateway listens.
  check 'with the .env beside it, wherever it was started' eventually curl --silent --fail --max-time 60 "$url/health"

  # Long enough that its end is not there before the question after it, and shorter than SHUTDOWN_TIMEOUT.
  begin_stream 15
  windows net stop LlamaGate >"$out" 2>&1
  check 'it takes the stop' is "$?" 0
  check 'and is stopping as long as a stream runs' eventually is_state STOP_PENDING
  check 'which goes on to its end' stream_ends_well
  check 'then it has stopped' eventually is_state STOPPED
  check 'in order' grep -q 'LlamaGate has stopped' "$log"

  printf 'PORT=nonsense\r\n' >"$app/.env"
  windows net start LlamaGate >"$out" 2>&1
  check 'with an .env that is not valid it does not start' not is "$?" 0
  check 'and the service manager knows it' eventually is_state STOPPED
  windows sc delete LlamaGate >"$out" 2>&1
  check 'it can be removed' is "$?" 0
}
