using System.Buffers.Binary;

namespace LlamaGate.Application.Accounts;

/// <summary>
/// Ids of records: version 7 of RFC 9562, the time first, so that they sort by it. The rest is random but no secret, and comes from
/// <see cref="Random"/>: <see cref="Guid.CreateVersion7()"/> makes a system call for each.
/// </summary>
internal static class RecordId
{
    public static Guid New(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, now.ToUnixTimeMilliseconds() << 16);
        Random.Shared.NextBytes(bytes[6..]);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }
}
