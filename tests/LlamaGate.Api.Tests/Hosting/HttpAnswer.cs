using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LlamaGate.Api.Tests.Hosting;

/// <summary>A whole answer of the gateway.</summary>
internal sealed partial record HttpAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] BodyBytes)
{
    /// <summary>The headers that the wire contract speaks of and that do not change from run to run.</summary>
    private static readonly string[] Contract =
    [
        "Content-Type", "Cache-Control", "X-Accel-Buffering", "Retry-After", "retry-after-ms", "x-should-retry",
        "WWW-Authenticate", "Allow", "X-LlamaGate-Cache", "X-LlamaGate-Ignored", "Server-Timing",
    ];

    public string Body => Encoding.UTF8.GetString(BodyBytes);

    /// <summary>The body as every answer to the same request has it: only the id is each one's own.</summary>
    public string BodyWithoutId => WithoutIds(Body);

    public JsonElement Json => JsonElement.Parse(BodyBytes);

    public JsonElement Error => Json.GetProperty("error");

    public string? ErrorCode => Error.GetProperty("code").GetString();

    public static async Task<HttpAnswer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new HttpAnswer((int)response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Status, the contract's headers and the exact body; only the random id gives way to a word.</summary>
    public byte[] ToGolden()
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {Status}\n");
        foreach (var name in Contract.Where(Headers.ContainsKey))
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {Headers[name]}\n");
        }

        // Latin-1 keeps every byte of the body what it is while the ids are replaced.
        var body = ChatId().Replace(Encoding.Latin1.GetString(BodyBytes), "${kind}-ID");
        return [.. Encoding.UTF8.GetBytes(head.Append('\n').ToString()), .. Encoding.Latin1.GetBytes(body)];
    }

    public static string WithoutIds(string text) => ChatId().Replace(text, "${kind}-ID");

    [GeneratedRegex("(?<kind>chatcmpl|cmpl)-[A-Za-z0-9]{24}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ChatId();
}
