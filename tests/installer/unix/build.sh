# A real build through the real script. Sourced by test-installer-unix.sh.
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2034,SC2154 # The parts share variables; what fakes do is in single quotes.

# sets real_binary, and binary: a small one that hands everything on to it, because 130 MB would be copied again and again.
test_build() {
  test_real_build
  real_binary=${BINARY:-$real_binary}
  if [ ! -x "$real_binary" ]; then
    failed=$((failed + 1))
    echo 'Without a binary there is nothing more to test.'
    result
    exit
  fi
  binary=$work/llamagate
  printf '#!/bin/sh\nexec "%s" "$@"\n' "$real_binary" >"$binary"
  chmod +x "$binary"
}

test_real_build() {
  new_home
  # The build runs in this user's own home, with the packages and settings that are there; what is installed goes elsewhere.
  # And no compiler or build server that would outlive the test.
  INSTALLER_ENV=("HOME=$HOME" MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false)
  # Where there is a binary already, this one is only started once, and its code has been analyzed.
  [ -z "${BINARY-}" ] || INSTALLER_ENV+=(PublishReadyToRun=false RunAnalyzers=false)
  run_installer --yes --no-service --prefix "$home/.local" --config "$home/.config/llamagate"
  INSTALLER_ENV=()
  check 'a fresh machine: builds and installs' is "$code" 0
  check 'it says which SDK it found' says 'The .NET SDK is there: 10.'
  real_binary=$home/.local/bin/llamagate
  check 'the binary runs by itself' is "$(env -i "$real_binary" --version | cut -d ' ' -f 1)" llamagate
  check 'nothing but the binary lies in its directory' is "$(ls "$home/.local/bin")" llamagate
}
