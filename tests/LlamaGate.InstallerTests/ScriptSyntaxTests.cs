using System.Management.Automation.Language;

namespace LlamaGate.InstallerTests;

/// <summary>
/// What can be known of the scripts without Windows. They must work with Windows PowerShell 5.1, whose parser is older than
/// the one here, so what it lacks is looked for by name.
/// </summary>
public sealed class ScriptSyntaxTests
{
    /// <summary>Cmdlets and functions that Windows PowerShell 5.1 brings along.</summary>
    private static readonly HashSet<string> KnownCommands = new(StringComparer.Ordinal)
    {
        "ConvertFrom-Json", "Copy-Item", "ForEach-Object", "Get-Acl", "Get-ChildItem", "Get-Command", "Get-FileHash",
        "Get-Help", "Get-ItemProperty", "Get-Service", "Invoke-WebRequest", "Join-Path", "Move-Item", "New-Service",
        "Out-Host", "Out-Null", "Out-String", "Read-Host", "Remove-Item", "Set-StrictMode", "Split-Path", "Start-Service", "Stop-Service",
        "Test-Path", "Where-Object", "Write-Host",
    };

    private static readonly HashSet<string> NativePrograms = new(StringComparer.Ordinal)
    {
        "dotnet", "icacls.exe", "powershell.exe", "reg.exe", "sc.exe", "whoami.exe", "winget",
    };

    private static readonly TokenKind[] NewerTokens =
    [
        TokenKind.QuestionMark, TokenKind.QuestionQuestion, TokenKind.QuestionQuestionEquals, TokenKind.QuestionDot,
        TokenKind.QuestionLBracket, TokenKind.AndAnd, TokenKind.OrOr,
    ];

    public static TheoryData<string> Scripts => [.. Repository.Scripts.Select(Relative)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_AsItStands_Parses(string script)
    {
        _ = Repository.Parse(Full(script), out var errors);

        Assert.Empty(errors.Select(error => $"{error.Extent.StartLineNumber}: {error.Message}"));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_ForWindowsPowerShell51_HasNoNewerSyntax(string script)
    {
        _ = Parser.ParseFile(Full(script), out var tokens, out _);

        Assert.DoesNotContain(tokens, token => NewerTokens.Contains(token.Kind));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_WithoutByteOrderMark_IsAscii(string script) =>
        Assert.DoesNotContain(File.ReadAllText(Full(script)), character => character > '\x7f');

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_EveryCommand_IsKnown(string script)
    {
        var defined = Repository.Scripts.SelectMany(Functions).Select(function => function.Name)
            .ToHashSet(StringComparer.Ordinal);
        var called = All<CommandAst>(Full(script)).Select(command => command.GetCommandName())
            .OfType<string>().Distinct(StringComparer.Ordinal);

        Assert.DoesNotContain(called, name =>
            !defined.Contains(name) && !KnownCommands.Contains(name) && !NativePrograms.Contains(name));
    }

    [Fact]
    public void Functions_OfTheInstaller_HaveNamesOfTheirOwnAndCallers()
    {
        var scripts = Directory.GetFiles(Repository.InstallerFolder, "*.ps1", SearchOption.AllDirectories);
        var defined = scripts.SelectMany(Functions).Select(function => function.Name).ToList();
        var called = scripts.SelectMany(All<CommandAst>).Select(command => command.GetCommandName())
            .ToHashSet(StringComparer.Ordinal);

        Assert.Equal(defined.Distinct(StringComparer.OrdinalIgnoreCase), defined, StringComparer.Ordinal);
        Assert.DoesNotContain(defined, name => !called.Contains(name));
    }

    [Fact]
    public void Installer_EveryParameter_IsDocumented()
    {
        var script = Repository.Parse(Path.Combine(Repository.InstallerFolder, "install.ps1"), out _);
        var documented = script.GetHelpContent().Parameters.Keys;
        var declared = script.ParamBlock.Parameters
            .Select(parameter => parameter.Name.VariablePath.UserPath.ToUpperInvariant());

        Assert.Equal(declared.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Installer_EveryPart_IsLoaded()
    {
        var script = File.ReadAllText(Path.Combine(Repository.InstallerFolder, "install.ps1"));
        var parts = Directory.GetFiles(Path.Combine(Repository.InstallerFolder, "parts")).Select(Path.GetFileName);

        Assert.All(parts, part => Assert.Contains($"'parts/{part}'", script, StringComparison.Ordinal));
    }

    [Fact]
    public void CommandFile_StartsTheScriptBesideItAndHandsOnItsExitCode()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.InstallerFolder, "install.cmd"));

        Assert.Equal("powershell.exe -NoProfile -ExecutionPolicy Bypass -File \"%~dp0install.ps1\" %*", lines[^2]);
        Assert.Equal("exit /b %ERRORLEVEL%", lines[^1]);
    }

    private static IEnumerable<FunctionDefinitionAst> Functions(string file) => All<FunctionDefinitionAst>(file);

    private static IEnumerable<T> All<T>(string file)
        where T : Ast =>
        Repository.Parse(file, out _).FindAll(ast => ast is T, searchNestedScriptBlocks: true).Cast<T>();

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file);

    private static string Full(string script) => Path.Combine(Repository.Root, script);
}
