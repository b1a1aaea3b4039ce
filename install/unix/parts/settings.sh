# .env: asked for, checked by the gateway itself, written once and never again. Sourced by install.sh.
# shellcheck shell=sh disable=SC2034,SC2154 # The parts share their variables.

choose_settings() {
  if [ -e "$env_file" ] || [ -L "$env_file" ]; then
    say "Kept: $env_file exists and is not changed."
    [ -z "$given_settings$key_choice" ] ||
      say "Not used: ${given_settings:-the choice of a key}. Edit $env_file yourself."
    new_env=false
    return 0
  fi
  new_env=true
  choose ollama_host "$given_ollama_host" 'Where is Ollama?' "$(known_ollama)"
  choose port "$given_port" 'Which port should the gateway listen on?' 8080
  choose listen "$given_listen" 'Which address should it listen on? 127.0.0.1 = this machine only, 0.0.0.0 = the network' 127.0.0.1
  choose_key
  choose rate_limit "$given_rate_limit" 'How many requests per second can a client send?' 10
}

# known_ollama: OLLAMA_HOST as Ollama's own tools read it, where a host without a port is enough.
known_ollama() {
  case ${OLLAMA_HOST:-} in
    '') printf 'http://localhost:11434' ;;
    # A list of hosts is the gateway's own form, and is complete.
    *:* | *,* | *=*) printf '%s' "$OLLAMA_HOST" ;;
    *) printf 'http://%s:11434' "$OLLAMA_HOST" ;;
  esac
}

# choose VARIABLE GIVEN QUESTION DEFAULT
choose() {
  answer=$2
  [ -n "$answer" ] || ask "$3" "$4"
  eval "$1=\$answer"
}

choose_key() {
  case $listen in
    127.* | ::1 | localhost) suggested=none ;;
    *) suggested=generate ;;
  esac
  if [ -z "$key_choice" ]; then
    ask 'API key for clients: "generate", "none", or the key itself' "$suggested"
    case $answer in
      none | generate) key_choice=$answer ;;
      *) key_choice=given given_key=$answer ;;
    esac
  fi
  if [ "$key_choice" = given ] && [ "$given_key" = - ]; then
    read_answer
    given_key=$answer
  fi
  # Other characters mean something in .env; the gateway takes them, but then the quoting is the writer's.
  case $key_choice:$given_key in
    given:) die "The API key is empty. For no authentication, use --no-api-key." ;;
    given:*[!A-Za-z0-9._~+/=@:-]*)
      die "The API key has characters that must be quoted in .env. Write it there yourself."
      ;;
  esac
}

# check_new_settings: before anything is installed.
check_new_settings() {
  [ "$dry_run" = false ] || return 0
  if [ "$new_env" = false ]; then
    [ "$service" = no ] || make_log_directory
    gateway "$new_binary" "$config_dir" check-config >/dev/null ||
      say "Warning: the gateway will not start with $env_file as it is; see above."
    return 0
  fi
  key=
  case $key_choice in
    generate) key=$("$new_binary" keygen) || die "No key could be generated." ;;
    given) key=$given_key ;;
  esac
  new_stage
  (umask 077 && env_text "$key" >"$stage/.env")
  gateway "$new_binary" "$stage" check-config >/dev/null || die "Nothing was installed."
}

# gateway BINARY DIR ARGUMENT…: with the settings of DIR only, as a service sees them, not with this shell's variables.
gateway() (
  cd "$2" || exit 1
  program=$1
  shift 2
  exec env -i PATH="$PATH" HOME="${HOME:-/}" "$program" "$@"
)

# setting NAME: what the installed gateway would use. Secrets are "(set)".
setting() { gateway "$binary" "$config_dir" check-config 2>/dev/null | sed -n "s/^  $1  *//p"; }

env_text() {
  cat <<TEXT
# Created by the installer, which never changes it again. All variables: llamagate --help.
OLLAMA_HOST=$ollama_host
PORT=$port
LISTEN_ADDRESS=$listen
RATE_LIMIT_RPS=$rate_limit
TEXT
  [ -z "$1" ] || say "API_KEY=$1"
}

install_settings() {
  [ "$new_env" = true ] || return 0
  if [ "$dry_run" = true ]; then
    case $key_choice in
      none) key='' ;;
      *) key='(a key)' ;;
    esac
    say "Would write $env_file (mode 0600):"
    env_text "$key" | sed -e 's|//[^/@]*@|//|g' -e 's/^/  | /'
    return 0
  fi
  # -C refuses a file that has appeared meanwhile.
  (umask 077 && set -C && cat "$stage/.env" >"$env_file") || die "$env_file cannot be written."
  say "Installed: $env_file"
  [ "$key_choice" != generate ] || say "A key was generated: API_KEY in $env_file"
}
