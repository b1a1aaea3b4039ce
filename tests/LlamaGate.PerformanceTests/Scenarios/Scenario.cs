using LlamaGate.PerformanceTests.Running;

namespace LlamaGate.PerformanceTests.Scenarios;

/// <summary>One hot path: an operation that is done over and over.</summary>
internal sealed record Scenario
{
    /// <summary>As the budgets call it.</summary>
    public required string Name { get; init; }

    /// <summary>One exchange, from the request's first byte to the answer's last.</summary>
    public required Action<Wires> Operation { get; init; }

    /// <summary>An exchange that is subtracted, so that what both have in common does not count; null: nothing.</summary>
    public Action<Wires>? Baseline { get; init; }

    /// <summary>How many of what is budgeted the operation has more than its baseline: chunks of a stream.</summary>
    public int Units { get; init; } = 1;

    /// <summary>Done once, before anything is measured: fills the cache.</summary>
    public Action<Wires>? Prepare { get; init; }

    public bool CacheEnabled { get; init; }

    /// <summary>Operations in one round of measuring.</summary>
    public int Operations { get; init; } = 40;

    /// <summary>Only what goes to the large-object heap counts.</summary>
    public bool IsOfLargeObjects { get; init; }

    public override string ToString() => Name;
}
