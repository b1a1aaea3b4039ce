# Shared by the scripts beside it, which source it: never run by itself.
# shellcheck shell=bash
# shellcheck disable=SC2034 # What stands here is used by those who source it.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
gateway_project=$root/src/LlamaGate.Api
gateway_dll=$gateway_project/bin/Release/net10.0/llamagate.dll
emulator_project=$root/tests/LlamaGate.OllamaEmulator
emulator_dll=$emulator_project/bin/Release/net10.0/ollama-emulator.dll

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# product_version: what is built calls itself, and a release's tag with a v before it.
product_version() { sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$root/Directory.Build.props"; }

say() { printf '%s\n' "$*"; }

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# refuse WHAT: says what is wrong with the arguments, then the usage of the script that calls it, and ends it with 2.
refuse() {
  {
    say "$(basename "$0"): $1"
    usage
  } >&2
  exit 2
}

# Says what is missing and where it comes from, instead of "command not found".
require_dotnet() {
  command -v dotnet >/dev/null || die "The .NET SDK is missing: 'dotnet' was not found.
Install the .NET 10 SDK from https://dotnet.microsoft.com/download and try again."
  (cd "$root" && dotnet --version >/dev/null 2>&1) || die "No installed .NET SDK fits global.json ($(tr -d '\n' <"$root/global.json")).
Install the .NET 10 SDK from https://dotnet.microsoft.com/download and try again. Installed are:
$(dotnet --list-sdks 2>/dev/null)"
}

require_command() {
  command -v "$1" >/dev/null || die "'$1' is missing: install it and try again."
}

# build_release PROJECT: quiet unless it fails. SKIP_BUILD=1 takes the build that is there.
build_release() {
  local output
  require_dotnet
  [ -z "${SKIP_BUILD:-}" ] || return 0
  say "Building $(basename "$1") … (the first time, packages are fetched: a minute or two)"
  if ! output=$(cd "$root" && dotnet build "$1" -c Release --nologo -v quiet 2>&1); then
    die "$output"
  fi
}

# install_node_modules DIRECTORY: as its lock file has them, unless they are there.
install_node_modules() {
  if [ ! -d "$1/node_modules" ] || [ "$1/package-lock.json" -nt "$1/node_modules/.package-lock.json" ]; then
    (cd "$1" && npm ci --no-audit --no-fund --loglevel=error)
  fi
}

# setting NAME: the value that the gateway would use, by its own word: environment, .env, default. Secrets are "(set)".
setting() {
  (cd "$root" && dotnet "$gateway_dll" --check-config) | sed -n "s/^  $1  *//p"
}

# answers URL: whether something speaks HTTP there, whatever it says.
answers() { curl --silent --output /dev/null --max-time 3 "$1"; }

# free_port FIRST: the first port from FIRST on that nobody on this machine listens on.
free_port() {
  local port=$1
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    port=$((port + 1))
    [ "$port" -le 65535 ] || die "No free port from $1 on."
  done
  say "$port"
}

# any_port: a free one, from a random place on: two scripts at the same time do not meet. The system gives connections higher ones.
any_port() { free_port "$((16384 + RANDOM % 16384))"; }

# wait_healthy URL PID: up to a minute for a 2xx; gives up at once when the process has ended.
wait_healthy() {
  local tries=300
  until curl --silent --fail --output /dev/null --max-time 5 "$1"; do
    kill -0 "$2" 2>/dev/null || return 1
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.2
  done
}

# A script without a help text of its own answers --help with the comment at its head.
case "${1-}" in
  -h | --help)
    if ! grep --quiet -E "^usage\(\)|--help says|\*' --help '" "$0"; then
      sed -n '2,/^[^#]/{ s/^# \{0,1\}//p; }' "$0"
      exit 0
    fi
    ;;
esac
