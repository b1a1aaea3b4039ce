using System.Text.Json;

namespace LlamaGate.OllamaEmulator.Tests.Scheduling;

/// <summary>
/// Every recorded timeline comes out as it did with a real Ollama: order, loads, outcomes, what is in which duration, ps.
/// </summary>
public sealed class SchedulerReplayTests
{
    /// <summary>Recorded first bytes nearer than this came in one step of the runner.</summary>
    private const double SameMomentMs = 50;

    /// <summary>How far the replay's expiry may be from the recorded one.</summary>
    private const double ExpiryToleranceSeconds = 0.1;

    /// <summary>A prompt that takes less than this part of the longest one was computed before: the recorded parts are below 1/35 or above 1/4.</summary>
    private const double KnownPrompt = 6;

    /// <summary>Long prompts at once: which of them are in one step depends on the runner's inner order.</summary>
    private const string LongPromptsAtOnce = "sched_prefix_at_once";

    public static TheoryData<string> All => [.. SchedulerRecording.Names];

    [Fact]
    public void Recordings_Are_AllThere() => Assert.Equal(22, SchedulerRecording.Names.Count());

    [Theory]
    [MemberData(nameof(All))]
    public async Task Replay_OfARecording_HappensAsRecorded(string name)
    {
        var recording = SchedulerRecording.Named(name);
        await using var replay = await SchedulerReplay.PlayAsync(recording);

        Assert.Equal(recording.Loads, replay.Loads);
        foreach (var call in recording.Calls)
        {
            await AssertAnswerAsync(call, replay.Calls[call.Id]);
        }

        await AssertWaitsAsync(recording, replay);
        await AssertOrderAsync(recording, replay);
        AssertPs(recording, replay);
    }

    private static async Task AssertAnswerAsync(RecordedCall recorded, ReplayedCall replayed)
    {
        if (recorded.LeftMs is not null)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => replayed.Answer);
            return;
        }

        var (status, body) = await replayed.Answer;
        Assert.Equal(recorded.Status, status);
        Assert.Equal(LastOf(recorded.Answer, "error"), LastOf(body, "error"));
        Assert.Equal(RecordedDurations.Of(recorded.Answer)?.Tokens, RecordedDurations.Of(body)?.Tokens);
        if (LastOf(recorded.Answer, "done_reason") is "load" or "unload")
        {
            Assert.Equal(LastOf(recorded.Answer, "done_reason"), LastOf(body, "done_reason"));
        }
    }

    /// <summary>
    /// A load and the wait for it are in load_duration; a wait for a slot is in the total alone; a prompt that the runner knows takes
    /// little of prompt_eval_duration.
    /// </summary>
    private static async Task AssertWaitsAsync(SchedulerRecording recording, SchedulerReplay replay)
    {
        var answered = recording.Calls.Where(call => call.Durations is not null && call.LeftMs is null).ToArray();
        var actual = new List<RecordedDurations>();
        foreach (var call in answered)
        {
            actual.Add(await DurationsOfAsync(replay, call));
        }

        Assert.Equal(
            Waits(recording, [.. answered.Select(call => call.Durations).OfType<RecordedDurations>()]),
            Waits(recording, actual),
            StringComparer.Ordinal);
    }

    /// <summary>What each answer's time consists of; in any order where the order is arbitrary.</summary>
    private static IEnumerable<string> Waits(SchedulerRecording recording, IReadOnlyList<RecordedDurations> answers)
    {
        var longest = answers.Select(answer => answer.Prompt).DefaultIfEmpty().Max();
        var waits = answers.Select(answer => string.Join(
            ' ',
            answer.HasLoad ? "load" : "-",
            answer.HasWait && recording.Name != LongPromptsAtOnce ? "wait" : "-",
            answer.Prompt * KnownPrompt < longest ? "known" : "-"));
        return recording.IsOrderArbitrary ? waits.Order(StringComparer.Ordinal) : waits;
    }

    private static async Task AssertOrderAsync(SchedulerRecording recording, SchedulerReplay replay)
    {
        var answered = recording.Calls.Where(call => call.Durations is not null && call.LeftMs is null).ToArray();
        foreach (var first in answered)
        {
            foreach (var second in answered.Where(call => call.FirstByteMs - first.FirstByteMs > SameMomentMs))
            {
                Assert.True(
                    recording.IsOrderArbitrary || await FirstTokenAsync(replay, first) < await FirstTokenAsync(replay, second),
                    $"{first.Id} is served before {second.Id}");
            }
        }
    }

    private static void AssertPs(SchedulerRecording recording, SchedulerReplay replay)
    {
        Assert.Equal(recording.Ps.Count, replay.Ps.Count);
        foreach (var (recorded, replayed) in recording.Ps.Zip(replay.Ps))
        {
            Assert.Equal(recorded.Models.Select(Place), replayed.Models.Select(Place));
            foreach (var (model, same) in recorded.Models.Zip(replayed.Models))
            {
                Assert.InRange(same.ExpiresInSeconds - model.ExpiresInSeconds, -ExpiryToleranceSeconds, ExpiryToleranceSeconds);
            }
        }
    }

    private static (string Name, int ContextLength) Place(RunningModel model) => (model.Name, model.ContextLength);

    private static async Task<double> FirstTokenAsync(SchedulerReplay replay, RecordedCall call)
    {
        var durations = await DurationsOfAsync(replay, call);
        return replay.Calls[call.Id].SentMs + durations.Total - durations.Eval;
    }

    private static async Task<RecordedDurations> DurationsOfAsync(SchedulerReplay replay, RecordedCall call) =>
        RecordedDurations.Of((await replay.Calls[call.Id].Answer).Body)
        ?? throw new InvalidOperationException($"{call.Id} has no durations.");

    private static string? LastOf(string answer, string member)
    {
        using var last = JsonDocument.Parse(answer.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
        return last.RootElement.TryGetProperty(member, out var value) ? value.ToString() : null;
    }
}
