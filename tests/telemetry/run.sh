#!/usr/bin/env bash
# The board and the alerts against a real gateway with traffic, and all of it against Prometheus' own tool.
# The last line is "N passed, N failed". SKIP_BUILD=1 takes the builds that are there.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/unix/lib.sh
. "$here/../../scripts/unix/lib.sh"
# shellcheck source=tests/checks.sh
. "$here/../checks.sh"

require_dotnet
for command in curl jq promtool; do
  require_command "$command"
done

work=$(mktemp -d)
out=$work/out
metrics=$work/metrics
board=$root/deploy/grafana/llamagate.json
alerts=$root/deploy/prometheus/alerts.yml
declare -A pids=()

# Ends what this script started, and nothing else.
clean_up() {
  local pid
  for pid in "${pids[@]}"; do
    kill -TERM "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
  done
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

build_release "$gateway_project"
build_release "$emulator_project"

# emulator NAME PORT: two models of which one fits into memory, and one call at a time.
emulator() {
  dotnet "$emulator_dll" --port "$2" --models alpha,beta --parallel 1 --max-loaded 1 --load-time 300ms --token-time 5ms \
    >"$work/$1.log" 2>&1 &
  pids[$1]=$!
}

# chat KEY MODEL TEXT: the status; the headers of the answer are left in a file.
chat() {
  curl --silent --max-time 60 --output /dev/null --dump-header "$work/headers" --write-out '%{http_code}' "$gateway/v1/chat/completions" \
    -H "Authorization: Bearer $1" -H 'Content-Type: application/json' \
    -d "{\"model\":\"$2\",\"messages\":[{\"role\":\"user\",\"content\":\"$3\"}],\"stream\":true,\"max_tokens\":20}"
}

scrape() { curl --silent --fail "$gateway/metrics" "$@" >"$metrics"; }

# The names of metrics and attributes in a file.
names_in() { grep -oE '\b(gen_ai|llamagate)_[a-z0-9_]+' "$1" | sort -u; }

# only_known FILE: every name in it is in the scrape.
only_known() {
  local name missing=0
  for name in $(names_in "$1"); do
    grep -qE "\\b$name\\b" "$metrics" || { say "not in the metrics: $name" && missing=1; }
  done
  [ "$missing" -eq 0 ]
}

# The expressions of the board as rules, so that promtool reads them.
rules_of_board() {
  jq '{groups: [{name: "board", rules: [[.. | .expr? // empty] | to_entries[] | {
    record: "board:panel_\(.key)",
    expr: (.value | gsub("\\$__rate_interval"; "5m") | gsub("\\$__range"; "6h") | gsub("\\$instance"; ".*")) }]}]}' "$board" >"$work/board.yml"
  [ "$(grep -c '"record"' "$work/board.yml")" -gt 20 ] && promtool check rules "$work/board.yml"
}

# promtool finds no fault, except that it does not like the names of three of the runtime's gauges, dotnet_…_count.
lints_nothing() {
  promtool check metrics <"$metrics" >"$work/lint" 2>&1
  is "$(grep -vE '^dotnet_[a-z_]+_count |^$' "$work/lint")" ''
}

first=$(free_port 18700)
second=$(free_port $((first + 1)))
port=$(free_port $((second + 1)))
gateway=http://127.0.0.1:$port
emulator a "$first"
emulator b "$second"
hash_of() { printf '%s' "$1" | sha256sum | cut -d' ' -f1; }
cat >"$work/keys.json" <<JSON
{"keys":[
  {"id":"anna","hash":"sha256:$(hash_of anna-key)","tokens_per_day":1000000,"gpu_seconds_per_day":100000},
  {"id":"bob","hash":"sha256:$(hash_of bob-key)","models":["beta"]}]}
JSON
chmod 600 "$work/keys.json"
mkdir "$work/data"
(cd "$work" && exec env LISTEN_ADDRESS=127.0.0.1 PORT="$port" OLLAMA_HOST="a=http://127.0.0.1:$first,b=http://127.0.0.1:$second" \
  SLOTS=1 KEYS_FILE="$work/keys.json" DATA_DIR="$work/data" RATE_LIMIT_RPS=1000 dotnet "$gateway_dll") >"$work/gateway.log" 2>&1 &
pids[gateway]=$!
check 'the gateway and its hosts are up' eventually curl --silent --fail --output "$out" "$gateway/health"

# More than fits, so that calls wait, models are switched and one call is answered from the cache.
waiting=()
for i in 1 2 3 4 5 6 7 8; do
  chat anna-key alpha "question $i" >/dev/null &
  waiting+=($!)
  chat bob-key beta "question $i" >/dev/null &
  waiting+=($!)
done
for _ in 1 2 3 4 5 6 7 8 9 10; do
  scrape
  grep -q '^llamagate_queue_depth' "$metrics" && cp "$metrics" "$work/while-waiting"
  sleep 0.1
done
wait "${waiting[@]}"
check 'an equal question is answered' is "$(chat anna-key alpha 'question 1')" 200
check 'a model that the key may not use is refused' is "$(chat bob-key alpha hi)" 403
check 'a call is answered' is "$(chat anna-key alpha 'where am I')" 200
host=$(sed -n 's/^x-llamagate-host: *\([ab]\).*/\1/Ip' "$work/headers")
kill -KILL "${pids[$host]}"
check 'a call whose host has died is answered by another' is "$(chat anna-key alpha 'and now')" 200
scrape
cat "$work/while-waiting" >>"$metrics" 2>/dev/null

check 'the queue was seen while calls waited' test -s "$work/while-waiting"
check 'the board uses names that the gateway has' only_known "$board"
check 'the alerts use names that the gateway has' only_known "$alerts"
check "the board's expressions can be read" rules_of_board
check 'Prometheus takes the example of its configuration' promtool check config "$root/deploy/prometheus/prometheus.yml"
check 'the alerts fire when they should, and only then' promtool test rules "$root/deploy/prometheus/alerts.test.yml"
scrape
check 'promtool has nothing against the metrics' lints_nothing
scrape -H 'Accept: application/openmetrics-text;version=1.0.0'
check 'OpenMetrics ends as it must' is "$(tail -n 1 "$metrics")" '# EOF'
result
