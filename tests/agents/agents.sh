# How each agent is set up and asked, sourced by all.sh: never run by itself.
# shellcheck shell=bash
# shellcheck disable=SC2154 # gateway, key, home and modules are the caller's.
# shellcheck disable=SC2034 # agents and packages are for the caller.

agents=(claude codex opencode opencode_responses qwen pi pi_messages copilot copilot_responses copilot_messages cline continue)

# The versions that were tried, and the Node that they want.
packages=(
  @anthropic-ai/claude-code@2.1.332
  @openai/codex@0.171.0
  opencode-ai@1.18.33
  @qwen-code/qwen-code@0.24.4
  @mariozechner/pi-coding-agent@0.73.1
  @github/copilot@1.0.102
  cline@3.0.65
  @continuedev/cli@1.5.47
  node@22.23.3
)

# alone COMMAND…: in the agent's own home, with nothing of the caller's environment, and a limit of time.
alone() {
  timeout 90 env -i HOME="$home" PATH="$modules/.bin:/usr/bin:/bin" TERM=dumb LANG=C.UTF-8 NO_COLOR=1 CI=1 "$@" </dev/null
}

ask_claude() {
  alone ANTHROPIC_BASE_URL="$gateway" ANTHROPIC_AUTH_TOKEN="$key" ANTHROPIC_MODEL=claude-local \
    CLAUDE_CODE_MAX_CONTEXT_TOKENS=65536 CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1 IS_SANDBOX=1 \
    claude --print --dangerously-skip-permissions "$1"
}

ask_codex() {
  mkdir -p "$home/.codex"
  cat >"$home/.codex/config.toml" <<EOF
model = "local"
model_provider = "llamagate"
model_context_window = 32768

[model_providers.llamagate]
name = "LlamaGate"
base_url = "$gateway/v1"
env_key = "LLAMAGATE_API_KEY"
wire_api = "responses"
EOF
  alone LLAMAGATE_API_KEY="$key" codex exec --skip-git-repo-check --dangerously-bypass-approvals-and-sandbox "$1"
}

# opencode_with PACKAGE PROMPT: the provider's package decides which of the APIs is used.
opencode_with() {
  mkdir -p "$home/.config/opencode"
  cat >"$home/.config/opencode/opencode.json" <<EOF
{
  "provider": {
    "llamagate": {
      "npm": "$1",
      "name": "LlamaGate",
      "options": { "baseURL": "$gateway/v1", "apiKey": "$key" },
      "models": { "local": { "name": "local", "limit": { "context": 32768, "output": 8192 } } }
    }
  },
  "permission": "allow"
}
EOF
  alone OPENCODE_DISABLE_AUTOUPDATE=1 OPENCODE_DISABLE_MODELS_FETCH=1 opencode run --model llamagate/local "$2"
}
ask_opencode() { opencode_with @ai-sdk/openai-compatible "$1"; }
ask_opencode_responses() { opencode_with @ai-sdk/openai "$1"; }

ask_qwen() {
  mkdir -p "$home/.qwen"
  cat >"$home/.qwen/settings.json" <<EOF
{
  "security": { "auth": { "selectedType": "openai" } },
  "model": { "name": "local" },
  "modelProviders": {
    "openai": [
      {
        "id": "local",
        "envKey": "LLAMAGATE_API_KEY",
        "baseUrl": "$gateway/v1",
        "generationConfig": { "contextWindowSize": 32768 }
      }
    ]
  }
}
EOF
  alone LLAMAGATE_API_KEY="$key" qwen --yolo --prompt "$1"
}

# pi_with API BASE_URL PROMPT
pi_with() {
  mkdir -p "$home/.pi/agent"
  cat >"$home/.pi/agent/models.json" <<EOF
{
  "providers": {
    "llamagate": {
      "baseUrl": "$2",
      "api": "$1",
      "apiKey": "$key",
      "models": [{ "id": "local", "contextWindow": 32768, "maxTokens": 8192 }]
    }
  }
}
EOF
  alone PI_OFFLINE=1 pi --provider llamagate --model local --print "$3"
}
ask_pi() { pi_with openai-completions "$gateway/v1" "$1"; }
ask_pi_messages() { pi_with anthropic-messages "$gateway" "$1"; }

# copilot_with TYPE BASE_URL PROMPT; wire chooses between OpenAI's APIs.
copilot_with() {
  alone COPILOT_OFFLINE=true COPILOT_PROVIDER_TYPE="$1" COPILOT_PROVIDER_WIRE_API="${wire:-completions}" \
    COPILOT_PROVIDER_BASE_URL="$2" COPILOT_PROVIDER_API_KEY="$key" \
    COPILOT_PROVIDER_MAX_PROMPT_TOKENS=24576 COPILOT_PROVIDER_MAX_OUTPUT_TOKENS=8192 COPILOT_MODEL=local \
    copilot --allow-all-tools --allow-all-paths --prompt "$3"
}
ask_copilot() { copilot_with openai "$gateway/v1" "$1"; }
ask_copilot_responses() { wire=responses ask_copilot "$1"; }
ask_copilot_messages() { copilot_with anthropic "$gateway" "$1"; }

ask_cline() {
  alone cline auth openai-compatible --apikey "$key" --modelid local --baseurl "$gateway/v1"
  alone cline "$1"
}

ask_continue() {
  mkdir -p "$home/.continue"
  cat >"$home/.continue/config.yaml" <<EOF
name: LlamaGate
version: 1.0.0
schema: v1
models:
  - name: local
    provider: openai
    model: local
    apiBase: $gateway/v1
    apiKey: $key
    roles: [chat]
    capabilities: [tool_use]
    defaultCompletionOptions: { contextLength: 32768, maxTokens: 8192 }
EOF
  alone CONTINUE_TELEMETRY_ENABLED=0 cn --auto --print "$1"
}
