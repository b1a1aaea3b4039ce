# How the installer talks, asks and acts. Sourced by install.sh.
# shellcheck shell=sh disable=SC2034,SC2154 # The parts share their variables.

newline='
'
stage=
trap '[ -z "$stage" ] || rm -rf "$stage"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { printf '%s\n' "$*"; }

die() {
  printf 'install.sh: %s\n' "$*" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# quoted WORD…: as one would type them.
quoted() {
  line=
  for word in "$@"; do
    case $word in
      '' | *[!A-Za-z0-9_./:=,+@%-]*) word=\'$(printf '%s' "$word" | sed "s/'/'\\\\''/g")\' ;;
    esac
    line=$line${line:+ }$word
  done
  printf '%s' "$line"
}

# act COMMAND…: everything that changes the machine goes through here, so that --dry-run can print it instead.
act() {
  if [ "$dry_run" = true ]; then
    say "Would run: $(quoted "$@")"
  else
    "$@"
  fi
}

# read_answer: sets answer. The end of the input is no answer: a default that nobody chose must not be taken.
read_answer() {
  IFS= read -r answer || [ -n "$answer" ] || die "There was no answer. Answer the questions, or use --yes and options."
  [ -t 0 ] || say ''
}

# ask QUESTION DEFAULT: sets answer.
ask() {
  answer=$2
  [ "$interactive" = true ] || return 0
  printf '%s [%s]: ' "$1" "$2"
  read_answer
  [ -n "$answer" ] || answer=$2
}

# confirm QUESTION: without a yes it is a no.
confirm() {
  [ "$interactive" = true ] || return 0
  printf '%s [y/N]: ' "$1"
  read_answer
  case $answer in
    [Yy] | [Yy][Ee][Ss]) ;;
    *) return 1 ;;
  esac
}

# new_stage: a directory that only this user can look into and that is gone when the installer ends.
new_stage() {
  [ -n "$stage" ] || stage=$(mktemp -d "${TMPDIR:-/tmp}/llamagate.XXXXXX")
}
