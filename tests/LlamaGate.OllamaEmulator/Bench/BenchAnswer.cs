using LlamaGate.OllamaEmulator.Scripts;
using LlamaGate.OllamaEmulator.Wire;

namespace LlamaGate.OllamaEmulator.Bench;

/// <summary>The bytes of a bench model's answer, made once by the same renderer as every other answer.</summary>
internal sealed class BenchAnswer
{
    /// <summary>
    /// Stands in a paced line for the time. A mark that no JSON of the answer contains, so that a client finds each
    /// token of any dialect by one byte.
    /// </summary>
    public const string Stamp = "@0000000000000000";

    private const int PromptTokens = 40;

    public BenchAnswer(string model, BenchScript script, TimeProvider time)
    {
        Script = script;
        var tokens = script.Kind is BenchKind.Paced ? [Stamp] : (IReadOnlyList<string>)CountingTokens.Take(script.Tokens);
        var renderer = new AnswerRenderer(new ChatShape(model, time), new ModelAnswer { Tokens = tokens }, PromptTokens);
        if (script.Kind is BenchKind.Plain)
        {
            var whole = renderer.Plain(finished: true);
            Packets = [whole.Body];
            ContentLength = whole.ContentLength;
            return;
        }

        var reply = renderer.Stream();
        Packets = [.. (reply.Lines ?? []).Chunk(script.LinesPerPacket).Select(Joined)];
        Closing = reply.ClosingLine?.Invoke() ?? default;
    }

    public BenchScript Script { get; }

    /// <summary>What is sent at once: the whole body, many lines of a flood, or the one line of a paced stream.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Packets { get; }

    public ReadOnlyMemory<byte> Closing { get; }

    /// <summary>Null when the answer is sent chunked.</summary>
    public long? ContentLength { get; }

    private static ReadOnlyMemory<byte> Joined(ReadOnlyMemory<byte>[] lines)
    {
        var joined = new byte[lines.Sum(line => line.Length)];
        var at = 0;
        foreach (var line in lines)
        {
            line.CopyTo(joined.AsMemory(at));
            at += line.Length;
        }

        return joined;
    }
}
