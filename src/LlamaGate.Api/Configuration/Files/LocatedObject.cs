using System.Text.Json;

namespace LlamaGate.Api.Configuration.Files;

/// <summary>Reads the members of an object by their names and types. What is wrong becomes a fault; the value is then null.</summary>
internal sealed class LocatedObject
{
    private readonly LocatedJson _json;
    private readonly List<FileFault> _faults;
    private readonly Dictionary<string, LocatedJson> _members;

    /// <param name="json">The value.</param>
    /// <param name="known">Its possible members; any other is a fault.</param>
    /// <param name="faults">Gets what is wrong.</param>
    public LocatedObject(LocatedJson json, IReadOnlyList<string> known, List<FileFault> faults)
    {
        _json = json;
        _faults = faults;
        _members = new Dictionary<string, LocatedJson>(json.Members, StringComparer.Ordinal);
        if (json.Kind is not JsonValueKind.Object)
        {
            Refuse(json, "must be an object");
        }

        foreach (var (name, value) in json.Members.Where(member => !known.Contains(member.Key, StringComparer.Ordinal)))
        {
            var nearest = NearestName.Find(name, known.Select(one => one.ToUpperInvariant()))?.ToLowerInvariant();
            Refuse(value, "is unknown; " + (nearest is null ? $"known here: {string.Join(", ", known)}" : $"did you mean {nearest}?"));
        }
    }

    /// <summary>Null when it is not there, or <c>null</c>.</summary>
    public LocatedJson? Find(string name) =>
        _members.TryGetValue(name, out var value) && value.Kind is not JsonValueKind.Null ? value : null;

    public bool Has(string name) => Find(name) is not null;

    /// <summary>A text of 1 to <paramref name="maxLength"/> characters.</summary>
    public string? Text(string name, int maxLength) => Find(name) switch
    {
        null => null,
        { Kind: JsonValueKind.String } value when value.ToElement().GetString() is { Length: > 0 } text && text.Length <= maxLength => text,
        var value => Refuse<string>(value, $"must be a string of 1 to {maxLength} characters"),
    };

    public bool? Boolean(string name) => Find(name)?.Kind switch
    {
        null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => RefuseValue<bool>(name, "must be true or false"),
    };

    public int? Integer(string name, int min, int max) =>
        Find(name) is not { } value ? null
        : value.Kind is JsonValueKind.Number && value.ToElement().TryGetInt32(out var number) && number >= min && number <= max ? number
        : RefuseValue<int>(name, $"must be a whole number from {min} to {max}");

    public decimal? Decimal(string name, decimal min, decimal max) =>
        Find(name) is not { } value ? null
        : value.Kind is JsonValueKind.Number && value.ToElement().TryGetDecimal(out var number) && number >= min && number <= max ? number
        : RefuseValue<decimal>(name, $"must be a number from {VariableText.Of(min)} to {VariableText.Of(max)}");

    /// <summary>The fault of one member, or of the whole when it is not there.</summary>
    public void Refuse(string name, string problem)
    {
        if (Find(name) is { } value)
        {
            Refuse(value, problem);
        }
        else
        {
            _faults.Add(new FileFault(_json.Line, $"{(_json.Path.Length > 0 ? _json.Path + "." : "")}{name} {problem}"));
        }
    }

    public void Refuse(LocatedJson value, string problem) =>
        _faults.Add(new FileFault(value.Line, $"{(value.Path.Length > 0 ? value.Path : "the file")} {problem}"));

    private T? Refuse<T>(LocatedJson value, string problem)
        where T : class
    {
        Refuse(value, problem);
        return null;
    }

    private T? RefuseValue<T>(string name, string problem)
        where T : struct
    {
        Refuse(name, problem);
        return null;
    }
}
