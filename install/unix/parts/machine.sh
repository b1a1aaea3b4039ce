# What machine this is and where things go on it. Sourced by install.sh.
# shellcheck shell=sh disable=SC2034,SC2154 # The parts share their variables.

find_machine() {
  system=$(uname -s) processor=$(uname -m) as_root=false
  case $system in
    Linux) rid=linux ;;
    Darwin) rid=osx ;;
    MINGW* | MSYS* | CYGWIN*) die "On Windows, use install\\windows\\install.cmd." ;;
    *) die "LlamaGate is built for Linux, macOS and Windows; this is $system." ;;
  esac
  case $processor in
    x86_64 | amd64) rid=$rid-x64 ;;
    aarch64 | arm64) rid=$rid-arm64 ;;
    *) die "LlamaGate is built for x64 and arm64; this is $processor." ;;
  esac
  [ "$(id -u)" -ne 0 ] || as_root=true
}

is_musl() { [ "$system" = Linux ] && has ldd && ldd --version 2>&1 | grep -q musl; }

find_places() {
  if [ "$as_root" = true ]; then
    bin_dir=${prefix:-/usr/local}/bin
    config_dir=${config:-/etc/llamagate}
  else
    [ -n "${HOME:-}" ] || die "HOME is not set, so the directory for this user's files is unknown."
    bin_dir=${prefix:-$HOME/.local}/bin
    config_dir=${config:-${XDG_CONFIG_HOME:-$HOME/.config}/llamagate}
  fi
  binary=$bin_dir/llamagate
  env_file=$config_dir/.env
  installed_list=$config_dir/installed
}
