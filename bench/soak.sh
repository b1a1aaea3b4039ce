#!/usr/bin/env bash
# The gateway at half of its capacity, with 10 % clients that leave and 2 % upstream faults: memory flat, no error of its own?
# bench/soak.sh [--minutes 30] [--gateway LABEL=PATH]
set -euo pipefail
# shellcheck source=scripts/unix/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/unix/lib.sh"
# shellcheck source=bench/lib.sh
. "$root/bench/lib.sh"

minutes=30 gateway=''
while [ $# -gt 0 ]; do
  case $1 in
    --minutes) minutes=${2:?--minutes needs a number} ;;
    --gateway) gateway=${2:?--gateway needs LABEL=PATH} ;;
    *) die "unknown argument '$1': bench/soak.sh [--minutes 30] [--gateway LABEL=PATH]" ;;
  esac
  shift 2
done

bench_begin wrk
bench_build
if [ -z "$gateway" ]; then
  bench_publish
  gateway=LlamaGate=$work/publish
fi
bench_harness "$((${minutes%.*} * 75 + 300))" --soak "$minutes" --skip nginx,yarp,yarp-again,yarp-inline --gateway "$gateway"
