using LlamaGate.Application.Abstractions;

namespace LlamaGate.Infrastructure.Callers.Format;

/// <summary>Collects faults up to a limit: a file of another kind has thousands.</summary>
internal sealed class FaultList
{
    private const int MaxFaults = 20;

    private readonly List<KeysFault> _faults = [];

    public IReadOnlyList<KeysFault> All => _faults;

    public bool IsEmpty => _faults.Count == 0;

    public void Add(int? line, string problem) => Add(new KeysFault(line, Place: null, Id: null, problem));

    public void Add(RawKey key, string? id, RawField? field, string problem) => Add(new KeysFault(
        field?.Line ?? key.Line, field is null ? key.Place : $"{key.Place}.{field.Name}", id, problem));

    public void Add(KeysFault fault)
    {
        if (_faults.Count < MaxFaults)
        {
            _faults.Add(fault);
        }
        else if (_faults.Count == MaxFaults)
        {
            _faults.Add(new KeysFault(Line: null, Place: null, Id: null, "has further faults, which are not listed"));
        }
    }
}
