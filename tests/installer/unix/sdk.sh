# No .NET SDK, or one that does not fit: a package, the vendor's script, or a clear word. In a throw-away checkout whose
# build is a stand-in, with only the tools that a bare machine has on PATH. Sourced by test-installer-unix.sh.
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2034,SC2154 # The parts share variables; what fakes do is in single quotes.

# bare_machine: no dotnet, no package manager, and a checkout to build from.
bare_machine() {
  new_home
  bare_tools
  checkout="$work/check out"
  rm -rf "$checkout"
  mkdir -p "$checkout/scripts/unix"
  cp -R "$root/install" "$root/global.json" "$checkout/"
  cat >"$checkout/scripts/unix/build.sh" <<TEXT
[ -x "\$(command -v dotnet)" ] || exit 1
echo "build \$*" >>'$calls'
mkdir -p "$checkout/publish/\$2" && cp '$binary' "$checkout/publish/\$2/"
TEXT
  sdk=$(sed -n 's/.*"version": "\([^"]*\)".*/\1/p' "$root/global.json")
  cat >"$work/dotnet-install.sh" <<TEXT
echo "vendor \$*" >>'$calls'
mkdir -p "\$4" && printf '#!/bin/sh\necho $sdk\n' >"\$4/dotnet" && chmod +x "\$4/dotnet"
TEXT
  INSTALLER_ENV=("DOTNET_INSTALL_URL=file://$work/dotnet-install.sh")
}

vendor_call() { called "vendor --version $sdk --install-dir $home/.dotnet --no-path"; }

# package_manager VERSION: apt that offers this version of the SDK; installing it makes dotnet appear.
package_manager() {
  fake apt-cache <<<"echo 'dotnet-sdk-10.0:'; echo '  Installed: (none)'; echo '  Candidate: $1'"
  fake apt-get <<TEXT
echo "apt-get \$*" >>'$calls'
printf '#!/bin/sh\necho $sdk\n' >'$fakes/dotnet' && chmod +x '$fakes/dotnet'
TEXT
  fake sudo <<<"echo \"sudo \$*\" >>'$calls'; exec \"\$@\""
}

test_sdk() {
  bare_machine
  run_installer --yes
  check 'no SDK, no package: installed by the vendor'\''s script' is "$code" 0
  check 'with the version of global.json, for this user' vendor_call
  check 'then built for this machine' grep -qE '^build --rid (linux|osx)-(x64|arm64)$' "$calls"
  check 'and installed' cmp -s "$binary" "$home/.local/bin/llamagate"
  : >"$calls"
  run_installer --yes
  check 'a second run finds the SDK where the first put it' not vendor_call
  run_installer --uninstall
  check '--uninstall names the SDK, which it leaves' says "Kept: the .NET SDK in $home/.dotnet"

  bare_machine
  answers=n
  mkdir -p "$home/.config/llamagate" && touch "$home/.config/llamagate/.env"
  run_installer --no-service
  check 'asked and refused: exit code 1' is "$code" 1
  check 'the address was in the question' says "dotnet-install.sh)? [y/N]"
  check 'nothing was fetched' is "$(cat "$calls")" ''
  answers=y
  run_installer --no-service
  check 'asked and agreed: installed' vendor_call
  answers=

  bare_machine
  run_installer --dry-run
  check '--dry-run tells of the script' says "--version $sdk --install-dir"
  check 'and of the build' says 'scripts/unix/build.sh'
  check 'and does neither' is "$(cat "$calls")$(find "$home" -mindepth 1)" ''

  test_sdk_packages
  test_sdk_faults
  tools='' checkout='' INSTALLER_ENV=()
}

test_sdk_packages() {
  bare_machine
  package_manager "$sdk-1"
  run_installer --yes
  check 'a package that fits is taken, through sudo' called "sudo apt-get install -y dotnet-sdk-10.0"
  check 'and not the script' not vendor_call

  bare_machine
  package_manager 10.0.110-0ubuntu1~24.04.1
  run_installer --yes
  check 'a package of another feature band is not' not grep -q apt-get "$calls"
  check 'but the script' vendor_call

  bare_machine
  package_manager "$sdk-1"
  rm "$fakes/sudo"
  run_installer --yes
  check 'a package without root and sudo: the script' vendor_call

  bare_machine
  fake dnf <<TEXT
[ "\$2" != repoquery ] || { echo $sdk && exit; }
echo "dnf \$*" >>'$calls'
printf '#!/bin/sh\necho $sdk\n' >'$fakes/dotnet' && chmod +x '$fakes/dotnet'
TEXT
  fake sudo <<<'exec "$@"'
  run_installer --yes
  check 'dnf does it too' called 'dnf install -y dotnet-sdk-10.0'
}

test_sdk_faults() {
  bare_machine
  fake dotnet <<<'echo "A compatible .NET SDK was not found." >&2; exit 145'
  run_installer --yes
  check 'an SDK that does not fit counts as none' vendor_call

  bare_machine
  rm "$work/dotnet-install.sh"
  run_installer --yes
  check 'a script that is not there: exit code 1' is "$code" 1
  check 'its address is named' says "could not be fetched: file://$work/dotnet-install.sh"

  bare_machine
  echo true >"$work/dotnet-install.sh"
  run_installer --yes
  check 'a script that installs nothing: exit code 1' is "$code" 1
  check 'it says what is missing' says "The .NET SDK still does not fit global.json ($sdk)."

  bare_machine
  echo 'echo broken; exit 3' >"$checkout/scripts/unix/build.sh"
  run_installer --yes
  check 'a build that fails: exit code 1' is "$code" 1
  check 'and no binary' not test -e "$home/.local"
}
