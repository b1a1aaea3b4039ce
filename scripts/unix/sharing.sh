# The part of run.sh --demo in which two people share one slow model. Sourced by run.sh.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # Variables are shared with lib.sh and run.sh.

# Streams of one person, one line for each thing that happens: a place in the queue, the start, the end.
# ask WHO NUMBER KEY: one streamed chat.
ask() {
  local line began=$SECONDS
  curl --silent --no-buffer --max-time 120 "$team_url/v1/chat/completions" \
    --header 'Content-Type: application/json' --header @<(printf 'Authorization: Bearer %s\n' "$3") \
    --data "{\"model\":\"slow\",\"stream\":true,\"max_tokens\":25,\"messages\":[{\"role\":\"user\",\"content\":\"Question $2 of $1\"}]}" |
    while IFS= read -r line; do
      case $line in
        ': keep-alive' | ': queued '*eta=0s*) ;;
        ': '*) say "  $1 $2  ${line#: }" ;;
        'data: [DONE]') say "  $1 $2  answered after $((SECONDS - began)) s" ;;
      esac
    done
}

# keep_asking WHO FIRST KEY: one question after the other, until it is ended.
keep_asking() {
  local number=$2
  while :; do
    ask "$1" "$number" "$3"
    number=$((number + 1))
  done >/dev/null
}

# Something for the page to show: anna always has three questions open and ben two, and each of them gets half of the
# model's time.
traffic() {
  keep_asking anna 1000 "$anna" &
  keep_asking anna 2000 "$anna" &
  keep_asking anna 3000 "$anna" &
  keep_asking ben 1000 "$ben" &
  keep_asking ben 2000 "$ben" &
  wait
}

# share_demo: a gateway with a key for each of two people, in front of a stand-in that works on one call at a time.
share_demo() {
  local ollama_port port anna ben keys=$logs/keys.json number asks=()
  ollama_port=$(free_port 11450)
  begin team_ollama_pid emulator-slow "$emulator_dll" \
    --models slow --parallel 1 --load-time 1s --token-time 40ms --port "$ollama_port"
  wait_healthy "http://127.0.0.1:$ollama_port/api/version" "$team_ollama_pid" ||
    fail_demo 'The slow stand-in did not start.' "$logs/emulator-slow.log"

  rm -f "$keys"
  anna=$(dotnet "$gateway_dll" keys add anna --file "$keys" 2>/dev/null | tail -n 1)
  ben=$(dotnet "$gateway_dll" keys add ben --file "$keys" 2>/dev/null | tail -n 1)
  admin_key=demo-$(dotnet "$gateway_dll" keygen | tail -n 1 | cut -c 1-24)
  port=$(free_port 8090)
  team_url=http://127.0.0.1:$port
  OLLAMA_HOST=http://127.0.0.1:$ollama_port PORT=$port LISTEN_ADDRESS=127.0.0.1 API_KEY='' TLS_CERT='' TLS_KEY='' CACHE_ENABLED=false \
    KEYS_FILE=$keys ADMIN_KEY=$admin_key SLOTS=1 QUEUE_NOTICE=1s RATE_LIMIT_RPS=100 \
    begin team_pid gateway-team "$gateway_dll"
  wait_healthy "$team_url/health" "$team_pid" || fail_demo 'The second gateway did not start.' "$logs/gateway-team.log"

  say ''
  say '--- two people share a slow model that works on one call at a time. anna sends four calls, then ben sends one:'
  for number in 1 2 3 4; do
    ask anna "$number" "$anna" &
    asks+=($!)
  done
  sleep 0.5
  ask ben 1 "$ben" &
  asks+=($!)
  wait "${asks[@]}"
  say 'ben did not wait for all calls of anna: the person with the smaller share so far is served next.'
  if [ "$once" = false ]; then
    set -m
    traffic &
    traffic_pid=$!
    set +m
  fi
}
