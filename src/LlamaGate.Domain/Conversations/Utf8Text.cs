using System.Text;

namespace LlamaGate.Domain.Conversations;

/// <summary>
/// A text as UTF-8, the encoding in which it arrives and is sent upstream. Texts can be long and the gateway does not read them; as a
/// string a text would be transcoded twice and take twice the memory.
/// </summary>
public readonly struct Utf8Text(ReadOnlyMemory<byte> bytes) : IEquatable<Utf8Text>
{
    /// <summary>Valid UTF-8.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public static implicit operator Utf8Text(string text) => new(Encoding.UTF8.GetBytes(text));

    public static bool operator ==(Utf8Text left, Utf8Text right) => left.Equals(right);

    public static bool operator !=(Utf8Text left, Utf8Text right) => !left.Equals(right);

    public bool Equals(Utf8Text other) => Bytes.Span.SequenceEqual(other.Bytes.Span);

    public override bool Equals(object? obj) => obj is Utf8Text other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes.Span);
        return hash.ToHashCode();
    }

    public override string ToString() => Encoding.UTF8.GetString(Bytes.Span);
}
