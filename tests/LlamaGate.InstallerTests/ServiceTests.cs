namespace LlamaGate.InstallerTests;

/// <summary>install.ps1 -Service, with a service manager that writes down its calls.</summary>
public sealed class ServiceTests : IDisposable
{
    private const string EventSource = @"HKLM\SYSTEM\CurrentControlSet\Services\EventLog\Application\LlamaGate";

    private readonly WindowsStage _windows = new();

    private string Installed => Path.Combine(_windows.ServiceFolder, "llamagate.exe");

    private string EnvFile => Path.Combine(_windows.ServiceFolder, ".env");

    public void Dispose() => _windows.Dispose();

    [Fact]
    public void Service_Fresh_IsRegisteredHardenedAndStartedInThisOrder()
    {
        var code = _windows.Install($"-Yes -Service -Binary '{_windows.Binary}'");

        Assert.Equal(0, code);
        Assert.Equal(
        [
            $"New-Service LlamaGate \"{Installed}\" Automatic",
            @"sc.exe config LlamaGate start= delayed-auto obj= NT SERVICE\LlamaGate",
            "sc.exe failure LlamaGate reset= 86400 actions= restart/2000/restart/10000/restart/60000",
            "sc.exe failureflag LlamaGate 1",
            $@"reg.exe add {EventSource} /v EventMessageFile /t REG_EXPAND_SZ /f /d "
                + @"%SystemRoot%\Microsoft.NET\Framework64\v4.0.30319\EventLogMessages.dll",
            $@"icacls.exe {EnvFile} /grant:r NT SERVICE\LlamaGate:(R)",
            $@"icacls.exe {_windows.LogFolder} /inheritance:r /grant:r NT SERVICE\LlamaGate:(OI)(CI)(M) "
                + "*S-1-5-18:(OI)(CI)(F) *S-1-5-32-544:(OI)(CI)(F)",
            "Start-Service LlamaGate",
        ],
        Relevant(),
        StringComparer.Ordinal);
    }

    [Fact]
    public void Service_Fresh_LogsIntoAFolderThatIsItsOwn()
    {
        _windows.Install($"-Yes -Service -Binary '{_windows.Binary}'");

        var log = Path.Combine(_windows.LogFolder, "llamagate.log");
        Assert.Contains($"LOG_FILE={log}", File.ReadAllLines(EnvFile), StringComparer.Ordinal);
        Assert.True(Directory.Exists(_windows.LogFolder));
        Assert.Contains($"  log       {log}", _windows.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Service_AfterAnUninstall_FindsNothingWrongWithTheEnvFileThatWasKept()
    {
        _windows.Install($"-Yes -Service -Binary '{_windows.Binary}'");
        _windows.Install("-Uninstall");
        _windows.Do("$global:Screen.Clear()");

        var code = _windows.Install($"-Yes -Service -Binary '{_windows.Binary}'");

        Assert.Equal(0, code);
        Assert.DoesNotContain("Warning", _windows.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Service_WithAnEnvFileWithoutALog_SaysHowToGetOne()
    {
        Directory.CreateDirectory(_windows.ServiceFolder);
        File.WriteAllText(EnvFile, "PORT=9999\n");

        _windows.Install($"-Yes -Service -Binary '{_windows.Binary}'");

        Assert.Contains("  log       none", _windows.Screen, StringComparison.Ordinal);
        Assert.Equal("PORT=9999\n", File.ReadAllText(EnvFile));
    }

    [Fact]
    public void Service_Again_IsNotStoppedWhenTheBinaryIsTheSame()
    {
        _windows.Install($"-Yes -Service -Binary '{_windows.Binary}'");
        _windows.Do("$global:Calls.Clear()");

        _windows.Install($"-Yes -Service -Binary '{_windows.Binary}'");

        Assert.DoesNotContain(_windows.Calls, call => call.StartsWith("New-Service", StringComparison.Ordinal));
        Assert.DoesNotContain("Stop-Service LlamaGate", _windows.Calls, StringComparer.Ordinal);
    }

    [Fact]
    public void Service_ANewerBinary_IsStoppedAndStarted()
    {
        _windows.Install($"-Yes -Service -Binary '{_windows.Binary}'");
        _windows.Do("$global:Calls.Clear()");
        File.AppendAllText(_windows.Binary, "# newer\n");

        _windows.Install($"-Yes -Service -Binary '{_windows.Binary}'");

        Assert.Equal(File.ReadAllBytes(_windows.Binary), File.ReadAllBytes(Installed));
        Assert.Equal("Stop-Service LlamaGate", _windows.Calls[0]);
        Assert.Contains("Start-Service LlamaGate", _windows.Calls, StringComparer.Ordinal);
    }

    [Fact]
    public void Service_WithoutElevation_IsRefusedBeforeAnythingIsInstalled()
    {
        _windows.Do("$global:Elevated = $false");

        var code = _windows.Install($"-Yes -Service -Binary '{_windows.Binary}'");

        Assert.Equal(1, code);
        Assert.Contains("-Service needs an elevated prompt", _windows.Screen, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_windows.ServiceFolder));
    }

    [Fact]
    public void Service_RegisteredElsewhere_IsLeftAlone()
    {
        _windows.Do(@"$global:Services['LlamaGate'] = @{ ImagePath = '""C:\other\llamagate.exe""' }");

        var code = _windows.Install($"-Yes -Service -Binary '{_windows.Binary}'");

        Assert.Equal(1, code);
        Assert.Contains(@"is registered with C:\other\llamagate.exe", _windows.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Uninstall_StopsAndRemovesTheServiceAndLeavesOnlyTheEnvFile()
    {
        _windows.Install($"-Yes -Service -Binary '{_windows.Binary}'");
        _windows.Do("$global:Calls.Clear()");

        var code = _windows.Install("-Uninstall");

        Assert.Equal(0, code);
        Assert.Equal(
            ["Stop-Service LlamaGate", "sc.exe delete LlamaGate", $"reg.exe delete {EventSource} /f"],
            _windows.Calls,
            StringComparer.Ordinal);
        Assert.Equal([EnvFile], Directory.GetFiles(_windows.ServiceFolder), StringComparer.Ordinal);
        Assert.False(Directory.Exists(_windows.LogFolder));
    }

    [Fact]
    public void Uninstall_OfWhatFailedHalfWay_LeavesNoLog()
    {
        _windows.Do("function global:New-Service { throw [System.InvalidOperationException]::new('no') }");
        Assert.Equal(1, _windows.Install($"-Yes -Service -Binary '{_windows.Binary}'"));
        Directory.CreateDirectory(_windows.LogFolder);

        _windows.Install("-Uninstall");

        Assert.False(Directory.Exists(_windows.LogFolder));
    }

    /// <summary>Without the first icacls call and the look for Ollama, which have tests of their own.</summary>
    private IEnumerable<string> Relevant() => _windows.Calls.Where(call =>
        !call.StartsWith($"icacls.exe {EnvFile} /inheritance", StringComparison.Ordinal) && !call.StartsWith("Invoke-Web", StringComparison.Ordinal));
}
