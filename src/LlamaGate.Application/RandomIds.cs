using System.Security.Cryptography;

namespace LlamaGate.Application;

/// <summary>Ids that do not collide and cannot be guessed.</summary>
internal static class RandomIds
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 24; // 142 bits

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);
}
