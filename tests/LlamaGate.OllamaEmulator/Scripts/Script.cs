namespace LlamaGate.OllamaEmulator.Scripts;

/// <summary>
/// What tests told the emulator to answer: a queue of single scenarios before a list of responders. Thread-safe.
/// </summary>
internal sealed class Script
{
    private static readonly HashSet<string> InferencePaths =
        new(StringComparer.Ordinal) { "/api/chat", "/api/generate", "/api/embed" };

    private readonly Lock _lock = new();
    private readonly LinkedList<(Scenario Scenario, string? Path)> _queue = [];
    private readonly Queue<Scenario> _loads = [];
    private readonly List<Func<RecordedRequest, Scenario?>> _responders = [];

    public int? HealthStatus { get; set; }

    public void Enqueue(Scenario scenario, string? path)
    {
        lock (_lock)
        {
            _queue.AddLast((scenario, path));
        }
    }

    public void EnqueueLoad(Scenario scenario)
    {
        lock (_lock)
        {
            _loads.Enqueue(scenario);
        }
    }

    public void Respond(Func<RecordedRequest, Scenario?> responder)
    {
        lock (_lock)
        {
            _responders.Add(responder);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _queue.Clear();
            _loads.Clear();
            _responders.Clear();
            HealthStatus = null;
        }
    }

    /// <summary>For a request that only loads a model.</summary>
    public Scenario? NextLoad()
    {
        lock (_lock)
        {
            return _loads.TryDequeue(out var scenario) ? scenario : null;
        }
    }

    public Scenario? Next(RecordedRequest request)
    {
        Func<RecordedRequest, Scenario?>[] responders;
        lock (_lock)
        {
            for (var node = _queue.First; node is not null; node = node.Next)
            {
                if (node.Value.Path is { } path ? path == request.Path : InferencePaths.Contains(request.Path))
                {
                    _queue.Remove(node);
                    return node.Value.Scenario;
                }
            }

            responders = [.. _responders];
        }

        // Outside the lock: a responder is the test's code and may look at the emulator. The latest is asked first.
        return responders.Reverse().Select(responder => responder(request)).FirstOrDefault(answer => answer is not null)
            ?? (request.Method is "GET" or "HEAD" && HealthStatus is { } status ? Scenario.Fails(status) : null);
    }
}
