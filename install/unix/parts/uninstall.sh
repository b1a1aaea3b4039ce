# Takes back what the list says was installed, the service first. Sourced by install.sh.
# shellcheck shell=sh disable=SC2034,SC2154 # The parts share their variables.

uninstall() {
  if [ -z "$installed" ]; then
    say "Nothing to remove: there is no $installed_list."
    return 0
  fi
  # Before the service, which a connection would start again.
  for kind in socket unit agent binary log user; do
    each "$kind" remove
  done
  act rm -f "$installed_list"
  # Deepest first; one that holds anything, such as .env, stays.
  installed=$(printf '%s' "$installed" | sed '1!G;h;$!d')$newline
  each directory remove
  rmdir_quietly "$config_dir"
  each sdk remove
  [ ! -e "$env_file" ] || say "Kept: $env_file"
}

# each KIND COMMAND: calls COMMAND KIND NAME for each line of that kind.
each() {
  # By a here-document and not by a pipe, so that a failure ends the installer.
  while read -r entry_kind entry_name; do
    [ "$entry_kind" != "$1" ] || "$2" "$entry_kind" "$entry_name" </dev/null
  done <<TEXT
$installed
TEXT
}

remove() {
  case $1 in
    socket) remove_socket "$2" ;;
    unit) remove_unit "$2" ;;
    agent) remove_agent "$2" ;;
    binary | log) act rm -f "$2" ;;
    user)
      [ ! -f "$env_file" ] || act chown root:root "$env_file"
      act chown root:root "$config_dir"
      act chmod 0700 "$config_dir"
      act userdel "$2" || say "The user $2 could not be removed."
      ;;
    directory)
      rmdir_quietly "$2"
      return 0
      ;;
    sdk)
      say "Kept: the .NET SDK in $2, because other programs may use it. To remove it: rm -r $(quoted "$2")"
      return 0
      ;;
  esac
  [ "$dry_run" = true ] || say "Removed: $2"
}

rmdir_quietly() {
  if [ "$dry_run" = true ]; then
    say "Would remove, if empty: $1"
  else
    rmdir "$1" 2>/dev/null || true
  fi
}
