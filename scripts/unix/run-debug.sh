#!/usr/bin/env bash
# run.sh with the log at debug level.
set -euo pipefail
DEBUG=true exec "$(dirname "${BASH_SOURCE[0]}")/run.sh" "$@"
