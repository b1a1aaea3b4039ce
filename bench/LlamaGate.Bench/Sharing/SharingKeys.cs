using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LlamaGate.Bench.Sharing;

/// <summary>The KEYS_FILE of a run. The secrets are no secrets: the gateway listens on the loopback and ends with the run.</summary>
internal static class SharingKeys
{
    /// <summary>More than any scenario has waiting, so that only the queue decides.</summary>
    private const int MaxWaiting = 100_000;

    public static string SecretOf(string caller) => $"bench-{caller}";

    public static async Task<string> WriteAsync(string directory, IEnumerable<string> callers, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, $"{Guid.NewGuid():N}.keys.json");
        await File.WriteAllBytesAsync(path, Document(callers), cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    private static byte[] Document(IEnumerable<string> callers) => JsonSerializer.SerializeToUtf8Bytes(new { keys = callers.Select(Key) });

    private static object Key(string caller) => new
    {
        id = caller,
        hash = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(SecretOf(caller))))}",
        max_waiting = MaxWaiting,
    };
}
