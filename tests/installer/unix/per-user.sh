# Install, again, newer, --prefix, --dry-run, --uninstall. Sourced by test-installer-unix.sh.
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2034,SC2154 # The parts share variables; what fakes do is in single quotes.

test_per_user() {
  local before env_text
  new_home
  run_installer --dry-run --service --binary "$binary"
  check '--dry-run ends with 0' is "$code" 0
  check 'it says that nothing was changed' says 'Nothing was changed.'
  check 'it names the file' says "Would install: $home/.local/bin/llamagate"
  check 'and touches nothing' is "$(find "$home" -mindepth 1)" ''
  check 'not even by systemctl' is "$(cat "$calls")" ''

  run_installer --yes --binary "$binary"
  check 'install ends with 0' is "$code" 0
  check 'the binary is what was given' cmp -s "$binary" "$home/.local/bin/llamagate"
  check 'everybody may run it' is "$(mode "$home/.local/bin/llamagate")" -rwxr-xr-x
  check '.env is its owner'\''s alone' is "$(mode "$home/.config/llamagate/.env")" -rw-------
  check 'and so is its directory' is "$(mode "$home/.config/llamagate")" drwx------
  check 'it says how to start by hand' says "start     '$home/.local/bin/llamagate'"
  check 'it says that PATH lacks the directory' says "$home/.local/bin is not in it"
  check 'no service was asked for, none is there' not test -e "$home/.config/systemd"

  before=$(snapshot "$home")
  run_installer --yes --binary "$binary"
  check 'a second run ends with 0' is "$code" 0
  check 'and changes nothing' is "$(snapshot "$home")" "$before"

  { cat "$binary" && echo newer; } >"$work/newer"
  chmod +x "$work/newer"
  env_text=$(cat "$home/.config/llamagate/.env")
  run_installer --yes --port 9999 --generate-key --binary "$work/newer"
  check 'a newer binary takes the place of the old' cmp -s "$work/newer" "$home/.local/bin/llamagate"
  check '.env is kept as it was' is "$(cat "$home/.config/llamagate/.env")" "$env_text"
  check 'it says which options had no effect' says 'Not used: --port'
  rm "$work/newer"

  run_installer --yes --prefix "$home/my apps" --binary "$binary"
  check '--prefix puts the binary elsewhere' cmp -s "$binary" "$home/my apps/bin/llamagate"
  run_installer --uninstall
  check '--uninstall ends with 0' is "$code" 0
  check 'it leaves .env and nothing else, in every prefix' only_env_is_left
  check 'with the directories that were there' is "$(cd "$home" && find . -type d | sort | tr '\n' ' ')" \
    '. ./.config ./.config/llamagate '
  run_installer --uninstall
  check 'a second --uninstall finds nothing and is content' is "$code" 0
  rm "$home/.config/llamagate/.env"
  run_installer --yes --binary "$binary"
  rm "$home/.config/llamagate/.env"
  run_installer --uninstall
  check 'without an .env it leaves nothing at all' is "$(find "$home/.config/llamagate" "$home/.local" 2>/dev/null)" ''

  test_faults
}

test_faults() {
  new_home
  run_installer --nonsense
  check 'an unknown option: exit code 2' is "$code" 2
  run_installer --port
  check 'a missing value: exit code 2' is "$code" 2
  run_installer --help
  check '--help ends with 0' is "$code" 0
  check 'and tells of --prefix' says '--prefix DIR'
  run_installer --yes --binary "$home/nothing"
  check 'a binary that is not there: exit code 1' is "$code" 1
  mkdir -p "$home/.local/bin/llamagate"
  run_installer --yes --binary "$binary"
  check 'a directory in the place of the binary: exit code 1' is "$code" 1
  check 'it is named' says "$home/.local/bin/llamagate is a directory."
  fake uname <<<'echo MINGW64_NT-10.0'
  run_installer --yes --binary "$binary"
  check 'on Windows it names the other installer' says 'install\windows\install.cmd'
  fake uname <<<'[ "$1" = -m ] && echo riscv64 || echo Linux'
  run_installer --yes --binary "$binary"
  check 'an unknown processor is named' says 'this is riscv64'
}
