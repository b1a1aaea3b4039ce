using System.Text;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using LlamaGate.Infrastructure.Callers;
using LlamaGate.Infrastructure.Callers.Format;

namespace LlamaGate.Infrastructure.Tests.Callers;

/// <summary>Texts of keys files.</summary>
internal static class KeysSample
{
    /// <summary>The secret whose hash the samples contain.</summary>
    public const string Secret = "lg-secret-of-alice";

    public static string Hash { get; } = HashOf(Secret);

    public static string HashOf(string secret) => KeyDigest.Of(secret).ToText();

    /// <summary>One key with an id and a hash.</summary>
    /// <param name="members">Further members, as JSON text.</param>
    public static string With(string members) => Of($$"""{"id":"alice","hash":"{{Hash}}"{{(members.Length > 0 ? "," : "")}}{{members}}}""");

    public static string Of(params string[] keys) => $$"""{"keys":[{{string.Join(',', keys)}}]}""";

    public static string Key(string id, string secret) => $$"""{"id":"{{id}}","hash":"{{HashOf(secret)}}"}""";

    public static (KeysDocument? Document, IReadOnlyList<KeysFault> Faults) Parse(string text, string apiKey = "", string adminKey = "") =>
        Parse(Encoding.UTF8.GetBytes(text), apiKey, adminKey);

    public static (KeysDocument? Document, IReadOnlyList<KeysFault> Faults) Parse(byte[] text, string apiKey = "", string adminKey = "")
    {
        var faults = new FaultList();
        return (KeysParser.Parse(text, new ReservedKeys(apiKey, adminKey), faults), faults.All);
    }
}
