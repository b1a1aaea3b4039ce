# The systemd unit: the user's own, or, as root, the machine's with a user of its own. Sourced by install.sh.
# shellcheck shell=sh disable=SC2034,SC2154 # The parts share their variables.

service_user=llamagate log_dir=/var/log/llamagate

find_unit() {
  if [ "$as_root" = true ]; then
    unit=/etc/systemd/system/llamagate.service template_name=system.service
  else
    unit=${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user/llamagate.service template_name=user.service
  fi
}

control() {
  if [ "$as_root" = true ]; then
    act systemctl "$@"
  else
    act systemctl --user "$@"
  fi
}

install_unit() {
  find_unit
  capability='' requires=''
  if [ "$as_root" = true ]; then
    make_service_user
    warn_of_log
    port_in_use=$(used_port)
    [ "${port_in_use:-1024}" -ge 1024 ] || capability=CAP_NET_BIND_SERVICE
  fi
  new_stage
  socket_changed=false
  keep_socket
  if [ "$socket" = yes ]; then
    # systemd opens the port, so that the gateway needs no right to.
    capability='' requires=Requires=llamagate.socket
    install_socket
  fi
  fill "$template_name" BINARY="$(in_unit "$binary")" CONFIG_DIR="$(in_unit "$config_dir")" \
    STOP_SECONDS="$(stop_seconds)" USER_NAME="$service_user" CAPABILITY="$capability" REQUIRES="$requires" >"$stage/unit"
  put "$stage/unit" "$unit" 0644
  unit_changed=$changed
  remember unit "$unit"

  [ "$unit_changed$socket_changed" = falsefalse ] || control daemon-reload
  control enable llamagate.service || die "systemd did not accept the unit $unit."
  [ "$socket" = no ] || start_socket
  # A running service keeps its old binary until it is started anew.
  verb=start
  [ "$unit_changed$binary_changed" = falsefalse ] || verb=restart
  control "$verb" llamagate.service || die "The service did not start. Its log: $(journal)"
  if [ "$as_root" = true ]; then
    service_hint="systemctl status llamagate; its log: $(journal)"
  else
    service_hint="systemctl --user status llamagate; its log: $(journal)
            It runs while you are logged in. To run it from boot on: loginctl enable-linger"
  fi
}

# keep_socket: once asked for, it stays until --uninstall.
keep_socket() {
  case $newline$installed in
    *"${newline}socket "*) socket=yes ;;
  esac
}

install_socket() {
  fill llamagate.socket LISTEN="$(in_unit "$(listen_stream)")" >"$stage/socket"
  put "$stage/socket" "${unit%.service}.socket" 0644
  socket_changed=$changed
  remember socket "${unit%.service}.socket"
}

# start_socket: systemd cannot open a port that the gateway itself has open.
start_socket() {
  control enable llamagate.socket || die "systemd did not accept the unit ${unit%.service}.socket."
  if [ "$socket_changed" = true ]; then
    control stop llamagate.service || true
    control restart llamagate.socket || die "systemd could not open the port: systemctl status llamagate.socket"
  else
    control start llamagate.socket || die "systemd could not open the port: systemctl status llamagate.socket"
  fi
}

# listen_stream: address and port as systemd writes them.
listen_stream() {
  if [ "$dry_run" = true ]; then
    address=${listen:-127.0.0.1}
  else
    address=$(setting LISTEN_ADDRESS)
  fi
  case $address in
    localhost) address=127.0.0.1 ;;
    *:*) address="[$address]" ;;
  esac
  printf '%s:%s' "$address" "$(used_port)"
}

journal() {
  if [ "$as_root" = true ]; then
    printf 'journalctl -u llamagate'
  else
    printf 'journalctl --user -u llamagate'
  fi
}

# make_log_directory: systemd makes it for the unit (LogsDirectory), but a kept .env that names it is looked at before.
make_log_directory() {
  [ "$system" != Linux ] || [ "$as_root" = false ] || make_directory "$log_dir"
}

# warn_of_log: the unit can write to its own log directory only (ProtectSystem).
warn_of_log() {
  [ "$dry_run" = false ] || return 0
  log_file=$(setting LOG_FILE)
  case $log_file in
    '' | '(empty)' | "$log_dir"/*) ;;
    *) say "Warning: LOG_FILE is $log_file; the service can write only to $log_dir, and will not start." ;;
  esac
}

used_port() {
  if [ "$dry_run" = true ]; then
    say "${port:-8080}"
  else
    setting PORT
  fi
}

# in_unit PATH: % begins a specifier there; $ is itself in the path of a program.
in_unit() { printf '%s' "$1" | sed 's/%/%%/g'; }

# The gateway reads .env as its own user, so the file becomes that user's; nobody else gets to read it.
make_service_user() {
  if ! id "$service_user" >/dev/null 2>&1; then
    has useradd || die "useradd is missing: create a system user $service_user and run this again."
    act useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin \
      "$service_user" || die "The user $service_user could not be created."
    remember user "$service_user"
  fi
  act chown "root:$service_user" "$config_dir"
  act chmod 0750 "$config_dir"
  [ ! -f "$env_file" ] || act chown "$service_user:$service_user" "$env_file"
}

remove_socket() {
  control disable --now llamagate.socket || say "The socket could not be closed; it may not have been open."
  act rm -f "$1"
}

remove_unit() {
  find_unit
  control disable --now llamagate.service || say "The service could not be stopped; it may not have been running."
  act rm -f "$1"
  control daemon-reload || true
  [ "$as_root" = false ] || act rm -rf "$log_dir"
}
