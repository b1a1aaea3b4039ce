using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LlamaGate.Application.Caching;

/// <summary>About how much memory a kept answer holds.</summary>
internal static class AnswerSize
{
    /// <summary>Objects, references and the key itself, beside the contents; bytes.</summary>
    public const int Overhead = 1024;

    /// <summary>Bytes of an answer that is text, which is UTF-16 in memory.</summary>
    public static long Of<T>(T answer, JsonTypeInfo<T> type) =>
        Overhead + (sizeof(char) * (long)JsonSerializer.SerializeToUtf8Bytes(answer, type).Length);
}
