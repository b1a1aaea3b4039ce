using System.Text;
using CsCheck;

namespace LlamaGate.Infrastructure.Tests.Ollama;

/// <summary>Small damage to a body of JSON: to its bytes and to its words.</summary>
internal static class Mutations
{
    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "null", "true", "false", "0", "-1", "1e400", "\"\"", "{}", "[]", "\n", "\n\n", "{", "}", "\"", "\\ud800", ",", ":",
            "\"done\":true", "\"done\":false", "\"error\":\"x\"", "\"error\":null", "[[[[[[[[", "\u0000", "é",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public enum Kind
    {
        Cut,
        Remove,
        Repeat,
        Flip,
        Insert,
        Replace,
        DropLine,
    }

    /// <param name="Kind">What is done.</param>
    /// <param name="At">Where, as a part of the whole.</param>
    /// <param name="Length">To how many bytes.</param>
    /// <param name="Word">With which word.</param>
    public sealed record Mutation(Kind Kind, double At, int Length, int Word);

    public static Gen<Mutation> Gen { get; } = CsCheck.Gen.Select(
        CsCheck.Gen.Int[0, Enum.GetValues<Kind>().Length - 1],
        CsCheck.Gen.Double[0, 1],
        CsCheck.Gen.Int[1, 40],
        CsCheck.Gen.Int[0, Words.Length - 1],
        (kind, at, length, word) => new Mutation((Kind)kind, at, length, word));

    public static byte[] Apply(byte[] body, Mutation mutation)
    {
        var at = Math.Min((int)(mutation.At * body.Length), body.Length);
        var end = Math.Min(at + mutation.Length, body.Length);
        return mutation.Kind switch
        {
            Kind.Cut => body[..at],
            Kind.Remove => [.. body[..at], .. body[end..]],
            Kind.Repeat => [.. body[..end], .. body[at..]],
            Kind.Flip => Flip(body, at, mutation.Length),
            Kind.Insert => [.. body[..at], .. Words[mutation.Word], .. body[at..]],
            Kind.Replace => [.. body[..at], .. Words[mutation.Word], .. body[end..]],
            Kind.DropLine => DropLine(body, at),
            _ => throw new ArgumentOutOfRangeException(nameof(mutation)),
        };
    }

    private static byte[] Flip(byte[] body, int at, int bits)
    {
        var flipped = body.ToArray();
        if (at < flipped.Length)
        {
            flipped[at] ^= (byte)(1 << (bits % 8));
        }

        return flipped;
    }

    private static byte[] DropLine(byte[] body, int at)
    {
        var start = body.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        var length = body.AsSpan(start).IndexOf((byte)'\n');
        return length < 0 ? body[..start] : [.. body[..start], .. body[(start + length + 1)..]];
    }
}
