namespace LlamaGate.Bench.Scenarios;

/// <summary>
/// Watches the cost of a request fall until it falls no more and the server's compiler is at rest: on a busy core a cost can stand
/// still for many seconds before the compiled-for-good methods come.
/// </summary>
/// <param name="leastRequests">Before so many nothing is steady: on a busy machine little may have been asked so far.</param>
internal sealed class SteadyState(long leastRequests)
{
    /// <summary>What is less of an improvement than this is the machine's noise.</summary>
    private const double Improvement = 0.97;
    private const int Enough = 2;

    /// <summary>Methods of one pass. A few stragglers are always compiled; a server that warms up compiles hundreds.</summary>
    private const int AtRest = 20;
    private double _best = double.PositiveInfinity;
    private int _without;
    private long _requests;

    /// <summary>True after two values in a row that were not clearly below the best before them and took next to no compiling.</summary>
    public bool IsReached => _without >= Enough && _requests >= leastRequests;

    /// <param name="cost">Of a request.</param>
    /// <param name="requests">In this pass.</param>
    /// <param name="compiled">Methods that the server compiled during it.</param>
    public void Add(double cost, long requests, long compiled)
    {
        _requests += requests;
        _without = cost < _best * Improvement || compiled > AtRest ? 0 : _without + 1;
        _best = Math.Min(_best, cost);
    }
}
