# Is Ollama there? Only looked for, never installed: which models and which hardware is not this installer's choice.
# Sourced by install.sh.
# shellcheck shell=sh disable=SC2034,SC2154 # The parts share their variables.

look_for_ollama() {
  if [ "$dry_run" = true ]; then
    # Without passwords before it is split: one can contain a comma.
    ollama_hosts=$(printf '%s' "${ollama_host:-http://localhost:11434}" | sed 's|//[^/@]*@|//|g')
  else
    ollama_hosts=$(setting OLLAMA_HOST)
    case $(setting HOSTS_FILE) in
      '' | '(empty)') ;;
      *) return 0 ;;
    esac
  fi
  while [ -n "$ollama_hosts" ]; do
    ollama_url=${ollama_hosts%%,*}
    case $ollama_hosts in
      *,*) ollama_hosts=${ollama_hosts#*,} ;;
      *) ollama_hosts= ;;
    esac
    look_for_host
  done
}

# look_for_host: $ollama_url, which may begin with a name: gpu1=http://10.0.0.5:11434.
look_for_host() {
  case ${ollama_url%%=*} in
    *[!A-Za-z0-9._-]*) ;;
    *) ollama_url=${ollama_url#*=} ;;
  esac
  case $ollama_url in
    '') return 0 ;;
    *://*) ;;
    *) ollama_url=http://$ollama_url ;;
  esac
  shown=$(printf '%s' "$ollama_url" | sed 's|//[^/@]*@|//|')
  say ''
  if ! has curl; then
    say "Ollama at $shown was not checked, because curl is missing."
  elif ollama_answers; then
    say "Ollama answers at $shown."
  elif has ollama; then
    say "Ollama is installed, but nothing answers at $shown. Start it: ollama serve"
  else
    cat <<TEXT
No Ollama answers at $shown. The gateway starts anyway, and connects as soon as Ollama is up. To continue, either
  - install it from https://ollama.com/download, then: ollama serve, and: ollama pull llama3.2:3b
  - or set its address: OLLAMA_HOST in $env_file
TEXT
  fi
}

# The address goes in by the standard input: it may hold a password, and a command line is everybody's to read.
ollama_answers() {
  printf 'url = "%s/api/version"\n' "$ollama_url" |
    curl --silent --output /dev/null --connect-timeout 3 --max-time 5 --config -
}
