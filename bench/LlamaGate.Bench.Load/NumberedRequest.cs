using System.Globalization;
using System.Text;

namespace LlamaGate.Bench.Load;

/// <summary>
/// The bytes of one connection's requests. A request with a placeholder gets a new number each time it is taken; one
/// without stays as it is.
/// </summary>
public sealed class NumberedRequest(ReadOnlyMemory<byte> request)
{
    private static readonly byte[] Placeholder = Encoding.ASCII.GetBytes(RequestNumbers.Placeholder);
    private static readonly string Format = $"D{RequestNumbers.Placeholder.Length - 1}";
    private readonly byte[] _bytes = request.ToArray();
    private readonly int _at = request.Span.IndexOf(Placeholder);

    /// <summary>The next request. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Next()
    {
        if (_at >= 0)
        {
            RequestNumbers.Reserve(1).TryFormat(_bytes.AsSpan(_at + 1), out _, Format, CultureInfo.InvariantCulture);
        }

        return _bytes;
    }
}
