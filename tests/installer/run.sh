#!/usr/bin/env bash
# The installers' suite for scripts/unix/test.sh. The Windows installer's static check is LlamaGate.InstallerTests.
exec "$(dirname "${BASH_SOURCE[0]}")/test-installer-unix.sh" "$@"
