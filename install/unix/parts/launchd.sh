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

  if ! launchctl print "$domain/$label" >/dev/null 2>&1; then
    act launchctl bootstrap "$domain" "$agent" || die "launchd did not take $agent."
  elif [ "$changed" = true ]; then
    act launchctl bootout "$domain/$label" || die "The running agent could not be stopped."
    act launchctl bootstrap "$domain" "$agent" || die "launchd did not take $agent."
  elif [ "$binary_changed" = true ]; then
    act launchctl kickstart -k "$domain/$label" || die "The agent did not start anew."
  fi
  service_hint="launchctl print $domain/$label; its log: $agent_log"
}

in_xml() { printf '%s' "$1" | sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g'; }

remove_agent() {
  act launchctl bootout "gui/$(id -u)/$label" || say "The agent could not be stopped; it may not have been running."
  act rm -f "$1"
}
