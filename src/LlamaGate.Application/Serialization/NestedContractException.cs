using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LlamaGate.Application.Serialization;

/// <summary>
/// A fault within a contract that a converter of ours reads inside of another: the serializer knows the way to the converter and
/// from there on, and joins the two for nobody.
/// </summary>
public sealed class NestedContractException : JsonException
{
    private readonly JsonException _fault;

    private readonly string _start;

    private NestedContractException(JsonException fault, string start)
        : base(fault.Message, fault) => (_fault, _start) = (fault, start);

    /// <summary>What went wrong.</summary>
    public JsonException Fault => _fault is NestedContractException nested ? nested.Fault : _fault;

    /// <summary>The way from the converter's value to the fault, to be put behind <see cref="JsonException.Path"/>: <c>[0].text</c>.</summary>
    public string InnerPath => _start + _fault.Path?[1..] + (_fault as NestedContractException)?.InnerPath;

    /// <summary>Reads a contract in the place of a converter.</summary>
    /// <param name="index">The contract's place in an array that the converter reads by hand.</param>
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
