# Shared by the installer's tests, sourced by test-installer-unix.sh.
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2034,SC2154 # The parts share variables; what fakes do is in single quotes.
# shellcheck source=scripts/unix/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../../scripts/unix/lib.sh"
# shellcheck source=tests/checks.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../checks.sh"
# shellcheck source=tests/chats.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../chats.sh"

work=$(mktemp -d)
out=$work/out
fakes=$work/fakes
calls=$work/calls
homes=0 shell='sh'
pids=()

clean_up() {
  local pid
  for pid in "${pids[@]+"${pids[@]}"}"; do
    kill -TERM "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
  done
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

part() { # part NAME FUNCTION
  local started=$SECONDS
  echo "--- $1"
  "$2"
  echo "--- $1: $((SECONDS - started)) s"
}

has_line() { grep -qxF -- "$2" "$1"; }
mode() { local line; line=$(ls -ld "$1") && printf '%s' "${line:0:10}"; }
called() { grep -qxF -- "$1" "$calls"; }

# fake NAME: a command that comes before the machine's own; its body is the standard input.
fake() {
  mkdir -p "$fakes"
  { echo '#!/bin/sh' && cat; } >"$fakes/$1"
  chmod +x "$fakes/$1"
}

# recorded NAME: a fake that only writes down how it was called.
recorded() { fake "$1" <<<"echo \"$1 \$*\" >>'$calls'"; }

# A home of its own, with a space in its path; the user is not root, whoever runs the tests.
new_home() {
  homes=$((homes + 1))
  home="$work/home $homes"
  rm -rf "$fakes"
  mkdir -p "$home"
  : >"$calls"
  fake id <<<'[ "$1" = -u ] && echo 1000'
}

# bare_tools: sets tools, a PATH with what every system has and no more.
bare_tools() {
  local tool
  tools=$work/tools
  [ ! -d "$tools" ] || return 0
  mkdir "$tools"
  for tool in sh bash awk sed grep cat cp mv rm mkdir rmdir ls chmod cmp dirname env head mktemp curl uname tr sort find; do
    ln -s "$(command -v "$tool")" "$tools/$tool"
  done
}

# run_installer ARGUMENT…: nothing of this shell's variables gets in but INSTALLER_ENV, and no answer but $answers.
run_installer() {
  env -i PATH="$fakes:${tools:-$PATH}" HOME="$home" TMPDIR="$work" ${INSTALLER_ENV[@]+"${INSTALLER_ENV[@]}"} \
    $shell "${checkout:-$root}/install/unix/install.sh" "$@" >"$out" 2>&1 <<<"${answers-}"
  code=$?
}

# A directory's files with modes, sizes and times to the fraction, so that any change shows.
snapshot() {
  local full=--time-style=full-iso
  [ "$(uname -s)" = Linux ] || full=-T
  (cd "$1" && find . -exec ls -ld "$full" {} + | sort)
}

# analyze WHAT ARGUMENT…: systemd's own check, which must have nothing to say.
analyze() {
  local what=$1
  shift
  if ! command -v systemd-analyze >/dev/null; then
    echo "not run, there is no systemd-analyze: $what"
    return
  fi
  XDG_RUNTIME_DIR=$work systemd-analyze "$@" >"$out" 2>&1
  check "$what" is "$?$(cat "$out")" 0
}

only_env_is_left() { is "$(cd "$home" && find . ! -type d)" './.config/llamagate/.env'; }
