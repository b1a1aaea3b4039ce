using System.Globalization;
using System.Net;

namespace LlamaGate.Bench.Servers;

/// <summary>
/// The gateway's environment: its default configuration, with a key, the log in a file as well, and a rate limit that
/// is never reached.
/// </summary>
internal static class GatewayVariables
{
    public const string Key = "bench-key";

    /// <param name="address">Where it listens.</param>
    /// <param name="upstream">What stands for Ollama.</param>
    /// <param name="log">A file of its own.</param>
    /// <param name="isCacheOn">True is the default, and is set all the same: this process's environment must not decide.</param>
    public static Dictionary<string, string> For(IPEndPoint address, IPEndPoint upstream, string log, bool isCacheOn) =>
        new(StringComparer.Ordinal)
        {
            ["OLLAMA_HOST"] = $"http://{upstream}",
            ["LISTEN_ADDRESS"] = address.Address.ToString(),
            ["PORT"] = address.Port.ToString(CultureInfo.InvariantCulture),
            ["API_KEY"] = Key,
            ["RATE_LIMIT_RPS"] = "1000000",
            ["CACHE_ENABLED"] = isCacheOn ? "true" : "false",
            ["LOG_FILE"] = log,
        };
}
