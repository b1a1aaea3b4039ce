namespace LlamaGate.Application;

/// <summary>
/// Unique ids. They are not secrets, since nothing can be fetched with an id alone; the cryptographic generator would cost every request
/// two system calls.
/// </summary>
internal static class RandomIds
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 24; // 142 bits

    public static string New() => Random.Shared.GetString(Alphabet, Length);
}
