#!/usr/bin/env bash
# Measures the gateway beside the limit: direct, nginx, YARP and LlamaGate in one run. bench/run.sh --help says the options.
set -euo pipefail
# shellcheck source=scripts/unix/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/unix/lib.sh"
# shellcheck source=bench/lib.sh
. "$root/bench/lib.sh"

quick='' needs_gateway=1
for argument in "$@"; do
  case $argument in
    --quick) quick=1 ;;
    --gateway | --from) needs_gateway='' ;;
  esac
done

bench_begin wrk
bench_build
bench_check "$@"
gateways=()
if [ -n "$needs_gateway" ]; then
  bench_publish
  gateways=(--gateway "LlamaGate=$work/publish")
fi

# Bounded: a run that hangs is ended, and clean_up ends what it has started.
limit=1500
[ -z "$quick" ] || limit=360
bench_harness "$limit" "${gateways[@]}" "$@"
