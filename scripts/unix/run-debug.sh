#!/usr/bin/env bash
# run.sh with the log at debug level.
set -euo pipefail
DEBUG=true exec "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/run.sh" "$@"
