# docs/team.md, step by step, on the machine to throw away: its commands, with this machine's addresses. Sourced by
# test-installer-unix.sh, after system-service.sh.
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2154 # The parts share variables; what runs on the machine is in single quotes.

# team_block SECTION NUMBER: a fenced block of the document.
team_block() {
  awk -v section="## $1." -v wanted="$2" '
    /^## / { inside = index($0, section) == 1; count = 0 }
    inside && /^```/ { open = !open; count += open; next }
    inside && open && count == wanted' "$root/docs/team.md" |
    # One Ollama under two names: two hosts must not have the same address.
    sed -e "s|gpu1.lan:11434|127.0.0.1:$ollama_port|" -e "s|gpu2.lan:11434|localhost:$ollama_port|" -e "s|8443|$team_port|" -e "s|^ADMIN_KEY=.*|ADMIN_KEY=$team_admin|" \
      -e 's|^\(sudo ./install/unix/install.sh .*--yes\)|\1 --binary /mnt/files/llamagate|'
}

# team_step SECTION NUMBER [DIRECTORY]: runs a block on the machine.
team_step() {
  team_block "$1" "$2" >"$work/files/step.sh"
  on_machine bash -c "cd '${3:-/root/team}' && PATH=/root/bin:\$PATH && set -euo pipefail && . /mnt/files/step.sh"
  [ "$code" -eq 0 ] && [ -s "$work/files/step.sh" ]
}

# The document's commands are those of a user who may become others; the machine's only user is root.
become_others() {
  printf '%s\n' '#!/bin/sh' '[ "$1" != -u ] || exec runuser --user "$2" -- env PATH="$PATH" "$3" "$4"' 'exec "$@"' >"$work/files/sudo"
  on_machine sh -c 'mkdir -p /root/bin /root/team && install -m 0755 /mnt/files/sudo /root/bin/sudo'
}

# The settings of the document take the place of those of the installer.
write_settings() {
  team_block 3 2 >"$work/files/settings"
  on_machine sh -c 'cd /etc/llamagate && cut -d= -f1 /mnt/files/settings | sed "s/.*/\/^&=\/d/" >/root/old.sed && echo /^OLLAMA_HOST=/d >>/root/old.sed &&
    sed -i -f /root/old.sed .env && cat /mnt/files/settings >>.env'
}

# ask PATH ARGUMENT…: over HTTPS, as the document's users do.
ask() { on_machine curl --silent --max-time 60 --cacert /root/team/fullchain.pem "https://localhost:$team_port$1" "${@:2}"; }
key_of() { on_machine cat "/root/team/$1.key" && cat "$out"; }
answers_with() { ask "${@:2}" --output /dev/null --write-out '%{http_code}' && is "$(cat "$out")" "$1"; }
counts_one_call() {
  on_machine sh -c 'PATH=/root/bin:$PATH; cd /; sudo -u llamagate llamagate usage | grep -E "^alice +1 "'
  [ "$code" -eq 0 ]
}
is_up() { curl --silent --max-time 10 "http://127.0.0.1:$prometheus_port/api/v1/query?query=up" | grep -qE '"value":\[[0-9.]+,"1"\]'; }

test_team_path() {
  local hello='{"model":"demo","messages":[{"role":"user","content":"Say hello"}]}'
  team_port=$(any_port) team_admin=an-admin-key-of-the-team
  become_others
  check 'step 1: the service is installed' team_step 1 1 /mnt/checkout
  check 'step 2: three people get keys' team_step 2 1
  check 'step 3: two hosts and a certificate' team_step 3 1
  write_settings
  check 'and the service takes them' team_step 3 3
  ask /v1/chat/completions -H "Authorization: Bearer $(key_of alice)" -H 'Content-Type: application/json' --data "$hello"
  check 'step 4: alice gets an answer over HTTPS' says '"finish_reason":"stop"'
  check 'without a key there is none' answers_with 401 /v1/models
  ask /admin/api/status -H "Authorization: Bearer $team_admin"
  check 'the page knows both hosts' is "$(jq -r '[.hosts[] | "\(.name) \(.state)"] | join(" ")' "$out")" 'gpu1 up gpu2 up'
  check 'the accounts know her call' eventually counts_one_call
  test_team_monitoring
  check 'step 6: an upgrade, and back' team_step 6 1 /mnt/checkout
  check 'with the same keys' answers_with 200 /v1/models -H "Authorization: Bearer $(key_of bob)"
  install_on_machine --uninstall
  check 'and the service can be removed' is "$code" 0
}

test_team_monitoring() {
  prometheus_port=$(any_port)
  sed -e "s|localhost:8080|localhost:$team_port|" -e 's|15s|1s|' -e "s|alerts.yml|$root/deploy/prometheus/alerts.yml|" \
    -e 's|^  - job_name: llamagate|&\n    scheme: https\n    tls_config: { ca_file: ca.pem }|' "$root/deploy/prometheus/prometheus.yml" >"$work/prometheus.yml"
  on_machine cat /root/team/fullchain.pem
  cp "$out" "$work/ca.pem"
  prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/prometheus" --web.listen-address="127.0.0.1:$prometheus_port" \
    --log.level=error >"$work/prometheus.log" 2>&1 &
  pids+=($!)
  check 'step 5: Prometheus reads the metrics over HTTPS' eventually is_up
}
