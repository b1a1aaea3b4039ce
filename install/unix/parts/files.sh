# Directories, the binary, and the list of what was installed, by which --uninstall goes. Sourced by install.sh.
# shellcheck shell=sh disable=SC2034,SC2154 # The parts share their variables.

load_list() {
  installed=
  [ ! -f "$installed_list" ] || installed=$(cat "$installed_list")$newline
}

# remember KIND NAME: kept in memory until the directory of the list is there.
remember() {
  case $newline$installed in
    *"$newline$1 $2$newline"*) ;;
    *) installed=$installed$1\ $2$newline ;;
  esac
  [ "$dry_run" = false ] && [ -d "$config_dir" ] || return 0
  if [ "$(cat "$installed_list" 2>/dev/null)$newline" != "$installed" ]; then
    printf '%s' "$installed" >"$installed_list"
  fi
}

# make_directory DIR: with its parents, and remembers those that were not there.
make_directory() {
  [ ! -d "$1" ] || return 0
  make_directory "$(dirname -- "$1")"
  act mkdir "$1" || die "$1 cannot be created. Choose another directory (--prefix, --config)."
  remember directory "$1"
}

make_config_directory() {
  [ ! -d "$config_dir" ] || return 0
  make_directory "$config_dir"
  act chmod 0700 "$config_dir"
}

# put FILE PLACE MODE: beside its place first and then renamed, so that a running gateway keeps its file and no half a
# file is ever there. Sets changed.
put() {
  changed=false
  if [ -f "$2" ] && cmp -s "$1" "$2"; then
    say "Unchanged: $2"
    return 0
  fi
  [ ! -d "$2" ] || die "$2 is a directory."
  changed=true
  make_directory "$(dirname -- "$2")"
  if [ "$dry_run" = true ]; then
    say "Would install: $2 (mode $3)"
    return 0
  fi
  { cp "$1" "$2.new" && chmod "$3" "$2.new" && mv -f "$2.new" "$2"; } ||
    die "$2 cannot be written. Choose another directory (--prefix), or run this as root."
  say "Installed: $2"
}

install_binary() {
  make_config_directory
  if [ "$dry_run" = true ] && [ ! -f "$new_binary" ]; then
    say "Would install: $binary (mode 0755)"
    binary_changed=true
    return 0
  fi
  put "$new_binary" "$binary" 0755
  binary_changed=$changed
  remember binary "$binary"
}

# config_option: nothing where the program looks by itself.
config_option() {
  case $config_dir in
    /etc/llamagate | "${XDG_CONFIG_HOME:-${HOME:-}/.config}/llamagate") ;;
    *) printf ' --config %s' "$(quoted "$env_file")" ;;
  esac
}

summary() {
  [ "$dry_run" = false ] || {
    say 'Nothing was changed.'
    return 0
  }
  say ''
  say "LlamaGate is installed: $("$binary" --version)"
  say "  settings  $env_file"
  if [ "$service" = yes ]; then
    say "  service   $service_hint"
  else
    say "  start     $(quoted "$binary")$(config_option)"
  fi
  say "  check     $(quoted "$binary") health$(config_option)"
  case :$PATH: in
    *":$bin_dir:"*) ;;
    *) say "  PATH      $bin_dir is not in it; add it, so that you can run llamagate by its name" ;;
  esac
}
