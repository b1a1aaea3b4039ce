# Wine, in a place of its own. Sourced by run.sh.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # The parts share their variables.

# in_windows COMMAND…: in place of this (sub)shell, with nothing of its environment. Wine 8 cannot map code that was compiled ahead of
# time, so .NET compiles it all anew.
in_windows() {
  exec env -i PATH="$PATH" HOME="$work/home" WINEPREFIX="$work/prefix" WINEARCH=win64 WINEDEBUG=-all DOTNET_ReadyToRun=0 "$@"
}

# windows COMMAND…: for so long as nothing hangs.
windows() { (in_windows timeout --kill-after=10 300 wine "$@" </dev/null); }

# as_windows PATH: as Windows' programs see it.
as_windows() { say "Z:${1//\//\\}"; }

start_windows() {
  mkdir "$work/home"
  # Also for what the service manager starts, which looks only when it starts itself.
  windows reg add 'HKLM\System\CurrentControlSet\Control\Session Manager\Environment' /v DOTNET_ReadyToRun /d 0 /f >"$out" 2>&1
  check 'Wine starts' is "$?" 0
  # Wine gives a service 10 s to begin, which is too little for one that compiles itself on a busy machine. In milliseconds.
  windows reg add 'HKLM\System\CurrentControlSet\Control' /v ServicesPipeTimeout /t REG_DWORD /d 100000 /f >"$out" 2>&1
  check 'and takes its settings' is "$?" 0
  (in_windows wineserver --kill)
  # The service manager ends with the last program; this one stays.
  (in_windows wine ping -n 3000 127.0.0.1 </dev/null >/dev/null 2>&1) &
  idle_pid=$!
}

# Ends what this suite started, and nothing else: the server of its own prefix takes all of Wine's processes with it.
clean_up() {
  local pid
  for pid in $stream_pid $emulator_pid; do
    kill -TERM "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
  done
  [ ! -d "$work/prefix" ] || (in_windows wineserver --kill)
  for pid in $gateway_pid $idle_pid; do
    wait "$pid" 2>/dev/null
  done
  rm -rf "$work"
}
