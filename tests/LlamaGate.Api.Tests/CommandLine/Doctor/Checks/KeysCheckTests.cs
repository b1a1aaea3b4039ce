using LlamaGate.Api.CommandLine.Doctor;
using LlamaGate.Api.CommandLine.Doctor.Checks;
using LlamaGate.Api.CommandLine.Keys;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Authentication;
using LlamaGate.OllamaEmulator;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Api.Tests.CommandLine.Doctor.Checks;

public sealed class KeysCheckTests : IDisposable
{
    private readonly TemporaryKeys _keys = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Keys_NoFile_IsSaid()
    {
        await using var bed = await DoctorTestBed.OpenAsync();
        var finding = await DoctorTestBed.AskAsync(new KeysCheck(), bed.CreateContext());
        Assert.Equal((Severity.Ok, "KEYS_FILE is not set: there is no key other than API_KEY."), (finding.Severity, finding.Title));
    }

    [Fact]
    public async Task Keys_InOrder_AreCounted()
    {
        _keys.Write(TemporaryKeys.Key("alice", "1"), TemporaryKeys.Key("bob", "2", "\"disabled\":true"));
        var finding = await AskAsync();
        Assert.Equal((Severity.Ok, $"{_keys.Path} has 2 keys, 1 disabled.", null), (finding.Severity, finding.Title, finding.Detail));
    }

    [Fact]
    public async Task Keys_ExpiredAndExpiring_AreNamed()
    {
        _keys.Write(
            TemporaryKeys.Key("alice", "1", "\"expires\":\"2026-12-05\""), TemporaryKeys.Key("bob", "2", "\"expires\":\"2026-11-28\""),
            TemporaryKeys.Key("carol", "3", "\"expires\":\"2026-12-06\""));
        var finding = await AskAsync();
        Assert.Equal(
            (Severity.Warning, "expired: bob (2026-11-28)\nexpiring within 7 days: alice (2026-12-05)"), (finding.Severity, finding.Detail));
    }

    [Fact]
    public async Task Keys_PatternsWithoutAModel_AreAWarning()
    {
        _keys.Write(TemporaryKeys.Key("alice", "1", "\"models\":[\"small*\",\"smal*:7b\",\"!big\"]"));
        await using var bed = await DoctorTestBed.OpenAsync(new EmulatedModel("small", ["completion"]), new EmulatedModel("big", ["completion"]));
        var context = CreateContext(bed);
        context.OllamaAnswers = true;
        var finding = await DoctorTestBed.AskAsync(new KeysCheck(), context);
        Assert.Equal((Severity.Warning, "patterns that match no model: alice (smal*:7b)"), (finding.Severity, finding.Detail));
    }

    [Fact]
    public async Task Keys_OpenToOthersWhereAllowed_AreAWarning()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(_keys.Path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        var finding = await AskAsync(KeysFileMode.Open);
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Contains("chmod 600", finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckConfig_WithKeys_CountsThemAndSaysWhatWillHappen()
    {
        _keys.Write(TemporaryKeys.Key("alice", "1", "\"expires\":\"2020-01-31\""));
        await File.WriteAllTextAsync(Path.Combine(_keys.Directory, ".env"), $"KEYS_FILE={_keys.Path}\n");
        var (exit, output, _) = await CommandRun.RunAsync("check-config", "--config", Path.Combine(_keys.Directory, ".env"));
        Assert.Equal(0, exit);
        Assert.EndsWith(
            $"keys in {_keys.Path}:\n  1 key\n  expired: alice (2020-01-31)\n",
            output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckConfig_WithABrokenFile_NamesVariableLineAndField()
    {
        _keys.WriteText("{\"keys\":[\n{\"id\":\"a\",\"hash\":\"lg-secret\"}]}");
        await File.WriteAllTextAsync(Path.Combine(_keys.Directory, ".env"), $"KEYS_FILE={_keys.Path}\n");
        var (exit, _, error) = await CommandRun.RunAsync("check-config", "--config", Path.Combine(_keys.Directory, ".env"));
        Assert.Equal(1, exit);
        Assert.Contains($"KEYS_FILE: line 2 of {_keys.Path}: keys[0].hash of key \"a\" must be", error, StringComparison.Ordinal);
        Assert.DoesNotContain("lg-secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Summary_ManyNames_AreBounded() => Assert.Equal(
        "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 90 more", KeysSummary.List(Enumerable.Range(0, 100).Select(i => $"{i}")));

    public void Dispose() => _keys.Dispose();

    private async Task<Finding> AskAsync(KeysFileMode mode = KeysFileMode.Strict)
    {
        await using var bed = await DoctorTestBed.OpenAsync();
        return await DoctorTestBed.AskAsync(new KeysCheck(), CreateContext(bed, mode));
    }

    private DiagnosisContext CreateContext(DoctorTestBed bed, KeysFileMode mode = KeysFileMode.Strict) =>
        bed.CreateContext(settings => settings with { KeysFile = _keys.Path, KeysFileMode = mode }, clock: _clock);
}
