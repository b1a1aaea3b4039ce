using CsCheck;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Ollama.Hosts;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Hosts;

/// <summary>
/// Hosts are removed, added again and drained in any order while calls run on them and wait for them: every call is answered, by one host.
/// </summary>
public sealed class HostListProperties
{
    private const int Hosts = 3;
    private const int Samples = 30;

    private static readonly Gen<Change[]> Changes =
        Gen.Select(Gen.Int[0, 2], Gen.Int[1, (1 << Hosts) - 1], Gen.Int[0, 1000], (kind, mask, pick) => new Change(kind, mask, pick)).Array[1, 20];

    /// <param name="slots">Of each host. With one, most calls wait while the list changes.</param>
    [Theory]
    [InlineData(64)]
    [InlineData(1)]
    public async Task Calls_WhileTheListChanges_AreAllAnsweredOnce(int slots)
    {
        await using var bed = await GatewayOverHosts.StartAsync(
            [.. Enumerable.Repeat(new EmulatorOptions(), Hosts)],
            change: host => host with { Limits = HostLimits.None with { Slots = slots } });
        var all = bed.List.Current;
        await Changes.SampleAsync(changes => PlayAsync(bed, all, changes, mayWait: slots == 1), iter: Samples, threads: 1);
    }

    /// <param name="mayWait">Whether a call may wait for the end of another, so that it must not be waited for.</param>
    private static async Task PlayAsync(GatewayOverHosts bed, IReadOnlyList<OllamaHostOptions> all, Change[] changes, bool mayWait)
    {
        foreach (var host in bed.Ollamas)
        {
            host.Reset();
        }

        bed.List.Replace(all);
        var calls = new List<RunningCall>();
        try
        {
            await PlayAsync(bed, all, changes, calls, mayWait);
        }
        finally
        {
            // Also after a failure: what still runs would be counted in the next play.
            calls.ForEach(call => call.Release());
            await Task.WhenAll(calls.Select(call => call.EndAsync()));
        }

        Assert.Equal(calls.Count, bed.Seen().Sum());
    }

    private static async Task PlayAsync(
        GatewayOverHosts bed, IReadOnlyList<OllamaHostOptions> all, Change[] changes, List<RunningCall> calls, bool mayWait)
    {
        var running = new List<RunningCall>();
        foreach (var change in changes)
        {
            switch (change.Kind)
            {
                case 0:
                    var started = RunningCall.Start(bed, $"call-{calls.Count}");
                    calls.Add(started);
                    running.Add(started);
                    if (change.Pick % 2 == 0 && !mayWait)
                    {
                        await started.HeldAsync();
                    }

                    break;
                case 1:
                    bed.List.Replace(change.Apply(all));
                    break;
                case 2 when running.Count > 0:
                    var call = running[change.Pick % running.Count];
                    running.Remove(call);
                    call.Release();
                    if (!mayWait)
                    {
                        await call.AssertEndsAsync();
                    }

                    break;
            }
        }

        calls.ForEach(call => call.Release());
        foreach (var call in calls)
        {
            await call.AssertEndsAsync();
        }
    }

    /// <param name="Kind">0 starts a call, 1 replaces the list, 2 lets a call go on.</param>
    /// <param name="Mask">The hosts that are in the new list.</param>
    /// <param name="Pick">Whether a started call is waited for; which call goes on; which of the hosts but the first in the list drain.</param>
    private sealed record Change(int Kind, int Mask, int Pick)
    {
        public IReadOnlyList<OllamaHostOptions> Apply(IReadOnlyList<OllamaHostOptions> all)
        {
            var listed = all.Where((_, i) => (Mask & (1 << i)) != 0).ToArray();
            return [.. listed.Select((host, i) => host with { IsDraining = i > 0 && (Pick & (1 << i)) != 0 })];
        }
    }

    /// <summary>A call that its host holds until it is let go.</summary>
    private sealed class RunningCall
    {
        private readonly Gate _gate = new();

        private RunningCall(string id) => Id = id;

        private string Id { get; }

        private Task<HttpAnswer>? Answer { get; set; }

        public static RunningCall Start(GatewayOverHosts bed, string id)
        {
            var call = new RunningCall(id);
            foreach (var host in bed.Ollamas)
            {
                host.Respond(request => request.Headers.GetValueOrDefault("X-Request-ID") == id
                    ? Scenario.Says(id).PauseAt(0, call._gate)
                    : null);
            }

            call.Answer = bed.ChatAsync("plain", ("X-Request-ID", id));
            return call;
        }

        /// <summary>Its host has it, or it has failed. Until then it may be on its way while the list changes.</summary>
        public async Task HeldAsync() => await Task.WhenAny(_gate.Reached, AnswerOf()).WaitAsync(GatewayOverOllama.LongestWait);

        public void Release() => _gate.Release();

        public async Task AssertEndsAsync()
        {
            var answer = await AnswerOf();
            Assert.True(answer.Status == 200, answer.Body);
            Assert.Contains(Id, answer.Body, StringComparison.Ordinal);
        }

        /// <summary>Waits for its end, well or not.</summary>
        public async Task EndAsync() => await Task.WhenAny(AnswerOf());

        private Task<HttpAnswer> AnswerOf() => Answer ?? throw new InvalidOperationException("The call was not started.");
    }
}
