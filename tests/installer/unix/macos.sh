# The way that macOS takes, with its uname and a launchctl that writes down its calls. Sourced by test-installer-unix.sh.
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2034,SC2154 # The parts share variables; what fakes do is in single quotes.

mac() {
  new_home
  fake uname <<<'[ "$1" = -m ] && echo arm64 || echo Darwin'
  fake id <<<'[ "$1" = -u ] && echo 501'
  fake sleep <<<'exit 0'
  # launchd knows the agent from its bootstrap on, and for some time after its bootout, in which it takes no other of that name.
  rm -f "$work/loaded" "$work/stopping"
  fake launchctl <<TEXT
loaded='$work/loaded' stopping='$work/stopping'
if [ "\$1" = print ]; then
  if [ -s "\$stopping" ]; then
    sed -i.old 1d "\$stopping"
    [ -s "\$stopping" ] || rm "\$loaded"
  fi
  [ -f "\$loaded" ]
  exit
fi
echo "launchctl \$*" >>'$calls'
case \$1 in
  bootstrap)
    [ ! -f "\$loaded" ] || { echo 'Bootstrap failed: 5: Input/output error' >&2 && exit 5; }
    touch "\$loaded"
    ;;
  bootout)
    printf '1\n2\n3\n' >"\$stopping"
    echo 'Boot-out failed: 36: Operation now in progress' >&2
    exit 36
    ;;
esac
TEXT
}

test_macos() {
  local agent before
  mac
  agent=$home/Library/LaunchAgents/llamagate.plist
  run_installer --yes --service --binary "$binary"
  check '--service ends with 0' is "$code" 0
  check 'the agent names the binary' grep -qF "<string>$home/.local/bin/llamagate</string>" "$agent"
  check 'and the directory of .env' grep -qF "<string>$home/.config/llamagate</string>" "$agent"
  check 'and how long to wait' grep -qF '<integer>45</integer>' "$agent"
  check 'no placeholder is left' not grep -q '@[A-Z_]*@' "$agent"
  check 'launchd takes it in' is "$(cat "$calls")" "launchctl bootstrap gui/501 $agent"

  : >"$calls"
  before=$(snapshot "$home")
  run_installer --yes --service --binary "$binary"
  check 'again: no file changes' is "$(snapshot "$home")" "$before"
  check 'and what runs goes on' is "$(cat "$calls")" ''

  echo SHUTDOWN_TIMEOUT=2m >>"$home/.config/llamagate/.env"
  run_installer --yes --service --binary "$binary"
  check 'a changed agent is taken out, waited for, and taken in again' is "$code$(cut -d ' ' -f 2 "$calls" | tr '\n' ' ')" \
    '0bootout bootstrap '

  : >"$calls"
  { cat "$binary" && echo newer; } >"$work/newer"
  chmod +x "$work/newer"
  run_installer --yes --service --binary "$work/newer"
  check 'so is one with a new binary, which lets requests finish' is "$code$(cut -d ' ' -f 2 "$calls" | tr '\n' ' ')" \
    '0bootout bootstrap '
  rm "$work/newer"

  touch "$home/Library/Logs/llamagate.log"
  run_installer --uninstall
  check '--uninstall leaves only .env' only_env_is_left
  check 'and launchd knows of nothing' not test -e "$work/loaded"

  mac
  home="$home/R&D <new>"
  mkdir -p "$home"
  run_installer --yes --service --binary "$binary"
  check 'a path is escaped in the agent' grep -qF 'R&amp;D &lt;new&gt;/.local' \
    "$home/Library/LaunchAgents/llamagate.plist"
  run_installer --uninstall

  mac
  fake id <<<'[ "$1" = -u ] && echo 0'
  run_installer --yes --service --binary "$binary" --prefix "$home/root" --config "$home/root/etc"
  check 'root is told to use its own account' says 'run this without sudo'
}
