namespace LlamaGate.InstallerTests;

/// <summary>install.ps1 at work for one user.</summary>
public sealed class InstallTests : IDisposable
{
    private readonly WindowsStage _windows = new();

    private string EnvFile => Path.Combine(_windows.UserFolder, ".env");

    private string Installed => Path.Combine(_windows.UserFolder, "llamagate.exe");

    public void Dispose() => _windows.Dispose();

    [Fact]
    public void Install_WithYes_PutsTheBinaryAndDefaultsInPlace()
    {
        var code = _windows.Install($"-Yes -Binary '{_windows.Binary}'");

        Assert.Equal(0, code);
        Assert.Equal(File.ReadAllBytes(_windows.Binary), File.ReadAllBytes(Installed));
        Assert.Equal(
            ["OLLAMA_HOST=http://localhost:11434", "PORT=8080", "LISTEN_ADDRESS=127.0.0.1", "RATE_LIMIT_RPS=10"],
            File.ReadAllLines(EnvFile)[1..],
            StringComparer.Ordinal);
        Assert.Equal(["llamagate.exe", ".env"], Files(), StringComparer.Ordinal);
        Assert.Contains("No Ollama answers at http://localhost:11434.", _windows.Screen, StringComparison.Ordinal);
        Assert.Contains("LlamaGate is installed: llamagate ", _windows.Screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0", "http://0.0.0.0:11434")]
    [InlineData("0.0.0.0:1234", "0.0.0.0:1234")]
    [InlineData("https://gpu.example", "https://gpu.example")]
    [InlineData("10.0.0.5,gpu2=10.0.0.6", "10.0.0.5,gpu2=10.0.0.6")]
    public void Install_OllamaHostOfTheEnvironment_IsTheDefaultAsOllamaReadsIt(string variable, string expected)
    {
        WindowsStage.Set("OLLAMA_HOST", variable);

        var code = _windows.Install($"-Yes -Binary '{_windows.Binary}'");

        Assert.Equal(0, code);
        Assert.Contains($"OLLAMA_HOST={expected}", File.ReadAllLines(EnvFile), StringComparer.Ordinal);
    }

    [Fact]
    public void Install_EnvFile_IsClosedToOthersBeforeTheKeyIsInIt()
    {
        _windows.Do("function global:icacls.exe { Record \"icacls.exe $([System.IO.FileInfo]::new($args[0]).Length)\" $args }");

        _windows.Install($"-Yes -Binary '{_windows.Binary}' -GenerateKey");

        var user = $"{Environment.UserDomainName}\\{Environment.UserName}";
        Assert.Contains(
            $"icacls.exe 0 {EnvFile} /inheritance:r /grant:r {user}:(F) *S-1-5-18:(F) *S-1-5-32-544:(F)",
            _windows.Calls,
            StringComparer.Ordinal);
    }

    [Fact]
    public void Install_OpenToTheNetwork_MakesAKeyAndDoesNotShowIt()
    {
        _windows.Install($"-Yes -Binary '{_windows.Binary}' -Listen 0.0.0.0");

        var key = File.ReadAllLines(EnvFile).Single(line => line.StartsWith("API_KEY=", StringComparison.Ordinal))[8..];
        Assert.True(key.Length >= 32, key);
        Assert.DoesNotContain(key, _windows.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Install_Again_ChangesNothing()
    {
        _windows.Install($"-Yes -Binary '{_windows.Binary}'");
        var before = Directory.GetFiles(_windows.UserFolder).Select(file => (file, File.GetLastWriteTimeUtc(file))).ToList();

        var code = _windows.Install($"-Yes -Binary '{_windows.Binary}' -Port 9999");

        Assert.Equal(0, code);
        Assert.Equal(before, Directory.GetFiles(_windows.UserFolder).Select(file => (file, File.GetLastWriteTimeUtc(file))));
        Assert.Contains($"Unchanged: {Installed}", _windows.Screen, StringComparison.Ordinal);
        Assert.Contains("Settings given as parameters are not used.", _windows.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Install_ANewerBinary_TakesThePlaceOfTheOld()
    {
        _windows.Install($"-Yes -Binary '{_windows.Binary}'");
        File.AppendAllText(_windows.Binary, "# newer\n");

        _windows.Install($"-Yes -Binary '{_windows.Binary}'");

        Assert.Equal(File.ReadAllBytes(_windows.Binary), File.ReadAllBytes(Installed));
        Assert.Equal(["llamagate.exe", ".env"], Files(), StringComparer.Ordinal);
    }

    [Fact]
    public void Install_WhatIf_ChangesNothing()
    {
        var code = _windows.Install($"-WhatIf -Service -Binary '{_windows.Binary}'");

        Assert.Equal(0, code);
        Assert.False(Directory.Exists(_windows.ServiceFolder));
        Assert.All(_windows.Calls, call => Assert.StartsWith("Invoke-WebRequest", call, StringComparison.Ordinal));
        Assert.Contains("Nothing was changed.", _windows.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Install_SettingsThatTheGatewayRefuses_InstallsNothingAndSaysWhy()
    {
        var code = _windows.Install($"-Yes -Binary '{_windows.Binary}' -Port 99999");

        Assert.Equal(1, code);
        Assert.Contains("PORT: \"99999\" is not allowed", _windows.Screen, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_windows.UserFolder));
    }

    [Fact]
    public void Install_Answers_BecomeSettings()
    {
        _windows.Do("'http://127.0.0.1:9', '', '0.0.0.0', 'my-key', '2.5' | ForEach-Object { $global:Answers.Enqueue($_) }");

        _windows.Install($"-Binary '{_windows.Binary}'");

        Assert.Equal(
            ["OLLAMA_HOST=http://127.0.0.1:9", "PORT=8080", "LISTEN_ADDRESS=0.0.0.0", "RATE_LIMIT_RPS=2.5", "API_KEY=my-key"],
            File.ReadAllLines(EnvFile)[1..],
            StringComparer.Ordinal);
    }

    [Fact]
    public void Uninstall_LeavesOnlyTheEnvFile()
    {
        _windows.Install($"-Yes -Binary '{_windows.Binary}'");

        var code = _windows.Install("-Uninstall");

        Assert.Equal(0, code);
        Assert.Equal([".env"], Files(), StringComparer.Ordinal);
    }

    [Fact]
    public void Uninstall_WithoutAnEnvFile_LeavesNothing()
    {
        _windows.Install($"-Yes -Binary '{_windows.Binary}'");
        File.Delete(EnvFile);

        _windows.Install("-Uninstall");

        Assert.False(Directory.Exists(_windows.UserFolder));
    }

    private IEnumerable<string?> Files() =>
        Directory.GetFiles(_windows.UserFolder).Select(Path.GetFileName).OrderDescending(StringComparer.Ordinal);
}
