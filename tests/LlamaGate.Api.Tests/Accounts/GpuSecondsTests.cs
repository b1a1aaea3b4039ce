using System.Diagnostics;
using LlamaGate.Api.Tests.Authentication;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Policies;
using LlamaGate.Api.Tests.Sharing;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Accounts;

/// <summary>The accounts of all keys together are what the host has done, by its own count.</summary>
public sealed class GpuSecondsTests : IDisposable
{
    private const int CallsOfEach = 4;
    private const int Slots = 4;
    private const double Tolerance = 0.01;

    private static readonly string[] Names = ["ann", "bob", "cid"];

    private readonly TemporaryKeys _keys = new([.. Names.Select(name => TemporaryKeys.Key(name, SecretOf(name)))]);
    private readonly SeenUsage _usage = new();

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task GpuSeconds_OfAllKeys_AreThoseOfTheHost()
    {
        await using var bed = await SharingBed.StartAsync(SharingSetup.InRealTime with
        {
            Hosts = [SharingSetup.Quick with { LoadTime = TimeSpan.FromMilliseconds(200), TokenTime = TimeSpan.FromMilliseconds(8), Parallel = Slots }],
            Slots = Slots,
            Configure = _usage.Register,
            Adjust = settings => settings with { KeysFile = _keys.Path },
        });
        var watch = Stopwatch.StartNew();
        var calls = Enumerable.Range(0, CallsOfEach).SelectMany(i => Names.Select(name => CallAsync(bed, name, i))).ToArray();
        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal(200, answer.Status));
        var wall = watch.Elapsed;

        var records = await _usage.NextAsync(calls.Length);
        var runners = bed.Host.Runners;
        foreach (var name in Names)
        {
            var own = records.Where(record => record.KeyId == name).Sum(record => (record.Prompt + record.Eval).TotalSeconds);
            AssertNear(runners.Callers[name].Work, own);
        }

        // The slots' own time is wall time, as is that of a load: both have the delays of a busy machine in them.
        var work = records.Sum(record => (record.Prompt + record.Eval).TotalSeconds);
        Assert.InRange(work, runners.BusySlotTime.TotalSeconds * 0.8, runners.BusySlotTime.TotalSeconds * (1 + Tolerance));
        var load = records.Sum(record => record.Load.TotalSeconds);
        Assert.InRange(load, runners.LoadingTime.TotalSeconds / 2, runners.LoadingTime.TotalSeconds + 1);
        var device = records.Sum(record => record.Device.TotalSeconds);
        Assert.InRange(device, runners.BusySlotTime.TotalSeconds / Slots, wall.TotalSeconds);
    }

    private static string SecretOf(string name) => $"lg-{name}-0123456789";

    private static Task<HttpAnswer> CallAsync(SharingBed bed, string name, int number)
    {
        bed.Host.Enqueue(Scenario.Counts(100), "/api/chat");
        var body = SharingBed.Chat(content: $"caller={name} {number}", members: "\"max_tokens\":100");
        return bed.PostAsync(SharingBed.ChatPath, body, NamedCallers.Key(SecretOf(name)));
    }

    private static void AssertNear(TimeSpan expected, double actual) =>
        Assert.InRange(actual, expected.TotalSeconds * (1 - Tolerance), expected.TotalSeconds * (1 + Tolerance));
}
