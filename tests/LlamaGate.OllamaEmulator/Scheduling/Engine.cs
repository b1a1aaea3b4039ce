namespace LlamaGate.OllamaEmulator.Scheduling;

/// <summary>
/// The slots of a runner, those who wait for one, and the steps in which it works: in each one every generating call gets a
/// token, and prompts are computed up to the batch size, first come, first served.
/// </summary>
internal sealed class Engine(int slots, SchedulingOptions options, SlotGaps gaps)
{
    private readonly List<RunnerCall> _running = [];
    private readonly LinkedList<RunnerCall> _waiting = [];
    private readonly PromptCache _cache = new();
    private readonly List<RunnerCall> _decoded = [];
    private readonly Dictionary<RunnerCall, int> _batch = [];
    private readonly Queue<TimeSpan> _freed = [];

    public int Slots { get; } = slots;

    public int Running => _running.Count;

    /// <summary>The calls in the slots.</summary>
    public IReadOnlyList<RunnerCall> InSlots => _running;

    public int Waiting => _waiting.Count;

    /// <summary>When the current step ends; null while there is nothing to do.</summary>
    public TimeSpan? StepEnds { get; private set; }

    public void Enter(RunnerCall call, TimeSpan now)
    {
        call.Stage = CallStage.Waiting;
        _waiting.AddLast(call);
        Fill(now);
    }

    /// <summary>
    /// The answer is out or the client gone. A prompt in the current step is computed to the step's end; all else stops at once.
    /// </summary>
    public void Remove(RunnerCall call, TimeSpan now)
    {
        if (_batch.ContainsKey(call))
        {
            call.HasLeft = true;
            return;
        }

        Free(call, now);
        Fill(now);
    }

    public void EndStep()
    {
        var now = StepEnds.GetValueOrDefault();
        foreach (var call in _decoded.Where(call => call.IsInSlot))
        {
            Produce(call, now);
        }

        foreach (var (call, tokens) in _batch)
        {
            EndPrompt(call, tokens, now);
        }

        StepEnds = null;
        _decoded.Clear();
        _batch.Clear();
        Fill(now);
    }

    /// <summary>The process is gone, and every call with it.</summary>
    public void Kill(TimeSpan now)
    {
        StepEnds = null;
        _decoded.Clear();
        _batch.Clear();
        foreach (var call in _running.ToArray())
        {
            if (call.HasLeft)
            {
                Free(call, now);
            }
            else if (call.Stage is not CallStage.Made)
            {
                call.Fail(CallFailure.RunnerDied);
            }
        }

        foreach (var call in _waiting)
        {
            call.Fail(CallFailure.RunnerGone);
        }
    }

    private void Fill(TimeSpan now)
    {
        while (_running.Count < Slots && _waiting.First is { Value: { Failure: CallFailure.None } call } first)
        {
            _waiting.Remove(first);
            _running.Add(call);
            if (_freed.TryDequeue(out var freed))
            {
                var empty = (call.Received ?? now) - freed;
                gaps.Add(empty > TimeSpan.Zero ? empty : TimeSpan.Zero);
            }

            call.Stage = CallStage.Prompt;
            call.PromptLeft = _cache.Uncomputed(call.Work.Prompt);
            call.Changed?.Invoke();
        }

        if (StepEnds is null)
        {
            StartStep(now);
        }
    }

    private void StartStep(TimeSpan now)
    {
        _decoded.AddRange(_running.Where(call => call.Stage is CallStage.Generating));
        var room = options.BatchTokens;
        foreach (var call in _running.Where(call => call.Stage is CallStage.Prompt))
        {
            if (room > 0)
            {
                call.PromptStarted ??= now;
                _batch[call] = Math.Min(room, call.PromptLeft);
                room -= _batch[call];
            }
        }

        if (_decoded.Count > 0 || _batch.Count > 0)
        {
            StepEnds = now + (_decoded.Count > 0 ? options.TokenTime : TimeSpan.Zero)
                + TimeSpan.FromSeconds(_batch.Values.Sum() / options.PromptTokensPerSecond);
        }
    }

    private void EndPrompt(RunnerCall call, int tokens, TimeSpan now)
    {
        call.PromptLeft -= tokens;
        if (call.HasLeft)
        {
            Free(call, now);
        }
        else if (call.PromptLeft == 0)
        {
            if (call.Work.Tokens > 0)
            {
                _cache.Add(call.Work.Prompt);
            }

            call.FirstToken = now;
            Produce(call, now);
        }
    }

    private static void Produce(RunnerCall call, TimeSpan now)
    {
        call.Produced++;
        call.LastToken = now;
        call.Stage = call.Produced >= call.Work.Tokens ? CallStage.Made : CallStage.Generating;
        call.Changed?.Invoke();
    }

    private void Free(RunnerCall call, TimeSpan now)
    {
        call.Stage = CallStage.Ended;
        if (_running.Remove(call))
        {
            _freed.Enqueue(now);
        }

        _waiting.Remove(call);
        call.Changed?.Invoke();
    }
}
