#!/usr/bin/env bash
# install/unix/install.sh in throw-away homes, a throw-away machine and a throw-away checkout, with a real build.
# Ends with "N passed, N failed". BINARY=FILE tests with that binary, and builds once only to see that it works.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/installer/unix/lib.sh
. "$here/unix/lib.sh"
# shellcheck source=tests/installer/unix/build.sh
. "$here/unix/build.sh"
# shellcheck source=tests/installer/unix/per-user.sh
. "$here/unix/per-user.sh"
# shellcheck source=tests/installer/unix/settings.sh
. "$here/unix/settings.sh"
# shellcheck source=tests/installer/unix/questions.sh
. "$here/unix/questions.sh"
# shellcheck source=tests/installer/unix/gateway.sh
. "$here/unix/gateway.sh"
# shellcheck source=tests/installer/unix/sdk.sh
. "$here/unix/sdk.sh"
# shellcheck source=tests/installer/unix/user-service.sh
. "$here/unix/user-service.sh"
# shellcheck source=tests/installer/unix/macos.sh
. "$here/unix/macos.sh"
# shellcheck source=tests/installer/unix/system-service.sh
. "$here/unix/system-service.sh"
# shellcheck source=tests/installer/unix/team.sh
. "$here/unix/team.sh"

for command in curl jq openssl prometheus; do
  require_command "$command"
done
build_release "$gateway_project"
build_release "$emulator_project"
part 'the build' test_build
# macOS has bash as sh, Debian dash: what differs between shells is tried in both.
for shell in sh 'bash --posix'; do
  part "per user ($shell)" test_per_user
  part "settings ($shell)" test_settings
  part "questions ($shell)" test_questions
  part "no SDK ($shell)" test_sdk
  part "systemd user unit ($shell)" test_user_service
  part "macOS ($shell)" test_macos
done
shell='sh'
part 'the installed gateway' test_gateway
part 'the whole machine' test_system_service

result
