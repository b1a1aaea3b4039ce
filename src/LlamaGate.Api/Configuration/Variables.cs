using System.Globalization;
using System.Text.Json;

namespace LlamaGate.Api.Configuration;

/// <summary>
/// The table of all variables, in the order of the documents. Help text, --check-config and the documents' tables are
/// generated from it or compared with it, so that a variable is described once. Defaults are in <see
/// cref="GatewaySettings"/>.
/// </summary>
internal static class Variables
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    public static IReadOnlyList<Variable> All { get; } =
    [
        new("OLLAMA_HOST", "an http:// or https:// URL, host:port, an IP address or localhost", "where Ollama is",
            static (s, t) => OllamaAddress.TryParse(t, out var host) ? s with { OllamaHost = host } : null,
            static s => s.RedactedOllamaHost)
        {
            Redact = OllamaAddress.Redact,
            Note = static s => s.OllamaHost.UserInfo.Length > 0 ? "with a user name or password (set, not shown)" : null,
            Hidden = static s => s.OllamaHost.UserInfo,
        },
        new("OLLAMA_API_KEY", "visible ASCII characters without spaces",
            "the key that Ollama or a proxy before it wants (Authorization: Bearer)",
            static (s, t) => VariableText.IsKey(t) ? s with { OllamaApiKey = t } : null,
            static s => s.OllamaApiKey) { IsSecret = true },
        new("API_KEY", "visible ASCII characters without spaces", "the key callers send; empty = no authentication",
            static (s, t) => VariableText.IsKey(t) ? s with { ApiKey = t } : null,
            static s => s.ApiKey) { IsSecret = true },
        new("RATE_LIMIT_RPS", "a decimal number from 0.001 to 1000000", "requests per second and client",
            static (s, t) => VariableText.Decimal(t, 0.001m, 1_000_000) is { } rps
                ? s with { RateLimitRps = rps } : null,
            static s => s.RateLimitRps.ToString(CultureInfo.InvariantCulture)),
        new("DEBUG", VariableText.BooleanWords, "log at debug level",
            static (s, t) => VariableText.Boolean(t) is { } on ? s with { Debug = on } : null,
            static s => VariableText.Of(s.Debug)),
        new("PORT", "a whole number from 1 to 65535", "port to listen on",
            static (s, t) => VariableText.Integer(t, 1, 65535) is { } port ? s with { Port = port } : null,
            static s => VariableText.Of(s.Port)),
        new("LISTEN_ADDRESS", "an IP address or localhost", "address to listen on; 0.0.0.0 or :: for all",
            static (s, t) => VariableText.Address(t) is { } address ? s with { ListenAddress = address } : null,
            static s => s.ListenAddress.ToString()),
        new("TLS_CERT", "the path of a PEM file with the certificate and its chain", "serve HTTPS with this certificate; needs TLS_KEY",
            static (s, t) => s with { TlsCert = t },
            static s => s.TlsCert),
        new("TLS_KEY", "the path of a PEM file with the certificate's key, without a password", "the key of TLS_CERT",
            static (s, t) => s with { TlsKey = t },
            static s => s.TlsKey),
        new("LOG_FILE", "the path of a file that can be created or appended to", "also write the log there",
            static (s, t) => s with { LogFile = t },
            static s => s.LogFile),
        new("LOG_FORMAT", "auto, json or text", "lines on stdout: JSON, or text for people; auto = text at a terminal",
            static (s, t) => VariableText.Format(t) is { } format ? s with { LogFormat = format } : null,
            static s => VariableText.Of(s.LogFormat)),
        new("TIMEOUT", "a duration like 30s or 1h30m, more than 0, at most 30m",
            "no byte from Ollama for that long = 504",
            static (s, t) => VariableText.Positive(t, MaxWait) is { } time ? s with { Timeout = time } : null,
            static s => GoDuration.Format(s.Timeout)),
        new("SHUTDOWN_TIMEOUT", "a duration like 30s, from 0 to 30m",
            "how long running requests may finish after a signal",
            static (s, t) => VariableText.Duration(t, MaxWait) is { } time
                ? s with { ShutdownTimeout = time } : null,
            static s => GoDuration.Format(s.ShutdownTimeout)),
        new("CACHE_ENABLED", VariableText.BooleanWords, "keep complete answers and give them again",
            static (s, t) => VariableText.Boolean(t) is { } on ? s with { CacheEnabled = on } : null,
            static s => VariableText.Of(s.CacheEnabled)),
        new("CACHE_MODE", "all, deterministic or off", "which answers to keep: all, or only those to requests with temperature 0 or a seed",
            static (s, t) => VariableText.Mode(t) is { } mode ? s with { CacheMode = mode } : null,
            static s => VariableText.Of(s.CacheMode)),
        new("CACHE_TTL", "a duration like 10m or 1h, more than 0, at most 8760h", "how long an answer is kept",
            static (s, t) => VariableText.Positive(t, Year) is { } time ? s with { CacheTtl = time } : null,
            static s => GoDuration.Format(s.CacheTtl)),
        new("CACHE_MAX_MB", "a whole number from 1 to 1048576 (MiB)", "memory for kept answers",
            static (s, t) => VariableText.Integer(t, 1, 1_048_576) is { } mb ? s with { CacheMaxMb = mb } : null,
            static s => VariableText.Of(s.CacheMaxMb)),
        new("RESPONSES_STORE_MB", "a whole number from 0 to 1048576 (MiB)",
            "memory for responses that later requests refer to; 0 = none",
            static (s, t) => VariableText.Integer(t, 0, 1_048_576) is { } mb ? s with { ResponsesStoreMb = mb } : null,
            static s => VariableText.Of(s.ResponsesStoreMb)),
        new("RESPONSES_STORE_TTL", "a duration like 10m or 1h, more than 0, at most 8760h", "how long they are kept",
            static (s, t) => VariableText.Positive(t, Year) is { } time ? s with { ResponsesStoreTtl = time } : null,
            static s => GoDuration.Format(s.ResponsesStoreTtl)),
        new("MAX_BODY_MB", "a whole number from 1 to 2047 (MiB)", "larger request bodies are refused with 413",
            static (s, t) => VariableText.Integer(t, 1, 2047) is { } mb ? s with { MaxBodyMb = mb } : null,
            static s => VariableText.Of(s.MaxBodyMb)),
        new("CONTEXT_OVERFLOW", "error or truncate", "what happens to a prompt longer than the model's context",
            static (s, t) => VariableText.Overflow(t) is { } mode ? s with { ContextOverflow = mode } : null,
            static s => s.ContextOverflow is ContextOverflow.Truncate ? "truncate" : "error"),
        new("NATIVE_API", "on, full or off", "Ollama's own API under /api: on = without changing models, full = all of it",
            static (s, t) => VariableText.Native(t) is { } mode ? s with { NativeApi = mode } : null,
            static s => VariableText.Of(s.NativeApi)),
        new("SSE_KEEPALIVE", "a duration like 15s, from 0 to 30m", "interval of comments in a waiting stream; 0 = off",
            static (s, t) => VariableText.Duration(t, MaxWait) is { } time ? s with { SseKeepAlive = time } : null,
            static s => GoDuration.Format(s.SseKeepAlive)),
        new("TRUSTED_PROXIES", "IP addresses or networks like 10.0.0.0/8, separated by commas",
            "whose X-Forwarded-For is believed",
            static (s, t) => VariableText.Networks(t) is { } list ? s with { TrustedProxies = list } : null,
            static s => string.Join(',', s.TrustedProxies.Select(VariableText.Of))),
        new("MODEL_ALIASES", "pairs like gpt-4o-mini=llama3.2:3b, separated by commas, each alias only once and without cycles",
            "further names of models",
            static (s, t) => VariableText.Aliases(t) is { } aliases ? s with { ModelAliases = aliases } : null,
            static s => string.Join(',', s.ModelAliases.Pairs.Select(pair => $"{pair.Key}={pair.Value}"))),
        new("MODEL_OPTIONS", """a JSON object like {"qwen3*":{"num_ctx":32768,"keep_alive":"30m"}}""",
            "Ollama's options by model, for requests that name none of their own",
            static (s, t) => VariableText.Options(t) is { } options ? s with { ModelOptions = options } : null,
            static s => s.ModelOptions.Patterns.Any() ? JsonSerializer.Serialize(s.ModelOptions.Json, VariableText.Written) : ""),
        new("CORS_ORIGINS", "origins like https://chat.example.com or https://*.example.com, separated by commas; * for all",
            "web pages that may call, besides those of this machine",
            static (s, t) => OriginPattern.ParseList(t) is { } list ? s with { CorsOrigins = list } : null,
            static s => string.Join(',', s.CorsOrigins)),
        new("ALLOWED_HOSTS", "host names like gateway.lan or *.lan, separated by commas; * for all",
            "further names for a gateway without API_KEY that listens on this machine only",
            static (s, t) => HostPattern.ParseList(t) is { } list ? s with { AllowedHosts = list } : null,
            static s => string.Join(',', s.AllowedHosts)),
    ];
}
