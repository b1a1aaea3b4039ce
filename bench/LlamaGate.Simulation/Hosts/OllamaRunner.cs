using LlamaGate.Simulation.Time;

namespace LlamaGate.Simulation.Hosts;

/// <summary>A loaded model: its slots, and the calls that wait inside for one.</summary>
internal sealed class OllamaRunner(EventQueue events, string model, int slots, Action<OllamaRunner> settle)
{
    private const int ChunkTokens = 64;

    private readonly List<OllamaCall> _active = [];
    private readonly List<OllamaCall> _waiting = [];
    private TimeSpan _countedAt = events.Now;

    public string Model => model;

    public int Slots => slots;

    /// <summary>Slots in use.</summary>
    public int Busy => _active.Count;

    public bool IsIdle => _active.Count + _waiting.Count == 0;

    /// <summary>It goes as soon as it is idle.</summary>
    public bool IsDismissed { get; set; }

    /// <summary>Calls that found no free slot.</summary>
    public int WaitedInside { get; private set; }

    /// <summary>Slot seconds.</summary>
    public double BusySeconds { get; private set; }

    public IEnumerable<OllamaCall> Calls => _active.Concat(_waiting);

    public void Enter(OllamaCall call)
    {
        call.Stage = OllamaStage.Waiting;
        _waiting.Add(call);
        Fill();
        WaitedInside += call.Stage is OllamaStage.Waiting ? 1 : 0;
    }

    /// <summary>The client has gone. Its prompt is computed to the end of the batch; all else stops at once.</summary>
    public void Leave(OllamaCall call)
    {
        if (call is { Stage: OllamaStage.Prompt, Work: { } work })
        {
            var batches = Math.Floor((events.Now - call.BegunAt) / work.Batch) + 1;
            var end = call.BegunAt + (work.Batch * batches);
            var prompt = call.BegunAt + work.Prompt;
            call.Stage = OllamaStage.Over;
            events.At(end < prompt ? end : prompt, () => Free(call));
        }
        else if (call.Stage is OllamaStage.Waiting or OllamaStage.Generating)
        {
            call.Stage = OllamaStage.Over;
            Free(call);
        }
    }

    /// <summary>Adds the time since the last change.</summary>
    public void Count()
    {
        BusySeconds += _active.Count * (events.Now - _countedAt).TotalSeconds;
        _countedAt = events.Now;
    }

    private void Fill()
    {
        Count();
        while (_active.Count < slots && _waiting.Count > 0)
        {
            var call = _waiting[0];
            _waiting.RemoveAt(0);
            _active.Add(call);
            Begin(call);
        }
    }

    private void Begin(OllamaCall call)
    {
        call.Stage = OllamaStage.Prompt;
        call.BegunAt = events.Now;
        var work = call.Work!; // Calls that only load get no slot.
        events.In(work.Prompt, () => Generate(call));
        for (var tokens = ChunkTokens; tokens < work.CompletionTokens; tokens += ChunkTokens)
        {
            var come = tokens;
            events.In(work.Prompt + (work.Eval * ((double)tokens / work.CompletionTokens)), () => Tell(call, come));
        }

        events.In(work.Service, () => End(call));
    }

    private static void Generate(OllamaCall call)
    {
        if (call.Stage is OllamaStage.Prompt)
        {
            call.Stage = OllamaStage.Generating;
            call.FirstToken?.Invoke();
        }
    }

    private static void Tell(OllamaCall call, int tokens)
    {
        if (call.Stage is OllamaStage.Generating)
        {
            call.Tokens?.Invoke(tokens);
        }
    }

    private void End(OllamaCall call)
    {
        if (call.Stage is OllamaStage.Generating)
        {
            call.Stage = OllamaStage.Over;
            Free(call);
            call.Ended?.Invoke(true);
        }
    }

    private void Free(OllamaCall call)
    {
        Count();
        _active.Remove(call);
        _waiting.Remove(call);
        Fill();
        settle(this);
    }
}
