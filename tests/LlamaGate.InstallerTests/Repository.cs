using System.Management.Automation.Language;

namespace LlamaGate.InstallerTests;

/// <summary>Where the Windows scripts are, and what PowerShell's own parser makes of them.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string InstallerFolder { get; } = Path.Combine(Root, "install", "windows");

    public static IReadOnlyList<string> Scripts { get; } =
    [
        .. Directory.GetFiles(InstallerFolder, "*.ps1", SearchOption.AllDirectories),
        .. Directory.GetFiles(Path.Combine(Root, "tests", "installer"), "*.ps1"),
    ];

    public static ScriptBlockAst Parse(string file, out ParseError[] errors) =>
        Parser.ParseFile(file, out _, out errors);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "global.json")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No global.json above the tests.");
        }

        return folder.FullName;
    }
}
