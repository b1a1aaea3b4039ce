using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.CommandLine.Keys;

/// <summary>The keys for scripts: every field with its value or default, and how many secrets a key has, but no hash.</summary>
internal static class KeyListJson
{
    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="uses">When each key was last used, by its id.</param>
    public static string Write(IReadOnlyList<KeyEntry> keys, IReadOnlyDictionary<string, DateTimeOffset> uses) => new JsonObject
    {
        ["keys"] = new JsonArray([.. keys.Select(key => ToJson(key, uses.TryGetValue(key.Id, out var used) ? used : null))]),
    }.ToJsonString(Written);

    private static JsonObject ToJson(KeyEntry key, DateTimeOffset? used) => new()
    {
        ["id"] = key.Id,
        ["created"] = Text(key.Created),
        ["last_used"] = Text(used),
        ["secrets"] = key.Digests.Count,
        ["disabled"] = key.IsDisabled,
        ["expires"] = Text(key.Expires),
        ["models"] = new JsonArray([.. key.Models.Patterns.Select(pattern => JsonValue.Create(pattern))]),
        ["rate_limit_rps"] = key.RateLimitRps,
        ["cache"] = Word(key.Cache),
        ["weight"] = key.Weight,
        ["priority"] = Word(key.Priority),
        ["share_by"] = key.UserHeader is { } header ? "user:" + header : Word(key.ShareBy),
        ["max_running"] = key.MaxRunning,
        ["max_waiting"] = key.MaxWaiting,
        ["tokens_per_day"] = key.TokensPerDay,
        ["gpu_seconds_per_day"] = key.GpuSecondsPerDay,
        ["admin"] = key.IsAdmin,
    };

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string? Text(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
