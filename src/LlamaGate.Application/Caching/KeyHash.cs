using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CommunityToolkit.HighPerformance.Buffers;
using LlamaGate.Application.Memory;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Caching;

/// <summary>
/// SHA-256 over values, each prefixed with its kind and its length, so that no two lists of values have the same bytes. A large text is
/// represented by its <see cref="LargeTextDigest"/>.
/// </summary>
internal sealed class KeyHash : IDisposable
{
    private const int FirstBytes = 2048;

    /// <summary>A text of this length or more, such as an image, is not copied. Buffered values are hashed at this length.</summary>
    private const int LargeBytes = 32 * 1024;

    private readonly ArrayPoolBufferWriter<byte> _pending = new(ModestPool.Instance, FirstBytes);
    private IncrementalHash? _hash;

    private enum Kind : byte
    {
        Null,
        Number,
        Text,
        Json,
        LargeText,
    }

    /// <summary>The cache key for answers of this blob: after a model is pulled again, its old answers are not used.</summary>
    /// <param name="digest">Of the model's blob; null while it is unknown.</param>
    public static string WithDigest(string key, string? digest) => digest is null ? key : $"{key}:{digest}";

    public void Add(long? value)
    {
        if (value is not { } number)
        {
            AddNull();
            return;
        }

        var span = _pending.GetSpan(1 + sizeof(long));
        span[0] = (byte)Kind.Number;
        BinaryPrimitives.WriteInt64LittleEndian(span[1..], number);
        _pending.Advance(1 + sizeof(long));
    }

    public void Add(bool? value) => Add(value is { } flag ? (flag ? 1L : 0L) : (long?)null);

    public void Add(double? value) => Add(value is { } number ? BitConverter.DoubleToInt64Bits(number) : (long?)null);

    public void Add(string? value)
    {
        if (value is null)
        {
            AddNull();
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        AddHead(Kind.Text, length);
        _pending.Advance(Encoding.UTF8.GetBytes(value, _pending.GetSpan(Math.Max(1, length))));
        FlushIfLarge();
    }

    /// <param name="utf8">A text.</param>
    public void Add(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < LargeBytes)
        {
            AddHead(Kind.Text, utf8.Length);
            utf8.CopyTo(_pending.GetSpan(Math.Max(1, utf8.Length)));
            _pending.Advance(utf8.Length);
            FlushIfLarge();
            return;
        }

        AddHead(Kind.LargeText, utf8.Length);
        LargeTextDigest.Write(utf8, _pending.GetSpan(LargeTextDigest.Bytes)[..LargeTextDigest.Bytes]);
        _pending.Advance(LargeTextDigest.Bytes);
    }

    /// <param name="value">Values that differ only in how their numbers are written count as equal.</param>
    public void Add(JsonElement? value)
    {
        if (value is not { } element)
        {
            AddNull();
            return;
        }

        using var json = new ArrayPoolBufferWriter<byte>(
            ModestPool.Instance, JsonMarshal.GetRawUtf8Value(element).Length + 1);
        using (var writer = new Utf8JsonWriter(json, ContractSerialization.WriterOptions))
        {
            CanonicalJsonConverter.Write(writer, element);
        }

        AddHead(Kind.Json, json.WrittenCount);
        json.WrittenSpan.CopyTo(_pending.GetSpan(Math.Max(1, json.WrittenCount)));
        _pending.Advance(json.WrittenCount);
        FlushIfLarge();
    }

    public string ToText()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        if (_hash is null)
        {
            SHA256.HashData(_pending.WrittenSpan, digest);
        }
        else
        {
            Flush();
            _hash.GetHashAndReset(digest);
        }

        return Convert.ToHexStringLower(digest);
    }

    public void Dispose()
    {
        _pending.Dispose();
        _hash?.Dispose();
    }

    private void AddNull()
    {
        _pending.GetSpan(1)[0] = (byte)Kind.Null;
        _pending.Advance(1);
    }

    private void AddHead(Kind kind, int length)
    {
        var span = _pending.GetSpan(1 + sizeof(int));
        span[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(span[1..], length);
        _pending.Advance(1 + sizeof(int));
    }

    private void FlushIfLarge()
    {
        if (_pending.WrittenCount >= LargeBytes)
        {
            Flush();
        }
    }

    private void Flush()
    {
        _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _hash.AppendData(_pending.WrittenSpan);
        _pending.Clear();
    }
}
