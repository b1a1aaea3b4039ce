using System.Globalization;

namespace LlamaGate.Api.Configuration.Files;

/// <summary>What the system says about some files without reading them.</summary>
/// <param name="Text">Target, length and time of each.</param>
/// <param name="Newest">When the last of them was written.</param>
internal sealed record FileSignature(string Text, DateTime Newest)
{
    /// <summary>Clocks of file systems are coarse: two versions that were written soon after each other can have the same time.</summary>
    private static readonly TimeSpan Coarseness = TimeSpan.FromSeconds(3);

    public static FileSignature None { get; } = new("", DateTime.MinValue);

    public static FileSignature Of(IReadOnlyList<string> paths)
    {
        var files = paths.Select(Find).ToList();
        var newest = files.Select(file => file?.LastWriteTimeUtc ?? DateTime.MinValue).DefaultIfEmpty().Max();
        return new FileSignature(string.Join('\n', files.Select(Describe)), newest);
    }

    /// <summary>Whether an equal signature proves an equal content.</summary>
    public bool IsSettled(DateTimeOffset now) => now.UtcDateTime - Newest > Coarseness;

    private static FileInfo? Find(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static string Describe(FileInfo? file) => file is { Exists: true }
        ? string.Create(CultureInfo.InvariantCulture, $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}")
        : "";
}
