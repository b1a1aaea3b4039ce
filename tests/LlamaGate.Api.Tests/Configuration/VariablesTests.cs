using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Tests.Configuration;

public class VariablesTests
{
    public static TheoryData<string, string, string> Good => new()
    {
        { "OLLAMA_HOST", "http://localhost:11434", "http://localhost:11434" },
        { "OLLAMA_HOST", "https://ollama.example/base/", "https://ollama.example/base" },
        { "OLLAMA_HOST", "localhost:11434", "http://localhost:11434" },
        { "OLLAMA_HOST", "[::1]:11434", "http://[::1]:11434" },
        { "OLLAMA_HOST", "10.0.0.5:1/ollama", "http://10.0.0.5:1/ollama" },
        { "OLLAMA_HOST", "http://user:pass@host:1", "http://host:1" },
        { "OLLAMA_HOST", "http://host", "http://host" },
        { "OLLAMA_HOST", "me:pw@localhost", "http://localhost:11434" },
        { "OLLAMA_HOST", "a=http://me:pw@h:1,http://i:2", "a=http://h:1,http://i:2" },
        { "HOSTS_FILE", "hosts.json", "hosts.json" },
        { "OLLAMA_API_KEY", "sk-a.b_c", "sk-a.b_c" },
        { "API_KEY", "sk-$a#b=c", "sk-$a#b=c" },
        { "ADMIN_KEY", "0123456789abcdef", "0123456789abcdef" },
        { "KEYS_FILE", "keys/team.json", "keys/team.json" },
        { "DATA_DIR", "/var/lib/llamagate", "/var/lib/llamagate" },
        { "KEYS_FILE_MODE", "Strict", "strict" },
        { "KEYS_FILE_MODE", "open", "open" },
        { "RATE_LIMIT_RPS", "0.5", "0.5" },
        { "RATE_LIMIT_RPS", "1000000", "1000000" },
        { "DEBUG", "TRUE", "true" },
        { "DEBUG", "yes", "true" },
        { "DEBUG", "on", "true" },
        { "DEBUG", "1", "true" },
        { "DEBUG", "off", "false" },
        { "PORT", "1", "1" },
        { "PORT", "65535", "65535" },
        { "LISTEN_ADDRESS", "0.0.0.0", "0.0.0.0" },
        { "LISTEN_ADDRESS", "::", "::" },
        { "LISTEN_ADDRESS", "localhost", "127.0.0.1" },
        { "TLS_CERT", "tls/cert.pem", "tls/cert.pem" },
        { "TLS_KEY", "tls/key.pem", "tls/key.pem" },
        { "LOG_FILE", "gate.log", "gate.log" },
        { "LOG_FORMAT", "Text", "text" },
        { "LOG_FORMAT", "json", "json" },
        { "LOG_FORMAT", "auto", "auto" },
        { "TIMEOUT", "1.5s", "1.5s" },
        { "TIMEOUT", "1ms", "1ms" },
        { "TIMEOUT", "30m", "30m" },
        { "SHUTDOWN_DELAY", "5s", "5s" },
        { "SHUTDOWN_TIMEOUT", "0", "0" },
        { "CACHE_ENABLED", "No", "false" },
        { "CACHE_ENABLED", "0", "false" },
        { "CACHE_MODE", "Deterministic", "deterministic" },
        { "CACHE_MODE", "OFF", "off" },
        { "CACHE_TTL", "24h", "24h" },
        { "CACHE_MAX_MB", "1", "1" },
        { "RESPONSES_STORE_MB", "0", "0" },
        { "RESPONSES_STORE_TTL", "24h", "24h" },
        { "MAX_BODY_MB", "2047", "2047" },
        { "CONTEXT_OVERFLOW", "Truncate", "truncate" },
        { "NATIVE_API", "Full", "full" },
        { "METRICS", "OFF", "off" },
        { "NATIVE_API", "OFF", "off" },
        { "CONTEXT_OVERFLOW", "error", "error" },
        { "SSE_KEEPALIVE", "0", "0" },
        { "SLOTS", "64", "64" },
        { "SLOTS", "Auto", "auto" },
        { "QUEUE_MAX", "100000", "100000" },
        { "QUEUE_MAX_MB", "1", "1" },
        { "QUEUE_MAX_MB", "1048576", "1048576" },
        { "QUEUE_TIMEOUT", "24h", "24h" },
        { "QUEUE_NOTICE", "0", "0" },
        { "QUEUE_NOTICE", "2s", "2s" },
        { "PRIORITY_AGING", "1.5s", "1.5s" },
        { "FAIR_MEMORY", "0", "0" },
        { "SWITCH_SHARE", "0.9", "0.9" },
        { "SWITCH_SHARE", "0.05", "0.05" },
        { "REDIS_URL", "redis://redis", "redis://redis:6379/0" },
        { "REDIS_URL", "rediss://me:pa%40ss@[::1]:6380/3?prefix=blue-1", "rediss://[::1]:6380/3?prefix=blue-1" },
        { "REDIS_URL", "redis://:pass@10.0.0.5/", "redis://10.0.0.5:6379/0" },
        { "CLUSTER_ADDRESS", "10.0.0.7:11111", "10.0.0.7:11111" },
        { "CLUSTER_ADDRESS", "127.0.0.1:0", "127.0.0.1:0" },
        { "CLUSTER_ADDRESS", "[fd00::7]:11111", "[fd00::7]:11111" },
        { "CLUSTER_CERTIFICATE", "tls/own.pem", "tls/own.pem" },
        { "CLUSTER_CA", "tls/ca.pem", "tls/ca.pem" },
        { "CORS_ORIGINS", "https://a.example, http://*.b.example:*", "https://a.example,http://*.b.example:*" },
        { "CORS_ORIGINS", "*", "*" },
        { "ALLOWED_HOSTS", "gateway.lan *.home", "gateway.lan,*.home" },
        { "SSE_KEEPALIVE", "1.5s", "1.5s" },
        { "TRUSTED_PROXIES", "10.0.0.0/8, 192.168.1.1,::1", "10.0.0.0/8,192.168.1.1,::1" },
        { "MODEL_OPTIONS", """{ "qwen3*": {"num_ctx": 32768, "keep_alive": "30m"} }""", """{"qwen3*":{"num_ctx":32768,"keep_alive":"30m"}}""" },
        { "MODEL_ALIASES", "gpt-4o-mini=llama3.2:3b, gpt-4o = gpt-4o-mini", "gpt-4o-mini=llama3.2:3b,gpt-4o=gpt-4o-mini" },
    };

    public static TheoryData<string, string> Bad => new()
    {
        { "OLLAMA_HOST", "foo" },
        { "OLLAMA_HOST", "11434" },
        { "OLLAMA_HOST", "foo/bar" },
        { "OLLAMA_HOST", "127.0.0" },
        { "OLLAMA_HOST", "[::1" },
        { "OLLAMA_HOST", "::1:11434" },
        { "OLLAMA_HOST", ":0" },
        { "OLLAMA_HOST", "ftp://localhost:21" },
        { "OLLAMA_HOST", "http:/localhost" },
        { "OLLAMA_HOST", "http://" },
        { "OLLAMA_HOST", "host:0" },
        { "OLLAMA_HOST", "host:65536" },
        { "OLLAMA_HOST", "http://host:1/?query" },
        { "OLLAMA_API_KEY", "two words" },
        { "API_KEY", "two words" },
        { "ADMIN_KEY", "0123456789abcde" },
        { "ADMIN_KEY", "two words of length" },
        { "API_KEY", "schlüssel" },
        { "KEYS_FILE_MODE", "600" },
        { "RATE_LIMIT_RPS", "0" },
        { "RATE_LIMIT_RPS", "-1" },
        { "RATE_LIMIT_RPS", "1e3" },
        { "RATE_LIMIT_RPS", "1,5" },
        { "RATE_LIMIT_RPS", "1000001" },
        { "RATE_LIMIT_RPS", "many" },
        { "DEBUG", "maybe" },
        { "PORT", "0" },
        { "PORT", "65536" },
        { "PORT", "http" },
        { "LISTEN_ADDRESS", "8080" },
        { "LISTEN_ADDRESS", "example.com" },
        { "LOG_FORMAT", "xml" },
        { "TIMEOUT", "0" },
        { "TIMEOUT", "30" },
        { "TIMEOUT", "1h30m" },
        { "TIMEOUT", "-5s" },
        { "SHUTDOWN_DELAY", "6m" },
        { "SHUTDOWN_TIMEOUT", "soon" },
        { "CACHE_ENABLED", "2" },
        { "CACHE_MODE", "some" },
        { "NATIVE_API", "true" },
        { "METRICS", "prometheus" },
        { "CACHE_TTL", "0" },
        { "CACHE_MAX_MB", "0" },
        { "CACHE_MAX_MB", "1.5" },
        { "RESPONSES_STORE_MB", "-1" },
        { "RESPONSES_STORE_TTL", "0" },
        { "MAX_BODY_MB", "0" },
        { "MAX_BODY_MB", "2048" },
        { "CONTEXT_OVERFLOW", "shift" },
        { "SSE_KEEPALIVE", "15" },
        { "SLOTS", "0" },
        { "SLOTS", "65" },
        { "SLOTS", "many" },
        { "QUEUE_MAX", "0" },
        { "QUEUE_MAX", "100001" },
        { "QUEUE_MAX_MB", "0" },
        { "QUEUE_TIMEOUT", "0" },
        { "QUEUE_TIMEOUT", "25h" },
        { "QUEUE_NOTICE", "31m" },
        { "PRIORITY_AGING", "0" },
        { "FAIR_MEMORY", "60" },
        { "SWITCH_SHARE", "0" },
        { "REDIS_URL", "redis:6379" },
        { "REDIS_URL", "http://redis:6379" },
        { "REDIS_URL", "redis://redis/one" },
        { "REDIS_URL", "redis://redis/1024" },
        { "REDIS_URL", "redis://redis/0/1" },
        { "REDIS_URL", "redis://redis?prefix=" },
        { "REDIS_URL", "redis://redis?prefix=a/b" },
        { "REDIS_URL", "redis://redis?db=1" },
        { "REDIS_URL", "redis://secret@redis" },
        { "CLUSTER_ADDRESS", "10.0.0.7" },
        { "CLUSTER_ADDRESS", "10.0.0.7:0" },
        { "CLUSTER_ADDRESS", "0.0.0.0:11111" },
        { "CLUSTER_ADDRESS", "[::]:11111" },
        { "CLUSTER_ADDRESS", "::1:11111" },
        { "CLUSTER_ADDRESS", "gateway1:11111" },
        { "CLUSTER_ADDRESS", "10.0.0.7:65536" },
        { "SWITCH_SHARE", "0.91" },
        { "TRUSTED_PROXIES", "10.0.0.0/33" },
        { "TRUSTED_PROXIES", "10.0.0.1;10.0.0.2" },
        { "TRUSTED_PROXIES", "10/8" },
        { "TRUSTED_PROXIES", "proxy.local" },
        { "CORS_ORIGINS", "a.example" },
        { "CORS_ORIGINS", "https://a.example;https://b.example" },
        { "CORS_ORIGINS", "http://10.0.0.*" },
        { "ALLOWED_HOSTS", "http://gateway.lan" },
        { "ALLOWED_HOSTS", "gateway.lan:8080" },
        { "ALLOWED_HOSTS", "gate*.lan" },
        { "MODEL_OPTIONS", "qwen3*" },
        { "MODEL_OPTIONS", "[]" },
        { "MODEL_OPTIONS", """{"a":1}""" },
        { "MODEL_OPTIONS", """{"a":{"num_ctx":null}}""" },
        { "MODEL_OPTIONS", """{"a":{"keep_alive":true}}""" },
        { "MODEL_OPTIONS", """{"a":{"keep_alive":"30"}}""" },
        { "MODEL_OPTIONS", """{"a":{},"b":{"num_ctx":"32768"}}""" },
        { "MODEL_ALIASES", "gpt-4o-mini" },
        { "MODEL_ALIASES", "=llama3.2" },
        { "MODEL_ALIASES", "a=" },
        { "MODEL_ALIASES", "a=b=c" },
        { "MODEL_ALIASES", "a=b,a=c" },
        { "MODEL_ALIASES", "a=b,b=a" },
        { "MODEL_ALIASES", "a=a" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void Apply_AllowedText_IsShownBack(string name, string text, string shown)
    {
        var variable = Variables.All.Single(v => v.Name == name);
        var applied = variable.Apply(new GatewaySettings(), text);
        Assert.NotNull(applied);
        Assert.Equal(shown, variable.Show(applied));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void Apply_OtherText_IsRefused(string name, string text) =>
        Assert.Null(Variables.All.Single(v => v.Name == name).Apply(new GatewaySettings(), text));

    [Fact]
    public void All_EveryVariable_HasGoodAndBadCases()
    {
        var names = Variables.All.Select(v => v.Name).ToList();
        Assert.All(names, name => Assert.Contains(Good, row => (string)((object[])row)[0] == name));
        // Any text may be the path of a file or a directory; whether it can be used is asked separately.
        Assert.All(
            names.Where(name => name is not ("LOG_FILE" or "TLS_CERT" or "TLS_KEY" or "KEYS_FILE" or "HOSTS_FILE" or "DATA_DIR"
                or "CLUSTER_CERTIFICATE" or "CLUSTER_CA")),
            name => Assert.Contains(Bad, row => (string)((object[])row)[0] == name));
    }

    [Fact]
    public void Default_EveryVariable_IsWhatTheIssueSays() => Assert.Equal(
        [
            "OLLAMA_HOST=http://localhost:11434", "HOSTS_FILE=", "OLLAMA_API_KEY=", "API_KEY=", "ADMIN_KEY=", "KEYS_FILE=", "KEYS_FILE_MODE=strict", "DATA_DIR=", "RATE_LIMIT_RPS=10", "DEBUG=false", "PORT=8080",
            "LISTEN_ADDRESS=127.0.0.1", "TLS_CERT=", "TLS_KEY=", "LOG_FILE=", "LOG_FORMAT=auto", "TIMEOUT=5m", "SHUTDOWN_DELAY=0", "SHUTDOWN_TIMEOUT=30s", "CACHE_ENABLED=true", "CACHE_MODE=all",
            "CACHE_TTL=1h", "CACHE_MAX_MB=256", "RESPONSES_STORE_MB=64", "RESPONSES_STORE_TTL=1h", "MAX_BODY_MB=64", "CONTEXT_OVERFLOW=error",
            "NATIVE_API=on", "SSE_KEEPALIVE=15s", "METRICS=on",
            "SLOTS=", "QUEUE_MAX=1000", "QUEUE_MAX_MB=256", "QUEUE_TIMEOUT=5m", "QUEUE_NOTICE=", "PRIORITY_AGING=30s", "FAIR_MEMORY=1m",
            "SWITCH_SHARE=0.2", "REDIS_URL=", "CLUSTER_ADDRESS=127.0.0.1:0", "CLUSTER_CERTIFICATE=", "CLUSTER_CA=",
            "TRUSTED_PROXIES=", "MODEL_ALIASES=", "MODEL_OPTIONS=", "CORS_ORIGINS=", "ALLOWED_HOSTS=",
        ],
        Variables.All.Select(v => $"{v.Name}={v.Default}"),
        StringComparer.Ordinal);

    [Fact]
    public void Default_EveryVariable_IsAllowed() => Assert.All(
        Variables.All.Where(v => v.Default.Length > 0), v => Assert.NotNull(v.Apply(new GatewaySettings(), v.Default)));

    [Theory]
    [InlineData("", false, null)]
    [InlineData("auto", true, null)]
    [InlineData("4", true, 4)]
    public void Slots_WithASingleHost_ShareIt(string text, bool isShared, int? slots)
    {
        var settings = new GatewaySettings();
        settings = text.Length == 0 ? settings : Variables.All.Single(v => v.Name == "SLOTS").Apply(settings, text)!;
        Assert.Equal((isShared, slots), (settings.SharesHosts, settings.Scheduler.Slots));
    }

    [Fact]
    public void QueueNotice_NotSet_IsSseKeepAlive()
    {
        var settings = new GatewaySettings { SseKeepAlive = TimeSpan.FromSeconds(7) };
        Assert.Equal(TimeSpan.FromSeconds(7), settings.QueueNotice);
        Assert.Equal(TimeSpan.Zero, Variables.All.Single(v => v.Name == "QUEUE_NOTICE").Apply(settings, "0")!.QueueNotice);
    }

    [Fact]
    public void ToString_SettingsWithSecrets_ShowsNone()
    {
        var text = (new GatewaySettings { ApiKey = "sesame", OllamaHost = new Uri("http://me:pw@h:1") }).ToString();
        Assert.DoesNotContain("sesame", text, StringComparison.Ordinal);
        Assert.DoesNotContain("pw", text, StringComparison.Ordinal);
    }
}
