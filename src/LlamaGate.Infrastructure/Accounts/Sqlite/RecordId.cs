namespace LlamaGate.Infrastructure.Accounts.Sqlite;

/// <summary>A record's id as the file holds it: 16 bytes, in the order of its text.</summary>
internal static class RecordId
{
    public static byte[] Of(Guid id) => id.ToByteArray(bigEndian: true);
}
