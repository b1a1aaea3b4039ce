# A chat, and a stream that something happens to, sourced by the suites in shell that have a gateway at url (with key, if it has one).
# shellcheck shell=bash
# shellcheck disable=SC2154 # url, log and work are theirs.

stream_pid=''

chat() { # chat MODEL STREAM
  curl --silent --show-error --no-buffer --fail-with-body --max-time 60 "$url/v1/chat/completions" \
    --header 'Content-Type: application/json' --header "X-API-Key: ${key-}" \
    --data '{"model":"'"$1"'","stream":'"$2"',"messages":[{"role":"user","content":"Say hello"}]}'
}

# begin_stream SECONDS: it has begun when this returns.
begin_stream() {
  : >"$work/stream"
  chat "emu:tokens-${1}0_gap-100ms" true >"$work/stream" 2>>"$out" &
  stream_pid=$!
  check 'a stream begins' eventually grep -q '"content"' "$work/stream"
}

# stream_ends_well: whatever was said to the gateway meanwhile.
stream_ends_well() {
  local code=0
  wait "$stream_pid" || code=$?
  stream_pid=''
  [ "$code" -eq 0 ] && grep -q '^data: \[DONE\]' "$work/stream"
}

# logs_a_chat: whether the next one is found in log, once more when it is asked again.
logs_a_chat() { chat demo false && grep -qs '"path":"/v1/chat/completions"' "$log"; }
