# As root, for the whole machine: in a mount namespace with an /etc, /usr/local and /var/log of its own, so that the user is
# really made and the files really are where a machine has them. Sourced by test-installer-unix.sh.
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2034,SC2154 # The parts share variables; what fakes do is in single quotes.

# on_machine COMMAND…: as root on the throw-away machine, which lasts from call to call.
on_machine() {
  local become=()
  [ "$(id -u)" -eq 0 ] || become=(sudo)
  "${become[@]+"${become[@]}"}" env -i PATH="$fakes:$PATH" HOME=/root TMPDIR=/tmp unshare --mount sh -ec '
    machine=$1
    shift
    mount --bind "$machine/etc" /etc
    mount --bind "$machine/usr-local" /usr/local
    mount --bind "$machine/var-log" /var/log
    exec "$@"' machine "$work/machine" "$@" >"$out" 2>&1
  code=$?
}

install_on_machine() { on_machine sh "$root/install/unix/install.sh" "$@"; }

# as_service COMMAND…: as systemd would start it: its user, its directory, no capability.
as_service() {
  on_machine sh -ec 'cd /etc/llamagate && exec setpriv --reuid llamagate --regid llamagate --clear-groups --no-new-privs \
    --bounding-set -all --inh-caps -all env -i "$@"' as-service "$@"
}

test_system_service() {
  if [ "$(uname -s)" != Linux ]; then
    echo 'not run, this is not Linux: the system service'
    return
  fi
  local unit=$work/machine/etc/systemd/system/llamagate.service
  new_home
  rm "$fakes/id"
  recorded systemctl
  mkdir -p "$work/machine/usr-local" "$work/machine/var-log/llamagate"
  cp -a /etc "$work/machine/etc"
  rm -rf "$work/machine/etc/llamagate"
  chmod 0755 "$work"

  install_on_machine --yes --service --binary "$real_binary" --listen 0.0.0.0 --port 443
  check 'as root: ends with 0' is "$code" 0
  check 'the binary is in /usr/local/bin' cmp -s "$real_binary" "$work/machine/usr-local/bin/llamagate"
  check 'the unit names it' has_line "$unit" 'ExecStart="/usr/local/bin/llamagate"'
  check 'and its own user' has_line "$unit" User=llamagate
  check 'a port below 1024 gets its capability' has_line "$unit" AmbientCapabilities=CAP_NET_BIND_SERVICE
  check 'memory stays writable and executable, as .NET needs' not grep -q '^MemoryDenyWriteExecute' "$unit"
  check 'systemd is told, in order' is "$(tr '\n' ';' <"$calls")" \
    'systemctl daemon-reload;systemctl enable llamagate.service;systemctl restart llamagate.service;'
  on_machine stat -c '%U:%G %a' /etc/llamagate /etc/llamagate/.env
  check '.env is the service'\''s own, its directory root'\''s' is "$(tr '\n' ';' <"$out")" \
    'root:llamagate 750;llamagate:llamagate 600;'
  as_service /usr/local/bin/llamagate check-config
  check 'the service'\''s user can read it' says 'configuration is valid'
  on_machine setpriv --reuid 65534 --regid 65534 --clear-groups cat /etc/llamagate/.env
  check 'others cannot' not is "$code" 0

  if ! command -v systemd-analyze >/dev/null; then
    echo 'not run, there is no systemd-analyze: the system unit'
  else
    on_machine systemd-analyze verify /etc/systemd/system/llamagate.service
    check 'systemd-analyze verify has nothing to say' is "$code$(cat "$out")" 0
    on_machine systemd-analyze security --offline=true --no-pager --threshold=20 /etc/systemd/system/llamagate.service
    check 'systemd-analyze security: exposure at most 2.0 of 10' is "$code" 0
  fi

  on_machine sh -c 'echo LOG_FILE=/srv/llamagate.log >>/etc/llamagate/.env'
  install_on_machine --yes --service --binary "$real_binary"
  check 'a log where the unit cannot write is warned of' says 'Warning: LOG_FILE is /srv/llamagate.log'
  on_machine sh -c "sed -i 's|^LOG_FILE=.*|LOG_FILE=/var/log/llamagate/llamagate.log|' /etc/llamagate/.env"
  install_on_machine --yes --service --binary "$real_binary"
  check 'one in its own directory is not' not says Warning
  check 'and root has made no file there that the service could not write' is "$(ls "$work/machine/var-log/llamagate")" ''

  install_on_machine --yes --service --binary "$real_binary" --prefix /root/apps
  check 'a place that the unit shuts out is refused' says '/root/apps/bin/llamagate lies there'

  install_on_machine --uninstall
  check '--uninstall ends with 0' is "$code" 0
  check 'of files only .env is left' is "$(cd "$work/machine" && find . -path '*llamagate*' ! -type d)" ./etc/llamagate/.env
  check 'and no log of the service' not test -e "$work/machine/var-log/llamagate"
  on_machine id llamagate
  check 'the user is gone' not is "$code" 0
  on_machine stat -c '%U %a' /etc/llamagate/.env
  check 'and .env is root'\''s' is "$(cat "$out")" 'root 600'

  install_on_machine --yes --binary "$real_binary"
  check 'without --service: no unit' not test -e "$unit"
  on_machine stat -c '%U %a' /etc/llamagate
  check 'and a directory for root alone' is "$(cat "$out")" 'root 700'
  [ "$(id -u)" -eq 0 ] || sudo rm -rf "$work/machine"
}
