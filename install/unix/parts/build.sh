# The binary that is to be installed: given, or built. Sourced by install.sh.
# shellcheck shell=sh disable=SC2034,SC2154 # The parts share their variables.

choose_binary() {
  if [ -n "$given_binary" ]; then
    [ -f "$given_binary" ] || die "There is no file $given_binary."
    [ -x "$given_binary" ] || die "$given_binary is not executable."
    new_binary=$given_binary
    return 0
  fi
  new_binary=$root/publish/$rid/llamagate
  ! is_musl || die "LlamaGate is built for glibc, and this Linux has musl: run it in a container (Dockerfile)."
  need_sdk
  # Files of root's in the sources would stop their owner's next build.
  [ "$as_root" = false ] || [ -z "${SUDO_USER:-}" ] || say "Note: root runs this build. It is better to build as $SUDO_USER
(./scripts/unix/build.sh) and then: sudo ./install/unix/install.sh --binary publish/$rid/llamagate"
  has bash || die "scripts/unix/build.sh needs bash: install bash and run this again."
  if [ "$dry_run" = true ]; then
    say "Would run: $(quoted bash "$root/scripts/unix/build.sh" --rid "$rid")"
    return 0
  fi
  say "Building for $rid; the first time takes a few minutes …"
  bash "$root/scripts/unix/build.sh" --rid "$rid" || die "The build failed; see the output above."
  [ -x "$new_binary" ] || die "The build did not produce $new_binary."
}
