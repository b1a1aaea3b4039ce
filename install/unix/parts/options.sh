# The command line. Sourced by install.sh.
# shellcheck shell=sh disable=SC2034,SC2154 # The parts share their variables.

prefix='' config='' given_binary='' service=ask socket=no interactive=true dry_run=false uninstall=false want_help=false
given_ollama_host='' given_port='' given_listen='' given_rate_limit='' key_choice='' given_key='' given_settings=''

refuse() {
  printf 'install.sh: %s\nTry --help.\n' "$*" >&2
  exit 2
}

# set_option NAME VALUE
set_option() {
  [ -n "$2" ] || refuse "$1 needs a value."
  case $2 in
    *"$newline"*) refuse "The value of $1 has a line break." ;;
  esac
  case $1 in
    --prefix) prefix=$(absolute "$2") ;;
    --config) config=$(absolute "$2") ;;
    --binary) given_binary=$(absolute "$2") ;;
    --ollama-host) given_ollama_host=$2 ;;
    --port) given_port=$2 ;;
    --listen) given_listen=$2 ;;
    --rate-limit) given_rate_limit=$2 ;;
    --api-key) key_choice=given given_key=$2 ;;
  esac
  case $1 in
    --prefix | --config | --binary) ;;
    *) given_settings=$given_settings${given_settings:+ }$1 ;;
  esac
}

absolute() {
  case $1 in
    /*) printf '%s' "${1%/}" ;;
    *) printf '%s' "$PWD/${1%/}" ;;
  esac
}

read_options() {
  while [ $# -gt 0 ]; do
    case $1 in
      --prefix | --config | --binary | --ollama-host | --port | --listen | --rate-limit | --api-key)
        [ $# -ge 2 ] || refuse "$1 needs a value."
        set_option "$1" "$2"
        shift
        ;;
      --prefix=* | --config=* | --binary=* | --ollama-host=* | --port=* | --listen=* | --rate-limit=* | --api-key=*)
        set_option "${1%%=*}" "${1#*=}"
        ;;
      --generate-key) key_choice=generate ;;
      --no-api-key) key_choice=none ;;
      --service) service=yes ;;
      --no-service) service=no ;;
      --socket) service=yes socket=yes ;;
      -y | --yes) interactive=false ;;
      --dry-run) dry_run=true interactive=false ;;
      --uninstall) uninstall=true ;;
      -h | --help) want_help=true ;;
      *) refuse "Unknown option: $1" ;;
    esac
    shift
  done
}
