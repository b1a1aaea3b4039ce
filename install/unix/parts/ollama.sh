# Is Ollama there? Only looked for, never installed: which models and which hardware is not this installer's choice.
# Sourced by install.sh.
# shellcheck shell=sh disable=SC2034,SC2154 # The parts share their variables.

look_for_ollama() {
  if [ "$dry_run" = true ]; then
    ollama_url=${ollama_host:-http://localhost:11434}
  else
    ollama_url=$(setting OLLAMA_HOST)
  fi
  case $ollama_url in
    '') return 0 ;;
    *://*) ;;
    *) ollama_url=http://$ollama_url ;;
  esac
  shown=$(printf '%s' "$ollama_url" | sed 's|//[^/@]*@|//|')
  say ''
  if ! has curl; then
    say "Whether Ollama answers at $shown was not checked: there is no curl."
  elif ollama_answers; then
    say "Ollama answers at $shown."
  elif has ollama; then
    say "Ollama is installed, but nothing answers at $shown. Start it: ollama serve"
  else
    cat <<TEXT
No Ollama answers at $shown. The gateway starts all the same and finds it as soon as it is there:
  - install it from https://ollama.com/download, then: ollama serve, and: ollama pull llama3.2:3b
  - or say where it is: OLLAMA_HOST in $env_file
TEXT
  fi
}

# The address goes in by the standard input: it may hold a password, and a command line is everybody's to read.
ollama_answers() {
  printf 'url = "%s/api/version"\n' "$ollama_url" |
    curl --silent --output /dev/null --connect-timeout 3 --max-time 5 --config -
}
