namespace LlamaGate.Bench.Scenarios;

/// <summary>Watches the cost of a request fall until it falls no more.</summary>
/// <param name="leastRequests">Before so many nothing is steady: on a busy machine little may have been asked so far.</param>
internal sealed class SteadyState(long leastRequests)
{
    /// <summary>What is less of an improvement than this is the machine's noise.</summary>
    private const double Improvement = 0.97;
    private const int Enough = 2;
    private double _best = double.PositiveInfinity;
    private int _without;
    private long _requests;

    /// <summary>True after two values in a row that were not clearly below the best before them.</summary>
    public bool IsReached => _without >= Enough && _requests >= leastRequests;

    public void Add(double cost, long requests)
    {
        _requests += requests;
        _without = cost < _best * Improvement ? 0 : _without + 1;
        _best = Math.Min(_best, cost);
    }
}
