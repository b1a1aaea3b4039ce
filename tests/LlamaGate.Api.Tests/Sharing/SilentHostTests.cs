using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Sharing;

/// <summary>A host that answers probes but does not go on with any of its calls gets no further ones.</summary>
public sealed class SilentHostTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    /// <summary>More than half of TIMEOUT, and a look at it.</summary>
    private static readonly TimeSpan Silence = (Timeout / 2) + TimeSpan.FromSeconds(6);

    [Fact]
    public async Task Host_WhoseCallsAreAllSilent_GetsNoFurtherCallsUntilTheyMove()
    {
        await using var bed = await SharingBed.StartAsync(new SharingSetup
        {
            Slots = 2,
            Hosts = [SharingSetup.Quick with { Parallel = 2 }],
            Adjust = settings => settings with { Timeout = Timeout },
        });
        var held = await bed.HoldAsync();
        Task<HttpAnswer> next;
        do
        {
            // Twice if the held call still moved after the first time.
            bed.Gateway.Clock.Advance(Silence);
            next = bed.ChatAsync();
        }
        while (!await WaitsAsync(bed, next));

        await held.ReleaseAsync();
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(200, (await next).Status);
    }

    /// <returns>False when the call is answered instead.</returns>
    private static async Task<bool> WaitsAsync(SharingBed bed, Task<HttpAnswer> call)
    {
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        while (!call.IsCompleted)
        {
            limit.Token.ThrowIfCancellationRequested();
            if ((await bed.QueueAsync()).Any(entry => entry.GetProperty("state").GetString() == "waiting"))
            {
                return true;
            }
        }

        return false;
    }
}
