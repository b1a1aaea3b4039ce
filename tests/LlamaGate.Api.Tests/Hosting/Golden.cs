using System.Text;

namespace LlamaGate.Api.Tests.Hosting;

/// <summary>
/// Whole answers kept as files and compared byte for byte. <c>LLAMAGATE_WRITE_GOLDEN=1</c> writes them anew, to be read in the diff.
/// </summary>
internal static class Golden
{
    private const string WriteVariable = "LLAMAGATE_WRITE_GOLDEN";

    private static readonly string Root = Path.Combine(Repository.Root, "tests", "LlamaGate.Api.Tests");

    /// <param name="area">The tests' folder that holds <c>Golden</c>.</param>
    public static void AssertEqual(string name, byte[] actual, string area = "Chat")
    {
        var folder = Path.Combine(Root, area, "Golden");
        var path = Path.Combine(folder, name + ".golden");
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"There is no {name}.golden. {WriteVariable}=1 writes it; read it before it is kept.");
        var expected = File.ReadAllBytes(path);
        if (!actual.AsSpan().SequenceEqual(expected))
        {
            Assert.Fail(Difference(name, expected, actual));
        }
    }

    internal static string Difference(string name, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        var at = expected.CommonPrefixLength(actual);
        var line = expected[..at].Count((byte)'\n') + 1;
        return $"{name}.golden differs at byte {at}, line {line}.\nexpected: {Around(expected, at)}\nactual:   {Around(actual, at)}";
    }

    private static string Around(ReadOnlySpan<byte> text, int at)
    {
        var from = Math.Max(0, at - 60);
        var shown = text[from..Math.Min(text.Length, at + 100)];
        return Encoding.UTF8.GetString(shown).Replace("\n", "⏎", StringComparison.Ordinal) + (at >= text.Length ? "<end>" : "");
    }
}
