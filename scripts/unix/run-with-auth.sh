#!/usr/bin/env bash
# run.sh with an API key: yours (API_KEY in the environment or .env), else a new one that is shown once.
set -euo pipefail
# shellcheck source=scripts/unix/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

case " $* " in
  *' -h '* | *' --help '*) exec "$root/scripts/unix/run.sh" --help ;;
esac

if [ -z "${API_KEY-}" ]; then
  build_release "$gateway_project"
  configured=$(setting API_KEY) || exit 1
  # The demo takes its key from the environment only, so that it never depends on what is in .env.
  if [ "$configured" = '(not set)' ] || [[ " $* " == *' --demo '* ]]; then
    API_KEY=$(dotnet "$gateway_dll" keygen)
    export API_KEY
    say "API_KEY was not set. This start uses a new key, which is shown only once and not stored:"
    say "  $API_KEY"
  fi
fi

exec "$root/scripts/unix/run.sh" "$@"
