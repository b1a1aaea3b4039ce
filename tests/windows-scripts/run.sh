#!/usr/bin/env bash
# Reads scripts/windows where no Windows is: line ends, labels, parentheses, paths. The last line is "N passed, N failed".
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/unix/lib.sh
. "$here/../../scripts/unix/lib.sh"
require_command node
cd "$root" || exit 1

# As a checkout on any system writes them: cmd loses labels in a file with Unix line ends.
ends=$(git ls-files --eol -- 'scripts/windows/*.cmd' | grep -v 'attr/text eol=crlf')
crlf='ok: git writes CRLF into every script'
[ -z "$ends" ] || crlf="FAILED: git writes CRLF into every script: $ends"
found=$(say "$crlf" && node "$here/lint.mjs" scripts/windows)
say "$found"
passed=$(grep -c '^ok: ' <<<"$found")
failed=$(grep -c '^FAILED: ' <<<"$found")
[ "$passed" -gt 1 ] || failed=$((failed + 1))
say "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
