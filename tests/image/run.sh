#!/usr/bin/env bash
# What can be proved of the container image where no container engine runs. The build stage's commands run as they stand,
# in a copy of the system that is thrown away; the final stage is laid out in an empty root with the few libraries that the
# chiseled base has, and started there as its user, read-only, in a network of its own. The last line is "N passed, N failed".
# BINARY=FILE goes into the final stage, and the build stage compiles nothing ahead of time, which was done for it already.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/unix/lib.sh
. "$here/../../scripts/unix/lib.sh"

# Mounts, a root of its own and another user are root's to make.
if [ "$(id -u)" -ne 0 ]; then
  exec sudo --preserve-env=PATH,HOME,SKIP_BUILD,BINARY,RunAnalyzers "$0" "$@"
fi
# All mounts are made in a namespace that ends with this script.
if [ "${1-}" != --inside ]; then
  exec unshare --mount --propagation private "$0" --inside
fi

# shellcheck source=tests/checks.sh
. "$here/../checks.sh"
# shellcheck source=tests/image/lib.sh
. "$here/lib.sh"
require_command unshare
require_command nsenter
require_command ip
require_command curl
require_command node
require_command npm
require_command caddy

work=$(mktemp -d)
mount -t tmpfs tmpfs "$work"
out=$work/out
gateway_pid=''
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

parse_dockerfile "$root/Dockerfile" >"$work/instructions"

# --- what the file says
base=$(final FROM)
check 'the base is chiseled and has no runtime of its own' matches "$base" '^mcr\.microsoft\.com/dotnet/runtime-deps:10\.0-[a-z]+-chiseled$'
# shellcheck disable=SC2016 # The base sets APP_UID; here is looked for its name.
check 'the user is not root' is "$(final USER)" '$APP_UID'
check 'docker stop drains' is "$(final STOPSIGNAL)" SIGTERM
check 'the gateway is started by no shell' is "$(final ENTRYPOINT)" '["/app/llamagate"]'
health=$(final HEALTHCHECK)
check 'and its health is asked by no shell' matches "$health" ' CMD \["/app/llamagate", "health"\]$'
check 'it can be reached from outside its container' matches "$(final ENV)" 'LISTEN_ADDRESS=0\.0\.0\.0'
check 'nothing but the binary goes into the image' is "$(final COPY)" '--from=build /app/llamagate .'
check 'the SDK runs on the building machine' matches "$(build_stage FROM)" "^--platform=\\\$BUILDPLATFORM "

# --- the build stage, as it stands
lay_context "$root" "$work/context"
copy_of_system "$work/system"
if [ -n "${BINARY-}" ]; then
  export PublishReadyToRun=false
fi
run_build_stage "$work/system" "$work/context" >"$out" 2>&1
code=$?
check 'the build stage runs in a clean copy' is "$code" 0
check 'it leaves one file' is "$(ls "$work/system/app")" llamagate
check 'which tells the version' is "$(env -i "$work/system/app/llamagate" --version)" "llamagate $(product_version)"
if [ "$code" -ne 0 ]; then
  result
  exit
fi

# --- the final stage
empty_root "$work/root" "${BINARY:-$work/system/app/llamagate}"
start_container "$work/root"
check 'the gateway starts in the empty root' until_answers /livez 200
check 'it runs as the user of the image' is "$(awk '/^Uid:/ { print $2 }' "/proc/$gateway_pid/status")" "$app_uid"
check 'the root is read-only' matches "$(awk '$5 == "/" { print $6 }' "/proc/$gateway_pid/mountinfo")" '^ro'
check 'it is ready' is "$(status /readyz)" 200
check 'without Ollama it says so' is "$(status /health)" 503
check 'the version is told' in_container /app/llamagate --version
if [ -d "$root/src/LlamaGate.Api/CommandLine/Health" ]; then
  check 'the health check of the image is content' in_container /app/llamagate health
  check 'and not where nobody listens' not in_container /app/llamagate health --url http://127.0.0.1:9
fi
began=$SECONDS
kill -TERM "$gateway_pid"
wait "$gateway_pid"
code=$?
gateway_pid=''
cp "$work/log" "$out"
check 'SIGTERM ends it with 0' is "$code" 0
check 'at once, when nothing runs' is "$((SECONDS - began < 15))" 1
check 'after a drain' grep -q 'LlamaGate has stopped' "$work/log"
check 'it has written nothing outside /tmp' is "$(find "$work/root" -xdev -newer "$work/laid" -type f)" ''

# --- docker-compose.yml and deploy/
known=$(sed -n 's/^# \([A-Z_]*\)=.*/\1/p' "$root/.env.example" | tr '\n' ' ')
install_node_modules "$here" >"$out" 2>&1 || check 'npm ci' false
for file in compose replicas; do
  node "$here/$file.mjs" "$root" "${known% }" >"$out" 2>&1
  code=$?
  grep -E '^(ok|FAILED): ' "$out"
  passed=$((passed + $(grep -c '^ok: ' "$out")))
  failed=$((failed + $(grep -c '^FAILED: ' "$out")))
  [ "$code" -eq 0 ] || grep -q '^FAILED: ' "$out" || check "$file.mjs can read what it reads" false
done
check 'Caddy understands its file' caddy adapt --adapter caddyfile --config "$root/deploy/compose/Caddyfile" --validate

result
