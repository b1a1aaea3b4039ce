#!/usr/bin/env bash
# Clients that share a GPU: going to Ollama directly, then through the gateway, side by side. bench/shared.sh --help says the options.
set -euo pipefail
# shellcheck source=scripts/unix/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/unix/lib.sh"
# shellcheck source=bench/lib.sh
. "$root/bench/lib.sh"

quick='' needs_gateway=1
for argument in "$@"; do
  case $argument in
    --quick) quick=1 ;;
    --gateway) needs_gateway='' ;;
  esac
done

bench_begin curl
# Figures alone go to standard output, so that --json can be read by a program.
bench_build >&2
bench_check --shared "$@"
gateways=()
if [ -n "$needs_gateway" ]; then
  bench_publish >&2
  gateways=(--gateway "$work/publish")
fi

# Bounded: a run that hangs is ended, and clean_up ends what it has started.
limit=2700
[ -z "$quick" ] || limit=480
bench_harness "$limit" --shared "${gateways[@]}" "$@"
