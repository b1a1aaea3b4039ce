using System.Security.Cryptography;
using System.Text;

namespace LlamaGate.Api.Configuration.Files;

/// <summary>Tells contents apart without keeping them.</summary>
internal static class Digest
{
    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexString(SHA256.HashData(content));

    public static string Of(IEnumerable<string> parts) => Of(Encoding.UTF8.GetBytes(string.Join('\0', parts)));
}
