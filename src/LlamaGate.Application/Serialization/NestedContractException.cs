using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LlamaGate.Application.Serialization;

/// <summary>
/// A fault in a contract that one of our converters reads inside another contract: the serializer knows the path to the converter and
/// the path within it, but does not join them.
/// </summary>
public sealed class NestedContractException : JsonException
{
    private readonly JsonException _fault;

    private readonly string _start;

    private NestedContractException(JsonException fault, string start)
        : base(fault.Message, fault) => (_fault, _start) = (fault, start);

    /// <summary>What went wrong.</summary>
    public JsonException Fault => _fault is NestedContractException nested ? nested.Fault : _fault;

    /// <summary>The path from the converter's value to the fault, to be appended to <see cref="JsonException.Path"/>: <c>[0].text</c>.</summary>
    public string InnerPath => _start + _fault.Path?[1..] + (_fault as NestedContractException)?.InnerPath;

    /// <summary>Reads a contract within a converter.</summary>
    /// <param name="index">The contract's place in an array that the converter reads item by item.</param>
    internal static T? Read<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> type, int? index = null)
    {
        try
        {
            return JsonSerializer.Deserialize(ref reader, type);
        }
        catch (JsonException fault)
        {
            throw new NestedContractException(fault, index is null ? "" : $"[{index}]");
        }
    }
}
