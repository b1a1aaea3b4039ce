using System.Text;
using dotenv.net;

namespace LlamaGate.Api.Configuration;

/// <summary>
/// The contents of a <c>.env</c>. It is read into a dictionary, never into the process environment: child processes and diagnostics
/// must not see the key. <c>$</c> has no special meaning, because keys can contain it.
/// </summary>
/// <param name="Path">The file; null when there is none.</param>
/// <param name="Lines">Its text, read once: somebody may be writing it.</param>
/// <param name="Values">What it sets. Where it is malformed, what could be read, so that faults in the rest are found as well.</param>
/// <param name="Errors">Every fault of the file itself.</param>
internal sealed record DotEnvFile(
    string? Path, IReadOnlyList<string> Lines, IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> Errors)
{
    public const string Name = ".env";

    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);

    public static DotEnvFile None { get; } = new(null, [], Nothing, []);

    /// <param name="path">A file that must exist.</param>
    public static DotEnvFile Read(string path)
    {
        if (Directory.Exists(path))
        {
            return Unusable(path, "is a directory, not a file");
        }

        try
        {
            var lines = File.ReadAllLines(path);
            var faults = DotEnvLines.FindFaults(lines);
            var values = faults.Count == 0 ? Parse(lines) : DotEnvLines.ReadLoosely(lines, faults.Select(fault => fault.Line));
            return new DotEnvFile(path, lines, values, [.. faults.Select(fault => $"{Name}: line {fault.Line} of {path} {fault.Problem}")]);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Unusable(path, "does not exist");
        }
        catch (UnauthorizedAccessException)
        {
            return Unusable(path, "cannot be read: this user is not permitted to");
        }
        catch (IOException)
        {
            return Unusable(path, "cannot be read");
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return Unusable(path, "is malformed: a quoted value is not closed");
        }
    }

    private static DotEnvFile Unusable(string path, string problem) => new(path, [], Nothing, [$"{Name}: {path} {problem}"]);

    private static Dictionary<string, string> Parse(IEnumerable<string> lines)
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        return new(
            DotEnv.Fluent().WithExceptions().WithEnvStreams(text).WithTrimValues().WithSupportExportSyntax()
                .WithSupportInlineComments().WithoutSupportVariableExpansion().Read(),
            StringComparer.Ordinal);
    }
}
