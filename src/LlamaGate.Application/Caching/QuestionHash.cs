using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Caching;

/// <summary>Turns a question into a text that is equal exactly when the question is.</summary>
internal static class QuestionHash
{
    /// <summary>Contracts with spellings of one value made one.</summary>
    public static JsonSerializerOptions CreateOptions()
    {
        var options = ContractSerialization.CreateOptions();
        options.Converters.Clear();
        options.Converters.Add(new CanonicalJsonConverter());
        return options;
    }

    /// <param name="canonical">Of a context with <see cref="CreateOptions"/>.</param>
    public static string Of<T>(T question, JsonTypeInfo<T> canonical) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(question, canonical)));
}
