using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.OllamaEmulator.Tests.Scheduling;

/// <summary>
/// Plays a recorded timeline against the emulator over HTTP. Time is fake: it moves from event to event, and only while every
/// request waits for time, so that a busy machine changes nothing. An event comes as long after the last answer before it as recorded.
/// </summary>
internal sealed class SchedulerReplay : IAsyncDisposable
{
    private const string CallHeader = "X-Call";
    private const double ShortestStepMs = 1;

    private readonly FakeTimeProvider _time;
    private readonly Dictionary<string, ReplayedCall> _calls = new(StringComparer.Ordinal);
    private readonly SchedulerRecording _recording;
    private readonly EmulatedOllama _ollama;
    private readonly HttpClient _client;
    private readonly DateTimeOffset _origin;

    private SchedulerReplay(SchedulerRecording recording, EmulatedOllama ollama, FakeTimeProvider time)
    {
        _recording = recording;
        _ollama = ollama;
        _time = time;
        _origin = time.GetUtcNow();
        _client = new HttpClient { BaseAddress = ollama.Address };
    }

    public EmulatedOllama Ollama => _ollama;

    /// <summary>Answered and left calls by id.</summary>
    public IReadOnlyDictionary<string, ReplayedCall> Calls => _calls;

    /// <summary>What /api/ps showed at the recorded moments.</summary>
    public List<RecordedPs> Ps { get; } = [];

    /// <summary>The loads after those of the setup.</summary>
    public IReadOnlyList<RecordedLoad> Loads { get; private set; } = [];

    private double Now => (_time.GetUtcNow() - _origin).TotalMilliseconds;

    public static async Task<SchedulerReplay> PlayAsync(SchedulerRecording recording)
    {
        var time = new FakeTimeProvider();
        var ollama = await EmulatedOllama.StartAsync(ReplayOptions.For(recording, time));
        var replay = new SchedulerReplay(recording, ollama, time);
        await replay.PlayAsync();
        return replay;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        foreach (var call in _calls.Values)
        {
            call.Dispose();
        }

        await _ollama.DisposeAsync();
    }

    private async Task PlayAsync()
    {
        foreach (var model in _recording.LoadedBefore)
        {
            var body = $$"""{"model":"{{model}}","messages":[{"role":"user","content":"x"}]}""";
            await SendAsync(new RecordedCall($"load {model}", "/api/chat", body, 0, null, null, 0, null, ""));
            await AdvanceUntilEndedAsync($"load {model}");
        }

        var loadedBefore = _ollama.Runners.Loads.Count;
        var start = Now;
        foreach (var step in TimelineStep.Of(_recording))
        {
            await AdvanceToAsync(start + step.AtMs - await DelayOfAsync(step.AtMs, start));
            await DoAsync(step);
        }

        foreach (var call in _recording.Calls)
        {
            await AdvanceUntilEndedAsync(call.Id);
        }

        Loads = [.. _ollama.Runners.Loads.Skip(loadedBefore)
            .Select(load => new RecordedLoad(load.Blob, load.ContextLength * load.Slots, load.Slots, load.Shifts))];
    }

    /// <summary>How much earlier the last answer before that moment came than it was recorded.</summary>
    private async Task<double> DelayOfAsync(double atMs, double start)
    {
        foreach (var call in _recording.Calls.Where(call => call.EndedMs <= atMs && call.LeftMs is null && _calls.ContainsKey(call.Id)))
        {
            await AdvanceUntilEndedAsync(call.Id);
        }

        return _recording.Calls
            .Where(call => call.EndedMs <= atMs && _calls.GetValueOrDefault(call.Id) is { EndedMs: not null })
            .MaxBy(call => call.EndedMs) is { } last
            ? start + last.EndedMs - _calls[last.Id].EndedMs.GetValueOrDefault()
            : 0;
    }

    private async Task DoAsync(TimelineStep step)
    {
        switch (step)
        {
            case { Sends: { } call }:
                await SendAsync(call);
                return;
            case { Leaves: { } id }:
                await _calls[id].LeaveAsync();
                _calls[id].EndedMs = Now;
                await SettleAsync();
                return;
            case { Kills: { } model }:
                Assert.True(_ollama.Runners.Kill(model));
                await SettleAsync();
                return;
            default:
                Ps.Add(await ReadPsAsync());
                return;
        }
    }

    private async Task SendAsync(RecordedCall call)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, call.Path) { Content = new StringContent(call.Body, Encoding.UTF8) };
        request.Headers.Add(CallHeader, call.Id);
        _calls[call.Id] = new ReplayedCall(_client, request) { SentMs = Now };
        _calls[call.Id].Seen = await _ollama.WaitForRequestAsync(
            seen => seen.Headers.GetValueOrDefault(CallHeader) == call.Id, EmulatedClient.Patience);
        await SettleAsync();
    }

    private async Task AdvanceToAsync(double ms)
    {
        while (Now < ms)
        {
            await AdvanceOnceAsync(ms);
        }
    }

    private async Task AdvanceUntilEndedAsync(string id)
    {
        while (_calls[id].EndedMs is null)
        {
            await AdvanceOnceAsync(double.PositiveInfinity);
        }
    }

    /// <summary>To the next thing that happens by itself, or to the limit before it.</summary>
    private async Task AdvanceOnceAsync(double limit)
    {
        var due = _ollama.Runners.Host.Look(scheduler => scheduler.NextDue)?.TotalMilliseconds ?? double.PositiveInfinity;
        var next = Math.Min(limit, Math.Max(Math.Ceiling(due), Now + ShortestStepMs));
        Assert.False(double.IsInfinity(next), "Nothing will happen any more.");
        _time.Advance(TimeSpan.FromMilliseconds(next - Now));
        await SettleAsync();
    }

    /// <summary>Waits until nothing more happens without time: every request the emulator has waits for its scheduler.</summary>
    private async Task SettleAsync()
    {
        await _ollama.Runners.WhenAsync(
            runners => runners.Host.IsSettled && runners.Host.Followed == _ollama.Requests.Count(IsRunning), EmulatedClient.Patience);
        foreach (var call in _calls.Values.Where(call => call.Seen is { Completed.IsCompleted: true }))
        {
            call.EndedMs ??= Now;
        }
    }

    private static bool IsRunning(RecordedRequest request) => request.Method == "POST" && !request.Completed.IsCompleted;

    private async Task<RecordedPs> ReadPsAsync()
    {
        using var document = JsonDocument.Parse(await _client.GetStringAsync("/api/ps"));
        return new RecordedPs(Now, [.. document.RootElement.GetProperty("models").EnumerateArray().Select(model => new RunningModel(
            model.GetProperty("name").ToString(),
            model.GetProperty("context_length").GetInt32(),
            (model.GetProperty("expires_at").GetDateTimeOffset() - _time.GetUtcNow()).TotalSeconds))]);
    }
}
