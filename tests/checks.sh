# How the suites in shell check and count, sourced by them after scripts/unix/lib.sh: never run by itself.
# shellcheck shell=bash
# shellcheck disable=SC2154 # out is a file of theirs: what was printed last, shown when a check fails.

passed=0 failed=0

check() { # check WHAT COMMAND…
  local what=$1
  shift
  if "$@" >>"$out" 2>&1; then
    passed=$((passed + 1))
    say "ok: $what"
  else
    failed=$((failed + 1))
    say "FAILED: $what"
    tail -n 30 "$out" | sed 's/^/  | /'
  fi
}

is() { [ "$1" = "$2" ] || { say "is: $1" "expected: $2" && false; }; }
not() { ! "$@"; }
says() { grep -qF -- "$1" "$out"; }

# eventually COMMAND…: within two minutes, asked five times a second.
eventually() {
  local tries=600
  until "$@"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.2
  done
}

# result: the last line, and the exit code that goes with it.
result() {
  say "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}
