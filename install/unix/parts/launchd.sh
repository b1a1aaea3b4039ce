# The launchd agent on macOS: it runs while its user is logged in. Sourced by install.sh.
# shellcheck shell=sh disable=SC2034,SC2154 # The parts share their variables.

label=llamagate

install_agent() {
  domain=gui/$(id -u)
  agent=$HOME/Library/LaunchAgents/$label.plist
  agent_log=$HOME/Library/Logs/$label.log
  new_stage
  fill agent.plist LABEL="$label" BINARY="$(in_xml "$binary")" CONFIG_DIR="$(in_xml "$config_dir")" \
    LOG="$(in_xml "$agent_log")" STOP_SECONDS="$(stop_seconds)" >"$stage/plist"
  put "$stage/plist" "$agent" 0644
  remember agent "$agent"
  make_directory "$HOME/Library/Logs"
  remember log "$agent_log"

  service_hint="launchctl print $domain/$label; its log: $agent_log"
  if is_loaded; then
    [ "$changed$binary_changed" != falsefalse ] || return 0
    # Not kickstart -k, which kills: running requests may finish.
    unload || die "The running agent did not stop. See: launchctl print $domain/$label"
  fi
  act launchctl bootstrap "$domain" "$agent" || die "launchd did not accept $agent."
}

is_loaded() { launchctl print "$domain/$label" >/dev/null 2>&1; }

# unload: launchctl answers while the agent is still stopping, sometimes with an error, and launchd takes no other of its name until
# it is gone.
unload() {
  act launchctl bootout "$domain/$label" 2>/dev/null || true
  [ "$dry_run" = false ] || return 0
  seconds=$(stop_seconds)
  while is_loaded; do
    [ "$seconds" -gt 0 ] || return 1
    seconds=$((seconds - 1))
    sleep 1
  done
}

in_xml() { printf '%s' "$1" | sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g'; }

remove_agent() {
  domain=gui/$(id -u)
  ! is_loaded || unload || say "The agent did not stop. See: launchctl print $domain/$label"
  act rm -f "$1"
}
