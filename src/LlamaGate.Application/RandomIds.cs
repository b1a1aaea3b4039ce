using System.Security.Cryptography;

namespace LlamaGate.Application;

/// <summary>Ids that do not collide and cannot be guessed.</summary>
internal static class RandomIds
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 24; // 142 bits

    /// <summary>Bytes from here on would make some letters likelier than others.</summary>
    private const int Limit = byte.MaxValue + 1 - ((byte.MaxValue + 1) % 62);

    // Drawn for many ids at once: the system's generator takes two system calls, however little is asked of it.
    [ThreadStatic]
    private static byte[]? _drawn;

    [ThreadStatic]
    private static int _used;

    public static string New() => string.Create(Length, state: 0, static (id, _) =>
    {
        foreach (ref var letter in id)
        {
            letter = Alphabet[NextBelowLimit() % Alphabet.Length];
        }
    });

    private static int NextBelowLimit()
    {
        while (true)
        {
            var drawn = _drawn ??= new byte[1024];
            if (_used == 0)
            {
                RandomNumberGenerator.Fill(drawn);
            }

            var next = drawn[_used];
            // What has been given away is not kept.
            drawn[_used] = 0;
            _used = (_used + 1) % drawn.Length;
            if (next < Limit)
            {
                return next;
            }
        }
    }
}
