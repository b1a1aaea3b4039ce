using System.CommandLine;
using System.Security.Cryptography;

namespace LlamaGate.Api.CommandLine.Keys;

/// <summary><c>llamagate keygen</c>: a new key for API_KEY.</summary>
internal static class KeygenCommand
{
    private const int KeyBytes = 32;

    private const string Notes = """
        The key has 256 random bits in hexadecimal digits, which need no quoting in a URL, a shell or .env. It is not stored.
        Exit codes: 0 printed, 2 unknown option.
        """;

    public static Command Create()
    {
        var env = new Option<bool>("--env") { Description = "Print it as a line for .env: API_KEY=..." };
        var command = new NotedCommand("keygen", "Print a new random API key", Notes) { env };
        command.SetAction((parsed, cancellationToken) => PrintAsync(
            parsed.InvocationConfiguration.Output, parsed.GetValue(env) ? "API_KEY=" : "", cancellationToken));
        return command;
    }

    private static async Task<int> PrintAsync(TextWriter output, string prefix, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(
            $"{prefix}{RandomNumberGenerator.GetHexString(KeyBytes * 2, lowercase: true)}".AsMemory(), cancellationToken);
        return 0;
    }
}
