using LlamaGate.Domain.Accounts;

namespace LlamaGate.Infrastructure.Accounts;

/// <summary>Adds up the rows of a report.</summary>
internal sealed class UsageSums(UsageQuery query)
{
    private readonly Dictionary<string, UsageRow> _rows = new(StringComparer.Ordinal);

    public void Add(UsageRow row) => _rows[row.Group] = _rows.TryGetValue(row.Group, out var sum) ? sum.Plus(row) : row;

    /// <summary>Adds a record that the query includes; others are left out.</summary>
    public void Add(UsageRecord record)
    {
        var key = DayKey.Of(record);
        if (Includes(key))
        {
            Add(UsageRow.Of(record, key.GroupBy(query.By)));
        }
    }

    public void Add(DayKey key, UsageRow total)
    {
        if (Includes(key))
        {
            Add(total with { Group = key.GroupBy(query.By) });
        }
    }

    public IReadOnlyList<UsageRow> ToRows() => [.. _rows.Values.OrderBy(row => row.Group, StringComparer.Ordinal)];

    private bool Includes(DayKey key) =>
        key.Day >= query.From && key.Day <= query.To && (query.KeyId is not { } id || key.Key == id);
}
