namespace LlamaGate.Application;

/// <summary>
/// Ids that do not come twice. They are no secrets, since nothing can be fetched with one; the system's generator of those would take
/// every request two system calls.
/// </summary>
internal static class RandomIds
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 24; // 142 bits

    public static string New() => Random.Shared.GetString(Alphabet, Length);
}
