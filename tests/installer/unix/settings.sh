# What lands in .env from options, and what is refused. Sourced by test-installer-unix.sh.
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2034,SC2154 # The parts share variables; what fakes do is in single quotes.

test_settings() {
  local file
  new_home
  file=$home/.config/llamagate/.env
  run_installer --yes --binary "$binary" --ollama-host http://user:secret@127.0.0.1:9 --port=18099 --listen 127.0.0.1 \
    --rate-limit 2.5 --api-key 'abc.DEF-123=='
  check 'options become lines of .env' is "$(grep -v '^#' "$file" | tr '\n' ' ')" \
    'OLLAMA_HOST=http://user:secret@127.0.0.1:9 PORT=18099 LISTEN_ADDRESS=127.0.0.1 RATE_LIMIT_RPS=2.5 API_KEY=abc.DEF-123== '
  check 'it says that no Ollama answers there' says 'No Ollama answers at http://127.0.0.1:9.'
  check 'a password is not shown' not says secret
  check 'nor a key' not says abc.DEF
  rm "$file"
  run_installer --dry-run --binary "$binary" --ollama-host http://user:secret@127.0.0.1:9 --api-key abc.DEF
  check 'nor by --dry-run, which tells of the rest' says 'OLLAMA_HOST=http://127.0.0.1:9'
  check 'and has neither' not grep -qE 'secret|abc.DEF' "$out"

  new_home
  file=$home/.config/llamagate/.env
  run_installer --yes --binary "$binary"
  check 'on this machine only: no key' not grep -q API_KEY "$file"
  check 'the defaults are the gateway'\''s' has_line "$file" OLLAMA_HOST=http://localhost:11434

  new_home
  file=$home/.config/llamagate/.env
  run_installer --yes --binary "$binary" --listen 0.0.0.0
  check 'open to the network: a key is made' grep -qE '^API_KEY=[A-Za-z0-9_-]{32,}$' "$file"
  check 'and is not shown' not says "$(sed -n 's/^API_KEY=//p' "$file")"
  check 'it says where it is' says "API_KEY in $file"

  new_home
  run_installer --yes --binary "$binary" --listen 0.0.0.0 --no-api-key
  check '--no-api-key: none' not grep -q API_KEY "$home/.config/llamagate/.env"

  new_home
  answers=from-standard-input
  run_installer --yes --binary "$binary" --api-key -
  answers=
  check 'a key from the standard input' has_line "$home/.config/llamagate/.env" API_KEY=from-standard-input

  new_home
  run_installer --yes --binary "$binary" --port 99999 --listen nowhere
  check 'settings that the gateway refuses: exit code 1' is "$code" 1
  check 'it says why, in the gateway'\''s words' says 'PORT: "99999" is not allowed'
  check 'all of them' says 'LISTEN_ADDRESS: "nowhere" is not allowed'
  check 'and nothing was installed' is "$(find "$home" -mindepth 1)" ''
  run_installer --yes --binary "$binary" --api-key 'a"b'
  check 'a key that would need quotes is refused' is "$code" 1

  mkdir -p "$home/.config/llamagate"
  echo PORT=nonsense >"$home/.config/llamagate/.env"
  run_installer --yes --binary "$binary"
  check 'an .env that the gateway refuses is kept' has_line "$home/.config/llamagate/.env" PORT=nonsense
  check 'and told of' says 'Warning: the gateway will not start with'

  new_home
  ln -s "$home/gone" "$work/link-$homes"
  mkdir -p "$home/.config/llamagate"
  mv "$work/link-$homes" "$home/.config/llamagate/.env"
  run_installer --yes --binary "$binary"
  check 'an .env that is a link to nowhere is kept too' test -L "$home/.config/llamagate/.env"
  check 'and nothing is written through it' not test -e "$home/gone"

  new_home
  INSTALLER_ENV=(PORT=nonsense API_KEY=of-this-shell OLLAMA_HOST=127.0.0.1:9)
  run_installer --yes --binary "$binary"
  INSTALLER_ENV=()
  check 'the gateway does not see the variables of this shell' is "$code" 0
  check 'OLLAMA_HOST of the environment is the default' has_line "$home/.config/llamagate/.env" OLLAMA_HOST=127.0.0.1:9
  check 'no other variable gets in' not grep -qE 'nonsense|API_KEY' "$home/.config/llamagate/.env"

  new_home
  INSTALLER_ENV=(OLLAMA_HOST=0.0.0.0)
  run_installer --yes --binary "$binary"
  INSTALLER_ENV=()
  check 'what Ollama listens on is understood' has_line "$home/.config/llamagate/.env" OLLAMA_HOST=http://0.0.0.0:11434
  check 'as this machine' says 'answers at http://127.0.0.1:11434.'

  new_home
  INSTALLER_ENV=("OLLAMA_HOST=gpu1=10.0.0.5,gpu2=http://127.0.0.1:9")
  run_installer --yes --dry-run --binary "$binary"
  check 'a list of hosts stays as it is' says 'OLLAMA_HOST=gpu1=10.0.0.5,gpu2=http://127.0.0.1:9'
  INSTALLER_ENV=()
  new_home
  run_installer --yes --binary "$binary" --ollama-host gpu1=http://127.0.0.1:9,127.0.0.1:10
  check 'each host is looked for' says 'No Ollama answers at http://127.0.0.1:9.'
  check 'also one without a name' says 'No Ollama answers at http://127.0.0.1:10.'
}
