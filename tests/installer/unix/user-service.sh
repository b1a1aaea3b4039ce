# --service as a user of Linux, with a systemctl that only writes down its calls. Sourced by test-installer-unix.sh.
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2034,SC2154 # The parts share variables; what fakes do is in single quotes.

test_user_service() {
  local unit before
  new_home
  recorded systemctl
  fake uname <<<'[ "$1" = -m ] && echo x86_64 || echo Linux'
  unit=$home/.config/systemd/user/llamagate.service
  run_installer --yes --service --binary "$binary"
  check '--service ends with 0' is "$code" 0
  check 'the unit names the binary, with its spaces' has_line "$unit" "ExecStart=\"$home/.local/bin/llamagate\""
  check 'and the directory of .env' has_line "$unit" "WorkingDirectory=$home/.config/llamagate"
  check 'it waits for the gateway to be ready' has_line "$unit" Type=notify
  check 'it waits longer than SHUTDOWN_TIMEOUT' has_line "$unit" TimeoutStopSec=45
  check 'no placeholder is left' not grep -q '@[A-Z_]*@' "$unit"
  check 'systemd is told, in order' is "$(tr '\n' ';' <"$calls")" \
    'systemctl --user daemon-reload;systemctl --user enable llamagate.service;systemctl --user restart llamagate.service;'
  check 'it says how it starts at boot' says 'loginctl enable-linger'

  : >"$calls"
  before=$(snapshot "$home")
  run_installer --yes --service --binary "$binary"
  check 'again: no file changes' is "$(snapshot "$home")" "$before"
  check 'and what runs goes on' is "$(tr '\n' ';' <"$calls")" \
    'systemctl --user enable llamagate.service;systemctl --user start llamagate.service;'

  printf '%s\n' SHUTDOWN_TIMEOUT=12m3.5s SHUTDOWN_DELAY=10s >>"$home/.config/llamagate/.env"
  run_installer --yes --service --binary "$binary"
  check 'SHUTDOWN_TIMEOUT and SHUTDOWN_DELAY in .env are followed' has_line "$unit" TimeoutStopSec=749
  check 'and the service is started anew' called 'systemctl --user restart llamagate.service'

  analyze 'systemd-analyze has nothing to say' verify --user "$unit"

  : >"$calls"
  run_installer --uninstall
  check '--uninstall stops it and leaves only .env' only_env_is_left
  check 'in order' is "$(tr '\n' ';' <"$calls")" \
    'systemctl --user disable --now llamagate.service;systemctl --user daemon-reload;'

  test_user_socket
  test_odd_paths
}

test_user_socket() {
  local unit socket_unit
  new_home
  recorded systemctl
  fake uname <<<'[ "$1" = -m ] && echo x86_64 || echo Linux'
  unit=$home/.config/systemd/user/llamagate.service socket_unit=$home/.config/systemd/user/llamagate.socket
  run_installer --yes --service --binary "$binary"
  check 'without --socket: no socket unit' not test -e "$socket_unit"
  check 'and none that the service requires' not grep -q '^Requires=' "$unit"
  : >"$calls"
  run_installer --yes --socket --binary "$binary"
  check '--socket: the port of .env' has_line "$socket_unit" ListenStream=127.0.0.1:8080
  check 'which the service requires' has_line "$unit" Requires=llamagate.socket
  check 'no placeholder is left in either' not grep -q '@[A-Z_]*@' "$unit" "$socket_unit"
  check 'the gateway lets go of the port before systemd opens it' is "$(tr '\n' ';' <"$calls")" \
    'systemctl --user daemon-reload;systemctl --user enable llamagate.service;systemctl --user enable llamagate.socket;'"\
"'systemctl --user stop llamagate.service;systemctl --user restart llamagate.socket;systemctl --user restart llamagate.service;'
  analyze 'systemd-analyze has nothing to say of the socket' verify --user "$unit" "$socket_unit"

  sed -i.old 's/^LISTEN_ADDRESS=.*/LISTEN_ADDRESS=::/' "$home/.config/llamagate/.env"
  rm "$home/.config/llamagate/.env.old"
  : >"$calls"
  run_installer --yes --service --binary "$binary"
  check 'the socket stays, and follows .env' has_line "$socket_unit" 'ListenStream=[::]:8080'
  analyze 'IPv6 too' verify --user "$unit" "$socket_unit"
  : >"$calls"
  run_installer --uninstall
  check '--uninstall removes both and leaves only .env' only_env_is_left
  check 'the socket first' is "$(head -n 1 "$calls")" 'systemctl --user disable --now llamagate.socket'
}

test_odd_paths() {
  local unit
  new_home
  recorded systemctl
  fake uname <<<'[ "$1" = -m ] && echo x86_64 || echo Linux'
  home="$home/50% of \$HOME & more"
  mkdir -p "$home"
  unit=$home/.config/systemd/user/llamagate.service
  run_installer --yes --service --binary "$binary"
  check 'a home with every odd character' is "$code" 0
  check 'is escaped in the unit' grep -qF '50%% of $HOME & more/.local/bin/llamagate"' "$unit"
  analyze 'so that systemd finds the binary' verify --user "$unit"

  new_home
  fake uname <<<'[ "$1" = -m ] && echo x86_64 || echo Linux'
  fake systemctl <<<'case "$*" in *start*) exit 1 ;; esac'
  run_installer --yes --service --binary "$binary"
  check 'a service that does not start: exit code 1' is "$code" 1
  check 'it says where its log is' says 'journalctl --user -u llamagate'

  new_home
  recorded systemctl
  run_installer --yes --service --binary "$binary" --prefix "$home/O'Brien"
  check 'a path that systemd does not take is refused' says 'whose path contains a quote'

  new_home
  bare_tools
  run_installer --yes --service --binary "$binary"
  tools=
  check 'without systemd --service is refused' says 'systemctl is missing'
  check 'before anything is installed' is "$(find "$home" -mindepth 1)" ''
}
