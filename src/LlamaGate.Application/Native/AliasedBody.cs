using System.Buffers;
using System.Text.Json;
using CommunityToolkit.HighPerformance.Buffers;
using LlamaGate.Application.Memory;
using LlamaGate.Application.Models;
using LlamaGate.Application.Native.Contracts;

namespace LlamaGate.Application.Native;

/// <summary>
/// A body with the models' own names in place of aliases and, for shared hosts, without what says how a model is loaded; all other
/// bytes are unchanged.
/// </summary>
internal sealed class AliasedBody : IDisposable
{
    /// <summary>Bytes to spare, more than names need.</summary>
    private const int Spare = 512;

    private readonly ArrayPoolBufferWriter<byte>? _written;

    private AliasedBody(NativeBody body, ModelAliases aliases, bool cutsLoading)
    {
        Json = body.Json;
        OptionsAt = body.Demand?.OptionsAt;
        Model = aliases.Resolve(body.Model);
        IsRenamed = body.Names.Any(named => aliases.Resolve(named.Name) != named.Name);
        var cuts = cutsLoading ? body.LoadCuts : [];
        if (IsRenamed || cuts.Count > 0)
        {
            _written = new ArrayPoolBufferWriter<byte>(ModestPool.Instance, body.Json.Length + Spare);
            Write(body, aliases, cuts, _written);
            Json = _written.WrittenMemory;
            OptionsAt = OptionsAt is { } at ? Move(at, body, aliases, cuts) : null;
        }
    }

    public ReadOnlyMemory<byte> Json { get; }

    public string Model { get; }

    /// <summary>Right behind the brace that begins the options in <see cref="Json"/>; null when there are none, or the hosts are not shared.</summary>
    public int? OptionsAt { get; }

    public bool IsRenamed { get; }

    /// <param name="cutsLoading">Whether what says how the model is loaded is left out.</param>
    public static AliasedBody Of(NativeBody body, ModelAliases aliases, bool cutsLoading = false) => new(body, aliases, cutsLoading);

    public void Dispose() => _written?.Dispose();

    private static void Write(NativeBody body, ModelAliases aliases, List<Range> cuts, ArrayPoolBufferWriter<byte> output)
    {
        var written = 0;
        var next = 0;
        foreach (var (start, length, name) in body.Names)
        {
            next = WriteUpTo(start, body.Json.Span, cuts, next, ref written, output);
            WriteText(aliases.Resolve(name), output);
            written = start + length;
        }

        WriteUpTo(body.Json.Length, body.Json.Span, cuts, next, ref written, output);
    }

    /// <summary>Where a place of the body is in what is written.</summary>
    private static int Move(int place, NativeBody body, ModelAliases aliases, List<Range> cuts) =>
        place
        - cuts.Where(cut => cut.End.Value <= place).Sum(cut => cut.End.Value - cut.Start.Value)
        + body.Names.Where(named => named.Start < place).Sum(named => LengthOf(aliases.Resolve(named.Name)) - named.Length);

    private static int LengthOf(string text) => JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length + 2;

    /// <returns>The first cut behind the end.</returns>
    private static int WriteUpTo(
        int end, ReadOnlySpan<byte> json, List<Range> cuts, int next, ref int written, ArrayPoolBufferWriter<byte> output)
    {
        for (; next < cuts.Count && cuts[next].Start.Value < end; next++)
        {
            output.Write(json[written..cuts[next].Start.Value]);
            written = cuts[next].End.Value;
        }

        output.Write(json[written..end]);
        return next;
    }

    private static void WriteText(string text, ArrayPoolBufferWriter<byte> output)
    {
        output.Write("\""u8);
        output.Write(JsonEncodedText.Encode(text).EncodedUtf8Bytes);
        output.Write("\""u8);
    }
}
