# What systemd and launchd have in common. Sourced by install.sh.
# shellcheck shell=sh disable=SC2034,SC2154 # The parts share their variables.

choose_service() {
  if [ "$service" = ask ]; then
    service=no
    if [ "$interactive" = true ] && confirm 'Start the gateway at boot, as a service?'; then
      service=yes
    fi
  fi
  [ "$service" = yes ] || return 0
  case $system in
    Darwin)
      [ "$socket" = no ] || die "--socket needs systemd; macOS has none."
      [ "$as_root" = false ] || die "On macOS the service is an agent of your user: run this without sudo."
      ;;
    *)
      has systemctl || die "systemctl is missing: --service needs systemd. Without systemd, let your init system start
$binary in $config_dir."
      case $binary in
        *[\\\"\']*) die "systemd cannot start a program whose path contains a quote or a backslash: $binary. Use --prefix." ;;
      esac
      [ "$as_root" = false ] || must_be_seen "$binary" "$config_dir"
      ;;
  esac
}

# must_be_seen PATH…: the system unit shuts out homes (ProtectHome) and has a /tmp of its own (PrivateTmp).
must_be_seen() {
  for path in "$@"; do
    case $path/ in
      /home/* | /root/* | /run/user/* | /tmp/* | /var/tmp/*)
        die "A system service cannot read home directories and /tmp, and $path is there. Use --prefix and --config,
or install without root, for this user only."
        ;;
    esac
  done
}

install_service() {
  case $system in
    Darwin) install_agent ;;
    *) install_unit ;;
  esac
}

# stop_seconds: longer than the gateway takes to let requests finish (SHUTDOWN_DELAY and then SHUTDOWN_TIMEOUT, each written as 1h30m or 30s).
stop_seconds() {
  drain=30s delay=''
  [ "$dry_run" = true ] || { drain=$(setting SHUTDOWN_TIMEOUT) && delay=$(setting SHUTDOWN_DELAY); }
  printf '%s\n' "${drain:-30s}$delay" | awk '{
    size["h"] = 3600; size["m"] = 60; size["s"] = 1; size["ms"] = 0.001
    while (match($0, /^[0-9.]+/)) {
      number = substr($0, 1, RLENGTH); $0 = substr($0, RLENGTH + 1)
      if (!match($0, /^[a-z]+/)) break
      total += number * size[substr($0, 1, RLENGTH)]; $0 = substr($0, RLENGTH + 1)
    }
    printf "%d\n", total + 15.999
  }'
}

# fill TEMPLATE NAME=VALUE…: the template with @NAME@ replaced. Values pass as variables, so no character of a path is
# special to the one who replaces.
# shellcheck disable=SC2016 # What awk calls $0.
fill() {
  template=$here/templates/$1
  shift
  env "$@" awk '{
    rest = $0; line = ""
    while (match(rest, /@[A-Z_]+@/)) {
      line = line substr(rest, 1, RSTART - 1) ENVIRON[substr(rest, RSTART + 1, RLENGTH - 2)]
      rest = substr(rest, RSTART + RLENGTH)
    }
    print line rest
  }' "$template"
}
