#!/usr/bin/env bash
# CPU and bytes of a plain request, in about a minute. Two builds: bench/cpu.sh --gateway Before=PATH --gateway After=PATH
set -euo pipefail
exec "$(dirname "${BASH_SOURCE[0]}")/run.sh" --only plain --seconds 5 --skip direct,nginx "$@"
