# The questions, answered through a pipe and at a terminal. Sourced by test-installer-unix.sh.
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2034,SC2154 # The parts share variables; what fakes do is in single quotes.

test_questions() {
  local file
  new_home
  file=$home/.config/llamagate/.env
  answers=$'http://127.0.0.1:9\n18081\n0.0.0.0\n\n\nn'
  run_installer --binary "$binary"
  check 'answers through a pipe' is "$code" 0
  check 'go into .env' is "$(grep -v '^#\|^API_KEY' "$file" | tr '\n' ' ')" \
    'OLLAMA_HOST=http://127.0.0.1:9 PORT=18081 LISTEN_ADDRESS=0.0.0.0 RATE_LIMIT_RPS=10 '
  check 'open to the network, the suggestion is a new key' grep -qE '^API_KEY=.{32,}$' "$file"

  new_home
  file=$home/.config/llamagate/.env
  answers=$'\n\n\nmy-own-key\n5\n\n'
  run_installer --binary "$binary"
  check 'Enter takes the default, a word is the key' is "$(grep -v '^#' "$file" | tr '\n' ' ')" \
    'OLLAMA_HOST=http://localhost:11434 PORT=8080 LISTEN_ADDRESS=127.0.0.1 RATE_LIMIT_RPS=5 API_KEY=my-own-key '
  check 'Enter is no yes to a service' not test -e "$home/.config/systemd"

  new_home
  answers=$'\n\n'
  run_installer --binary "$binary"
  check 'answers that end too early: exit code 1' is "$code" 1
  check 'it says what to do' says 'Answer the questions, or use --yes'
  check 'and nothing was installed' is "$(find "$home" -mindepth 1)" ''

  new_home
  file=$home/.config/llamagate/.env
  answers=$'\n\n\n'
  run_installer --binary "$binary" --port 18082 --no-api-key --no-service
  check 'what an option said is not asked' has_line "$file" PORT=18082
  answers=
  run_installer --binary "$binary" --no-service
  check 'with an .env there is no question' is "$code" 0

  [ "$(uname -s)" = Linux ] || return
  new_home
  file=$home/.config/llamagate/.env
  printf '\n18083\n\n\n\nn\n' |
    env -i PATH="$fakes:$PATH" HOME="$home" TMPDIR="$work" TERM=dumb \
      script -qec "$shell '$root/install/unix/install.sh' --binary '$binary'" /dev/null >"$out" 2>&1
  check 'answers at a terminal' has_line "$file" PORT=18083
}
