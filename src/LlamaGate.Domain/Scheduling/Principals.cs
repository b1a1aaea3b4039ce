using LlamaGate.Domain.Callers;

namespace LlamaGate.Domain.Scheduling;

/// <summary>The principals that have calls, and those that had some lately.</summary>
internal sealed class Principals
{
    /// <summary>Remembered although they have no calls; those that were idle for the longest time go first.</summary>
    private const int MaxIdle = 10_000;

    private readonly Dictionary<string, PrincipalState> _all = new(StringComparer.Ordinal);
    private readonly LinkedList<PrincipalState> _idle = [];
    private long _numbers;

    public IReadOnlyCollection<PrincipalState> All => _all.Values;

    public PrincipalState Get(Principal principal)
    {
        if (!_all.TryGetValue(principal.Id, out var state))
        {
            _all[principal.Id] = state = new PrincipalState(principal, ++_numbers);
            NoteIdle(state);
        }

        return state;
    }

    public PrincipalState? Find(string id) => _all.GetValueOrDefault(id);

    /// <summary>The principal has calls: it must not be forgotten.</summary>
    public void NoteBusy(PrincipalState principal)
    {
        if (principal.IdleNode is { } node)
        {
            _idle.Remove(node);
            principal.IdleNode = null;
        }
    }

    /// <summary>The principal may have no calls any more.</summary>
    public void NoteIdle(PrincipalState principal)
    {
        if (principal is { Waiting: 0, Running: 0, IdleNode: null })
        {
            principal.IdleNode = _idle.AddLast(principal);
            if (_idle.Count > MaxIdle)
            {
                _all.Remove(_idle.First!.Value.Principal.Id); // The count says that there is one.
                _idle.RemoveFirst();
            }
        }
    }
}
