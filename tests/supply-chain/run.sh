#!/usr/bin/env bash
# What the product is made of and how it is released: licences, notices, bill of materials, locks, the same build twice.
# The last line is "N passed, N failed".
set -euo pipefail
# shellcheck source=scripts/unix/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/unix/lib.sh"

require_dotnet
for command in node npm jq zip git; do
  require_command "$command"
done
cd "$root/tests/supply-chain"
install_node_modules .
build_release "$gateway_project"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
code=0
node --test --test-reporter=spec --test-reporter-destination=stdout \
  --test-reporter=tap --test-reporter-destination="$work/summary" ./*.test.mjs || code=$?
counted() { sed -n "s/^# $1 \([0-9]*\)\$/\1/p" "$work/summary" | tail -n 1; }
passed=$(counted pass)
failed=$(counted fail)
[ "$code" -eq 0 ] || [ "${failed:-0}" -gt 0 ] || failed=1
say "${passed:-0} passed, ${failed:-1} failed"
[ "${failed:-1}" -eq 0 ]
