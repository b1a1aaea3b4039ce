#!/usr/bin/env bash
# For whoever optimises: CPU and bytes of a plain request, in under 30 s. bench/cpu.sh --gateway before=DIR --gateway after=DIR
set -euo pipefail
exec "$(dirname "${BASH_SOURCE[0]}")/run.sh" --only plain --seconds 5 --skip direct,nginx "$@"
