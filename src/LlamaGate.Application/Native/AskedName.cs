using System.Buffers;
using System.Text.Json;

namespace LlamaGate.Application.Native;

/// <summary>Writes the requested name into the answers when the caller used an alias.</summary>
/// <param name="asked">The name's JSON, as the caller wrote it.</param>
internal sealed class AskedName(byte[] asked) : AnswerRewriting
{
    /// <summary>The beginning of the previous line, up to the end of the name. Ollama begins all lines alike.</summary>
    private byte[] _beginning = [];

    /// <summary>How many of its bytes precede the name.</summary>
    private int _before;

    public override void Write(ReadOnlySequence<byte> json, IBufferWriter<byte> output)
    {
        var first = json.FirstSpan;
        if (_beginning.Length > 0 && first.StartsWith(_beginning))
        {
            output.Write(first[.._before]);
            output.Write(asked);
            Copy(json.Slice(_beginning.Length), output);
        }
        else if (Find(json) is var (start, end))
        {
            _beginning = json.Slice(0, end).ToArray();
            _before = (int)start;
            Copy(json.Slice(0, start), output);
            output.Write(asked);
            Copy(json.Slice(end), output);
        }
        else
        {
            Copy(json, output);
        }
    }

    /// <summary>Where the outermost <c>model</c> stands, its quotes included.</summary>
    private static (long Start, long End)? Find(ReadOnlySequence<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var isModel = reader.ValueTextEquals("model"u8);
                reader.Read();
                if (isModel && reader.TokenType is JsonTokenType.String)
                {
                    return (reader.TokenStartIndex, reader.BytesConsumed);
                }

                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON: there is no name to be found.
        }

        return null;
    }
}
