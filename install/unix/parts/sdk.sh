# The .NET SDK that global.json wants: found, or installed after asking. Sourced by install.sh.
# shellcheck shell=sh disable=SC2034,SC2154 # The parts share their variables.

dotnet_install_url=${DOTNET_INSTALL_URL:-https://dot.net/v1/dotnet-install.sh}

need_sdk() {
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  [ -f "$root/global.json" ] || die "There are no sources next to this script: use --binary FILE."
  sdk_version=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json" | head -n 1)
  # A vendor's script of an earlier run puts it there, where no PATH finds it.
  if ! sdk_fits && [ -x "${HOME:-}/.dotnet/dotnet" ]; then
    use_own_sdk
  fi
  if sdk_fits; then
    say "The .NET SDK is there: $(cd "$root" && dotnet --version)"
    return 0
  fi

  say "The .NET SDK $sdk_version is missing; the build needs it."
  find_package
  if [ -n "$package_command" ]; then
    install_package
  else
    run_vendor_script
  fi
  [ "$dry_run" = true ] || sdk_fits || die "The .NET SDK still does not fit global.json ($sdk_version).
Install it from https://dotnet.microsoft.com/download and run this again."
}

# Asked from the sources, so that global.json decides.
sdk_fits() { has dotnet && (cd "$root" && dotnet --version) >/dev/null 2>&1; }

use_own_sdk() {
  PATH=$HOME/.dotnet:$PATH DOTNET_ROOT=$HOME/.dotnet
  export PATH DOTNET_ROOT
}

# Many distributions build SDKs of another feature band than global.json's; such a package would be installed in vain.
version_fits() {
  version=${1%%[-+~]*}
  case $version in
    "${sdk_version%??}"[0-9][0-9]) [ "${version#"${sdk_version%??}"}" -ge "${sdk_version#"${sdk_version%??}"}" ] ;;
    *) return 1 ;;
  esac
}

# find_package: sets package_command when the distribution has a package that fits.
find_package() {
  package_command='' package=dotnet-sdk-${sdk_version%.*}
  if has apt-get; then
    offered=$(apt-cache policy "$package" 2>/dev/null | sed -n 's/^ *Candidate: *//p')
    manager='apt-get install -y'
  elif has dnf; then
    offered=$(dnf -q repoquery --latest-limit 1 --qf '%{version}\n' "$package" 2>/dev/null | head -n 1)
    manager='dnf install -y'
  elif has zypper; then
    offered=$(zypper --quiet info "$package" 2>/dev/null | sed -n 's/^Version *: *//p')
    manager='zypper --non-interactive install'
  else
    offered='' manager=''
  fi
  ! version_fits "${offered:-none}" || package_command="$manager $package"
}

install_package() {
  if [ "$as_root" = false ]; then
    has sudo || {
      say "The distribution has a package, but installing it needs root, and sudo is missing."
      run_vendor_script
      return 0
    }
    package_command="sudo $package_command"
  fi
  confirm "Install it now ($package_command)?" || die "Without the SDK the gateway cannot be built. Install it, or use --binary FILE."
  # shellcheck disable=SC2086 # These are words.
  act $package_command || die "The package could not be installed: $package_command"
}

run_vendor_script() {
  [ -n "${HOME:-}" ] || die "HOME is not set, so the directory for the SDK is unknown."
  has bash || die "The vendor's script needs bash: install bash and run this again."
  confirm "Install it for this user into $HOME/.dotnet, with the vendor's script ($dotnet_install_url)?" ||
    die "Without the SDK the gateway cannot be built. Install it, or use --binary FILE."
  new_stage
  fetch "$dotnet_install_url" "$stage/dotnet-install.sh"
  act bash "$stage/dotnet-install.sh" --version "$sdk_version" --install-dir "$HOME/.dotnet" --no-path ||
    die "The vendor's script failed: $dotnet_install_url"
  use_own_sdk
  remember sdk "$HOME/.dotnet"
}

# fetch ADDRESS FILE
fetch() {
  if has curl; then
    act curl --fail --silent --show-error --location --proto '=https,file' --proto-redir '=https' --output "$2" "$1" ||
      die "The vendor's script could not be fetched: $1"
  elif has wget; then
    act wget -q -O "$2" "$1" || die "The vendor's script could not be fetched: $1"
  else
    die "curl or wget is needed to fetch $1"
  fi
}
