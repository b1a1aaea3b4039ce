#!/bin/sh
# Builds LlamaGate from this checkout and installs it: for this user, or, as root, for the machine. install.sh --help
# Plain POSIX sh: macOS has bash 3.2 only, and some distributions have no bash before the build asks for it.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
# shellcheck source=install/unix/parts/common.sh
. "$here/parts/common.sh"
# shellcheck source=install/unix/parts/options.sh
. "$here/parts/options.sh"
# shellcheck source=install/unix/parts/machine.sh
. "$here/parts/machine.sh"
# shellcheck source=install/unix/parts/files.sh
. "$here/parts/files.sh"
# shellcheck source=install/unix/parts/sdk.sh
. "$here/parts/sdk.sh"
# shellcheck source=install/unix/parts/build.sh
. "$here/parts/build.sh"
# shellcheck source=install/unix/parts/settings.sh
. "$here/parts/settings.sh"
# shellcheck source=install/unix/parts/ollama.sh
. "$here/parts/ollama.sh"
# shellcheck source=install/unix/parts/service.sh
. "$here/parts/service.sh"
# shellcheck source=install/unix/parts/systemd.sh
. "$here/parts/systemd.sh"
# shellcheck source=install/unix/parts/launchd.sh
. "$here/parts/launchd.sh"
# shellcheck source=install/unix/parts/uninstall.sh
. "$here/parts/uninstall.sh"

usage() {
  cat <<'TEXT'
install.sh [OPTIONS]       installs LlamaGate; asks for the settings
install.sh --uninstall     removes everything except your .env

  --prefix DIR         install the binary in DIR/bin (default: ~/.local; as root: /usr/local)
  --config DIR         directory for .env (default: ~/.config/llamagate; as root: /etc/llamagate)
  --binary FILE        install this binary instead of building one; needs no .NET SDK
  --service            start it at boot or login: systemd or launchd; as root a system service with its own user
  --no-service         do not ask about a service
  --socket             --service, and systemd keeps the port open: while the gateway restarts, connections wait and are not refused
  -y, --yes            ask nothing: use the defaults and the options below
  --dry-run            change nothing, show what would be done
  -h, --help           this text

Settings for a new .env (an existing one is never changed):
  --ollama-host URL    where Ollama is (default: $OLLAMA_HOST, else http://localhost:11434)
  --port PORT          default: 8080
  --listen ADDRESS     default: 127.0.0.1; 0.0.0.0 for the network
  --api-key KEY        the key that clients send; - reads it from standard input
  --generate-key       generate a key (default if --listen is open to the network)
  --no-api-key         no authentication (default otherwise)
  --rate-limit RPS     requests per second and client (default: 10)

DOTNET_INSTALL_URL     URL of the vendor's dotnet-install.sh, used if the SDK is missing and no package fits

Exit codes: 0 success, 1 failure (with the reason), 2 unknown option.
TEXT
}

read_options "$@"
if [ "$want_help" = true ]; then
  usage
  exit 0
fi
find_machine
find_places
load_list
if [ "$uninstall" = true ]; then
  uninstall
  exit 0
fi

choose_settings
choose_service
choose_binary
check_new_settings
install_binary
install_settings
[ "$service" != yes ] || install_service
look_for_ollama
summary
