using System.Buffers;
using System.Text.Json;
using CommunityToolkit.HighPerformance.Buffers;
using LlamaGate.Application.Memory;
using LlamaGate.Application.Models;
using LlamaGate.Application.Native.Contracts;

namespace LlamaGate.Application.Native;

/// <summary>A body with the models' own names in place of aliases; all other bytes are unchanged.</summary>
internal sealed class AliasedBody : IDisposable
{
    /// <summary>Bytes to spare, more than names need.</summary>
    private const int Spare = 512;

    private readonly ArrayPoolBufferWriter<byte>? _renamed;

    private AliasedBody(NativeBody body, ModelAliases aliases)
    {
        Json = body.Json;
        Model = aliases.Resolve(body.Model);
        if (body.Names.Any(named => aliases.Resolve(named.Name) != named.Name))
        {
            _renamed = new ArrayPoolBufferWriter<byte>(ModestPool.Instance, body.Json.Length + Spare);
            Write(body, aliases, _renamed);
            Json = _renamed.WrittenMemory;
        }
    }

    public ReadOnlyMemory<byte> Json { get; }

    public string Model { get; }

    public bool IsRenamed => _renamed is not null;

    public static AliasedBody Of(NativeBody body, ModelAliases aliases) => new(body, aliases);

    public void Dispose() => _renamed?.Dispose();

    private static void Write(NativeBody body, ModelAliases aliases, ArrayPoolBufferWriter<byte> output)
    {
        var json = body.Json.Span;
        var written = 0;
        foreach (var (start, length, name) in body.Names)
        {
            output.Write(json[written..start]);
            WriteText(aliases.Resolve(name), output);
            written = start + length;
        }

        output.Write(json[written..]);
    }

    private static void WriteText(string text, ArrayPoolBufferWriter<byte> output)
    {
        output.Write("\""u8);
        output.Write(JsonEncodedText.Encode(text).EncodedUtf8Bytes);
        output.Write("\""u8);
    }
}
