namespace LlamaGate.InstallerTests;

/// <summary>install.ps1 on a machine without the SDK, in a throw-away checkout whose build is a stand-in.</summary>
public sealed class SdkTests : IDisposable
{
    private const string Sdk = "10.0.401";

    private readonly WindowsStage _windows = new();
    private readonly string _checkout = Directory.CreateTempSubdirectory("check out ").FullName;
    private readonly string _installer;

    public SdkTests()
    {
        _installer = Path.Combine(_checkout, "install", "windows");
        foreach (var file in Directory.GetFiles(Repository.InstallerFolder, "*.ps1", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_installer, Path.GetRelativePath(Repository.InstallerFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.WriteAllText(Path.Combine(_checkout, "global.json"), $$"""{ "sdk": { "version": "{{Sdk}}" } }""");
        var built = Path.Combine(_checkout, "publish", "win-x64", "llamagate.exe");
        WindowsStage.WriteProgram(
            Path.Combine(_checkout, "scripts", "windows", "build.cmd"),
            $"echo \"$*\" >'{BuildCall}'; mkdir -p '{Path.GetDirectoryName(built)}'; cp '{_windows.Binary}' '{built}'");
        Dotnet(fits: false);
    }

    private string BuildCall => Path.Combine(_checkout, "build.call");

    private static string OwnSdk => Path.Combine(Environment.GetEnvironmentVariable("LOCALAPPDATA")!, "Microsoft/dotnet");

    public void Dispose()
    {
        _windows.Dispose();
        Directory.Delete(_checkout, recursive: true);
    }

    [Fact]
    public void Sdk_ThatFits_IsUsedForTheBuild()
    {
        Dotnet(fits: true);

        var code = _windows.Install("-Yes", _installer);

        Assert.Equal(0, code);
        Assert.Equal("--rid win-x64", File.ReadAllText(BuildCall).Trim());
        Assert.True(File.Exists(Path.Combine(_windows.UserFolder, "llamagate.exe")));
    }

    [Fact]
    public void Sdk_Missing_ComesFromWinget()
    {
        FakeWinget("$global:Fit");
        _windows.Do($"$global:Fit = {{ {FitScript(_windows.Programs)} }}");

        var code = _windows.Install("-Yes", _installer);

        Assert.Equal(0, code);
        Assert.Equal(
            $"winget install --exact --id Microsoft.DotNet.SDK.10 --version {Sdk} --source winget "
            + "--accept-source-agreements --accept-package-agreements",
            _windows.Calls[0]);
        Assert.DoesNotContain(_windows.Calls, call => call.StartsWith("powershell.exe", StringComparison.Ordinal));
    }

    [Fact]
    public void Sdk_ThatWingetCannotInstall_ComesFromTheVendorsScript()
    {
        FakeWinget("{}");
        VendorScript();

        var code = _windows.Install("-Yes", _installer);

        Assert.Equal(0, code);
        Assert.Contains(_windows.Calls, call =>
            call.EndsWith($"-Version {Sdk} -InstallDir {OwnSdk} -NoPath", StringComparison.Ordinal));
        Assert.Contains("Invoke-WebRequest https://dot.net/v1/dotnet-install.ps1", _windows.Calls, StringComparer.Ordinal);
    }

    [Fact]
    public void Sdk_Refused_InstallsNothing()
    {
        _windows.Do("'', '', '', '', '', 'n' | ForEach-Object { $global:Answers.Enqueue($_) }");

        var code = _windows.Install("", _installer);

        Assert.Equal(1, code);
        Assert.Empty(_windows.Calls);
        Assert.Contains("or use -Binary FILE.", _windows.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Sdk_WhatIf_IsNotInstalled()
    {
        var code = _windows.Install("-WhatIf", _installer);

        Assert.Equal(0, code);
        Assert.DoesNotContain(_windows.Calls, call => call.Contains("dotnet-install", StringComparison.Ordinal));
        Assert.False(File.Exists(BuildCall));
    }

    [Fact]
    public void Sdk_ScriptThatCannotBeFetched_IsNamed()
    {
        var code = _windows.Install("-Yes", _installer);

        Assert.Equal(1, code);
        Assert.Contains(
            "could not be fetched: https://dot.net/v1/dotnet-install.ps1", _windows.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ThatFails_InstallsNothing()
    {
        Dotnet(fits: true);
        WindowsStage.WriteProgram(Path.Combine(_checkout, "scripts", "windows", "build.cmd"), "exit 3");

        var code = _windows.Install("-Yes", _installer);

        Assert.Equal(1, code);
        Assert.Contains("The build failed with exit code 3.", _windows.Screen, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_windows.UserFolder));
    }

    private void Dotnet(bool fits) =>
        WindowsStage.WriteProgram(Path.Combine(_windows.Programs, "dotnet"), fits ? $"echo {Sdk}" : "exit 145");

    private void FakeWinget(string effect) => _windows.Do(
        $"function global:winget {{ Record 'winget' $args; & {effect} }}");

    private void VendorScript()
    {
        _windows.Do("$global:WebFails = $false");
        _windows.Do($"$global:OnVendorScript = {{ {FitScript(OwnSdk)} }}");
    }

    /// <summary>PowerShell that makes a dotnet appear in this folder which fits global.json.</summary>
    private static string FitScript(string folder) => $"""
        [void] [System.IO.Directory]::CreateDirectory('{folder}')
        [System.IO.File]::WriteAllText('{folder}/dotnet', "#!/bin/sh`necho {Sdk}`n")
        [System.IO.File]::SetUnixFileMode('{folder}/dotnet', 'UserRead, UserWrite, UserExecute')
        """;
}
