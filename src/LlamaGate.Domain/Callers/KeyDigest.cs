using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace LlamaGate.Domain.Callers;

/// <summary>The SHA-256 of a key's UTF-8 bytes. Digests are compared in constant time.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct KeyDigest : IEquatable<KeyDigest>
{
    public const string Prefix = "sha256:";

    private const int TextLength = 7 + (SHA256.HashSizeInBytes * 2);

    /// <summary>Longer texts are hashed in an array of their own.</summary>
    private const int MaxBytesOnStack = 512;

    private readonly UInt128 _first;
    private readonly UInt128 _second;

    private KeyDigest(ReadOnlySpan<byte> bytes)
    {
        _first = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        _second = BinaryPrimitives.ReadUInt128BigEndian(bytes[(SHA256.HashSizeInBytes / 2)..]);
    }

    /// <summary>Of a key as a client sends it. Allocates nothing for a key of usual length.</summary>
    public static KeyDigest Of(ReadOnlySpan<char> key)
    {
        var most = Encoding.UTF8.GetMaxByteCount(key.Length);
        Span<byte> text = most <= MaxBytesOnStack ? stackalloc byte[MaxBytesOnStack] : new byte[most];
        var length = Encoding.UTF8.GetBytes(key, text);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        return new KeyDigest(hash);
    }

    /// <param name="text"><c>sha256:</c> and 64 hexadecimal digits, in any case of letters.</param>
    public static bool TryParse(string? text, out KeyDigest digest)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        var isDigest = text is { Length: TextLength } && text.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.FromHexString(text.AsSpan(Prefix.Length), bytes, out _, out _) is OperationStatus.Done;
        digest = isDigest ? new KeyDigest(bytes) : default;
        return isDigest;
    }

    /// <summary>As written in the keys file. Not <see cref="ToString"/>, so that no log shows it by accident.</summary>
    public string ToText()
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        Write(bytes);
        return Prefix + Convert.ToHexStringLower(bytes);
    }

    public bool Equals(KeyDigest other)
    {
        Span<byte> own = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> others = stackalloc byte[SHA256.HashSizeInBytes];
        Write(own);
        other.Write(others);
        return CryptographicOperations.FixedTimeEquals(own, others);
    }

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is KeyDigest other && Equals(other);

    /// <summary>Parts of the digest itself, which is evenly distributed already.</summary>
    public override int GetHashCode() => (int)((uint)_first ^ (uint)_second);

    public override string ToString() => Prefix + "(not shown)";

    public static bool operator ==(KeyDigest left, KeyDigest right) => left.Equals(right);

    public static bool operator !=(KeyDigest left, KeyDigest right) => !left.Equals(right);

    private void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _first);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[(SHA256.HashSizeInBytes / 2)..], _second);
    }
}
