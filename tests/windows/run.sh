#!/usr/bin/env bash
# What can be proved of Windows where no Windows is: its scripts by a careful reader and in Wine's cmd, the published
# llamagate.exe and its service in Wine. The last line is "N passed, N failed". WINDOWS_BINARY=FILE leaves out the build.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/unix/lib.sh
. "$here/../../scripts/unix/lib.sh"
# shellcheck source=tests/checks.sh
. "$here/../checks.sh"
# shellcheck source=tests/chats.sh
. "$here/../chats.sh"
# shellcheck source=tests/windows/wine.sh
. "$here/wine.sh"
# shellcheck source=tests/windows/scripts.sh
. "$here/scripts.sh"
# shellcheck source=tests/windows/binary.sh
. "$here/binary.sh"
# shellcheck source=tests/windows/service.sh
. "$here/service.sh"

work=$(mktemp -d)
out=$work/out
emulator_pid='' gateway_pid='' idle_pid=''
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

for command in node curl wine wineserver; do
  require_command "$command"
done
build_release "$emulator_project"
start_windows

test_reading
test_scripts
test_binary
test_service
result
