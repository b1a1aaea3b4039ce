# As root, for the whole machine, on one to throw away with a systemd of its own: the user is really made, the unit really starts
# the gateway, shut in as it says. Sourced by test-installer-unix.sh.
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2034,SC2154 # The parts share variables; what fakes do is in single quotes.

become=()
[ "$(id -u)" -eq 0 ] || become=(sudo)
as_root() { "${become[@]+"${become[@]}"}" "$@"; }

# on_machine COMMAND…: as root there.
on_machine() {
  as_root nsenter --target "$(cat "$work/machine.pid")" --mount --root --pid --ipc --uts --cgroup \
    env -i PATH="/usr/local/bin:/usr/local/sbin:$PATH" HOME=/root "$@" >"$out" 2>&1 </dev/null
  code=$?
}

install_on_machine() { on_machine sh /mnt/checkout/install/unix/install.sh "$@"; }

session_is_up() { as_person systemctl --user is-system-running && says running; }
is_running() { on_machine systemctl is-active llamagate && [ "$code" -eq 0 ]; }
machine_is_up() { on_machine systemctl is-system-running && says running; }
main_process() { on_machine systemctl show --property MainPID --value llamagate && cat "$out"; }

start_machine() {
  mkdir "$work/files"
  cp "$real_binary" "$work/files/llamagate"
  as_root "$here/unix/machine.sh" "$root" "$work/files" "$work/machine" >"$work/machine.log" 2>&1 &
  pids+=($!)
  check 'a machine to throw away starts' eventually test -s "$work/machine.pid"
  check 'with a systemd of its own' eventually machine_is_up
}

stop_machine() { as_root kill -KILL "$(cat "$work/machine.pid")"; }

test_system_service() {
  if [ "$(uname -s)" != Linux ]; then
    echo 'not run, this is not Linux: the system service'
    return
  fi
  start_machine
  test_system_install
  test_service_at_work
  test_system_uninstall
  test_system_socket
  test_user_service_at_work
  test_team_path
  stop_machine
}

test_system_install() {
  local unit=/etc/systemd/system/llamagate.service
  # One that only root may take.
  service_port=$(free_port 880)
  service_url=http://127.0.0.1:$service_port
  install_on_machine --yes --service --binary /mnt/files/llamagate --ollama-host "http://127.0.0.1:$ollama_port" --listen 0.0.0.0 \
    --port "$service_port"
  check 'as root: ends with 0' is "$code" 0
  check 'it finds Ollama' says "Ollama answers at http://127.0.0.1:$ollama_port."
  on_machine cmp /mnt/files/llamagate /usr/local/bin/llamagate
  check 'the binary is in /usr/local/bin' is "$code" 0
  check 'the gateway runs' is_running
  check 'and is ready when systemd says so' is "$(status "$service_url/readyz")" 200
  on_machine cat "$unit"
  check 'a port below 1024 gets its capability' has_line "$out" AmbientCapabilities=CAP_NET_BIND_SERVICE
  check 'memory stays writable and executable, as .NET needs' not grep -q '^MemoryDenyWriteExecute' "$out"
  on_machine stat -c '%U:%G %a' /etc/llamagate /etc/llamagate/.env
  check '.env is the service'\''s own, its directory root'\''s' is "$(tr '\n' ';' <"$out")" \
    'root:llamagate 750;llamagate:llamagate 600;'
  on_machine setpriv --reuid 65534 --regid 65534 --clear-groups cat /etc/llamagate/.env
  check 'others cannot read it' not is "$code" 0
  on_machine systemd-analyze verify "$unit"
  check 'systemd-analyze verify has nothing to say' is "$code$(cat "$out")" 0
  on_machine systemd-analyze security --offline=true --no-pager --threshold=20 "$unit"
  check 'systemd-analyze security: exposure at most 2.0 of 10' is "$code" 0

  install_on_machine --yes --service --binary /mnt/files/llamagate --prefix /root/apps
  check 'a place that the unit shuts out is refused' says '/root/apps/bin/llamagate is there'
  on_machine sed -i '$a LOG_FILE=/srv/llamagate.log' /etc/llamagate/.env
  install_on_machine --yes --service --binary /mnt/files/llamagate
  check 'a log where the unit cannot write is warned of' says 'Warning: LOG_FILE is /srv/llamagate.log'
  on_machine sed -i 's|^LOG_FILE=.*|LOG_FILE=/var/log/llamagate/llamagate.log|' /etc/llamagate/.env
  install_on_machine --yes --service --binary /mnt/files/llamagate
  check 'one in its own directory is not' not says Warning
}

# What only systemd itself can prove.
test_service_at_work() {
  local process
  process=$(main_process)
  on_machine sh -c "id -u llamagate; awk '/^(Uid|NoNewPrivs|Seccomp):/ { print \$2 }' /proc/$process/status"
  check 'it is the user'\''s process, without new privileges, with a filter of system calls' is \
    "$(sed 1d "$out" | tr '\n' ' ')" "$(head -n 1 "$out") 1 2 "
  on_machine journalctl --unit llamagate --output cat --no-pager
  check 'its lines are in the journal as they are' grep -q '^{"level":"info","message":"LlamaGate listens on ' "$out"

  on_machine systemctl restart llamagate
  check 'a restart ends when the gateway is ready' is "$code$(status "$service_url/readyz")" 0200
  on_machine stat -c '%U %a' /var/log/llamagate /var/log/llamagate/llamagate.log
  check 'LOG_FILE is the service'\''s, in the directory that the unit made' is "$(tr '\n' ';' <"$out")" 'llamagate 750;llamagate 600;'
  on_machine sh -c 'cd /etc/llamagate && llamagate check-config'
  check 'root can check the configuration while it runs' is "$code" 0

  process=$(main_process)
  on_machine kill -KILL "$process"
  check 'killed, it is started again' eventually is_ready_again "$process"
  test_service_stop

  on_machine sed -i '$a RATE_LIMIT_RPS=nonsense' /etc/llamagate/.env
  on_machine systemctl start llamagate
  check 'with an .env that is not valid the start fails' not is "$code" 0
  on_machine journalctl --unit llamagate --output cat --no-pager
  check 'and the journal says why' says 'RATE_LIMIT_RPS: "nonsense" is not allowed'
  on_machine systemctl stop llamagate
}

is_ready_again() { [ "$(main_process)" != "$1" ] && [ "$(status "$service_url/readyz")" = 200 ]; }

test_service_stop() {
  local key url=$service_url
  on_machine sed -n 's/^API_KEY=//p' /etc/llamagate/.env
  key=$(cat "$out")
  begin_stream 2
  on_machine systemctl stop llamagate
  check 'a stop waits for it' is "$code" 0
  check 'and it goes on to its end' stream_ends_well
  on_machine systemctl show --property ActiveState --property Result --value llamagate
  check 'which systemd calls a success' is "$(sort "$out" | tr '\n' ' ')" 'inactive success '
}

test_system_uninstall() {
  install_on_machine --uninstall
  check '--uninstall ends with 0' is "$code" 0
  on_machine find /etc /usr/local /var/log -path '*llamagate*' ! -type d
  check 'of files only .env is left' is "$(cat "$out")" /etc/llamagate/.env
  on_machine test -e /var/log/llamagate
  check 'and no log of the service' is "$code" 1
  on_machine id llamagate
  check 'the user is gone' not is "$code" 0
  on_machine systemctl status llamagate
  check 'and systemd knows of nothing' is "$code" 4
  on_machine stat -c '%U %a' /etc/llamagate/.env
  check '.env is root'\''s' is "$(cat "$out")" 'root 600'

  on_machine sed -i /nonsense/d /etc/llamagate/.env
  install_on_machine --yes --service --binary /mnt/files/llamagate
  check 'again, with the .env that was kept: nothing is wrong' not says Warning
  check 'and the gateway is ready' is "$(status "$service_url/readyz")" 200
  install_on_machine --uninstall

  install_on_machine --yes --binary /mnt/files/llamagate
  on_machine test -e /etc/systemd/system/llamagate.service
  check 'without --service: no unit' is "$code" 1
  on_machine stat -c '%U %a' /etc/llamagate
  check 'and a directory for root alone' is "$(cat "$out")" 'root 700'
}

# What it is for: a restart under clients that open a connection for each request, of whom none is refused. One that the old process
# had accepted and not read may be closed without a byte, as at any stop (52, 56): its request is sent again.
test_system_socket() {
  local clients='' number line
  install_on_machine --yes --socket --binary /mnt/files/llamagate
  check '--socket ends with 0' is "$code" 0
  check 'the gateway is ready at the port of .env' is "$(status "$service_url/readyz")" 200
  on_machine journalctl --unit llamagate --output cat --no-pager
  check 'it says that systemd opened the port' says 'systemd opened the port'
  on_machine grep -c '^AmbientCapabilities=$' /etc/systemd/system/llamagate.service
  check 'and needs no capability for it' is "$(cat "$out")" 1
  on_machine systemd-analyze verify /etc/systemd/system/llamagate.socket /etc/systemd/system/llamagate.service
  check 'systemd-analyze verify has nothing to say' is "$code$(cat "$out")" 0

  touch "$work/go-on"
  for number in 1 2 3; do
    (while [ -e "$work/go-on" ]; do
      line=$(curl --silent --output /dev/null --max-time 60 --write-out '%{http_code} %{exitcode}' "$service_url/livez")
      case $line in *' 52' | *' 56') ;; *) echo "$line" ;; esac
    done >>"$work/clients.$number") &
    clients="$clients $!"
  done
  for number in 1 2 3; do
    on_machine systemctl restart llamagate
    check "restart $number under clients ends with 0" is "$code" 0
  done
  rm "$work/go-on"
  # shellcheck disable=SC2086 # A list of processes.
  wait $clients
  check 'no client was refused' not grep -q ' 7$' "$work"/clients.[123]
  check 'and each request was answered' is "$(sort -u "$work"/clients.[123])" '200 0'

  install_on_machine --uninstall
  on_machine find /etc/systemd -name 'llamagate*'
  check '--uninstall removes both units' is "$(cat "$out")" ''
}

# as_person COMMAND…: a user of the machine whose own systemd runs, as for one who has logged in.
as_person() {
  on_machine runuser --user person -- env -i PATH="$PATH" HOME=/home/person XDG_RUNTIME_DIR=/run/user/person "$@"
}

test_user_service_at_work() {
  local url
  on_machine useradd --create-home person
  on_machine install --directory --owner person --mode 0700 /run/user/person
  on_machine systemd-run --unit=person --uid=person --property=Delegate=yes --setenv=HOME=/home/person \
    --setenv=XDG_RUNTIME_DIR=/run/user/person /lib/systemd/systemd --user
  check 'a user'\''s own systemd starts' eventually session_is_up

  url=http://127.0.0.1:$(any_port)
  as_person sh /mnt/checkout/install/unix/install.sh --yes --service --binary /mnt/files/llamagate --port "${url##*:}"
  check 'as that user: ends with 0' is "$code" 0
  check 'the gateway is ready when systemd says so' is "$(status "$url/readyz")" 200
  as_person systemctl --user stop llamagate
  as_person systemctl --user show --property ActiveState --property Result --value llamagate
  check 'it stops in order' is "$(sort "$out" | tr '\n' ' ')" 'inactive success '
  as_person sh /mnt/checkout/install/unix/install.sh --uninstall
  on_machine find /home/person -path '*llamagate*' ! -type d
  check 'and leaves only .env' is "$(cat "$out")" /home/person/.config/llamagate/.env
}
