# shellcheck shell=bash
# Sourced by the scripts of bench/ after scripts/unix/lib.sh: builds, a directory of the run's own, and the clean-up.
# shellcheck disable=SC2154 # root and gateway_project come from there.
bench_dll=$root/bench/LlamaGate.Bench/bin/Release/net10.0/llamagate-bench.dll

# bench_begin TOOL…: what the script needs besides util-linux.
bench_begin() {
  require_dotnet
  local tool
  for tool in taskset setsid flock timeout "$@"; do
    require_command "$tool"
  done
  [ "$(nproc)" -ge 2 ] || die 'bench needs two cores: one for the gateway, one for upstream and load.'
  work=$(mktemp -d)
  harness=''
  trap bench_clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# However it ends: what was started is stopped, also when the harness could not do it itself.
bench_clean_up() {
  local pid
  if [ -n "$harness" ] && kill -TERM "$harness" 2>/dev/null; then
    wait "$harness" || true
  fi
  if [ -f "$work/pids" ]; then
    while read -r pid; do
      # Only what still runs in this run's directory: the number may be another's by now.
      [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" != "$work" ] || kill -KILL "$pid" 2>/dev/null || true
    done <"$work/pids"
  fi
  rm -rf "$work"
}

bench_build() { build_release "$root/bench/LlamaGate.Bench"; }

# bench_check ARGUMENTS…: ends with 2 and the usage when they cannot be read; 0 with it when that is what was asked for.
bench_check() {
  dotnet "$bench_dll" --check "$@" || {
    local code=$?
    [ "$code" -ne 3 ] || code=0
    exit "$code"
  }
}

bench_publish() {
  say 'Publishing the working tree …'
  dotnet publish "$gateway_project" -c Release --nologo -v quiet -o "$work/publish"
}

# bench_harness SECONDS ARGUMENTS…: on the load's core, inline completions: no second thread for each packet. Where that is
# permitted it goes before the machine's other processes, by BENCH_NICE; Linux weighs sessions first, so it gets its own.
bench_harness() {
  local seconds=$1 nice=${BENCH_NICE:--15} code=0
  shift
  # One run at a time on a machine: two would measure each other.
  exec 9>"${TMPDIR:-/tmp}/llamagate-bench.lock"
  flock --nonblock 9 || {
    say 'Waiting for another run of bench/ to end …'
    flock --wait 1800 9 || die 'It did not end.'
  }
  # shellcheck disable=SC2016 # The inner shell's arguments.
  DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1 setsid sh -c '
    { echo "$1" >/proc/self/autogroup && renice -n "$1" -p $$; } >/dev/null 2>&1 || true
    shift
    exec "$@"' sh "$nice" timeout --signal=TERM --kill-after=20 "$seconds" \
    taskset -c 0 dotnet "$bench_dll" \
    --root "$root" --work "$work" "$@" 9>&- &
  harness=$!
  wait "$harness" || code=$?
  harness=''
  return "$code"
}
