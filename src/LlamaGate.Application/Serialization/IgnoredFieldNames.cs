using System.Text.Json;

namespace LlamaGate.Application.Serialization;

/// <summary>Collects the names for <c>X-LlamaGate-Ignored</c>. They come from outside and are written into a header.</summary>
internal sealed class IgnoredFieldNames
{
    /// <summary>Limits the header, whatever is sent.</summary>
    private const int Most = 20;

    private List<string>? _names;

    public IReadOnlyList<string> Names => _names ?? (IReadOnlyList<string>)[];

    public void Add(string name)
    {
        _names ??= [];
        if (_names.Count < Most && !_names.Contains(name))
        {
            _names.Add(name);
        }
    }

    public void AddUnless(bool isUsed, string name)
    {
        if (!isUsed)
        {
            Add(name);
        }
    }

    /// <summary>Adds a name from outside.</summary>
    /// <param name="prefix">The path to the named member.</param>
    public void AddNamed(string prefix, string name) => Add(prefix + (IsPlain(name) ? name : "(unnamed)"));

    /// <summary>Adds the members that a contract does not have.</summary>
    /// <param name="prefix">The path to the object that holds them.</param>
    /// <param name="exempt">Names that are known to have no meaning.</param>
    public void AddUnknown(IDictionary<string, JsonElement>? unknown, string prefix = "", params ReadOnlySpan<string> exempt)
    {
        if (unknown is null)
        {
            return;
        }

        foreach (var (name, value) in unknown)
        {
            if (!exempt.Contains(name))
            {
                AddUnknown(name, value, prefix);
            }
        }
    }

    /// <summary>Adds one member, unless it is null: OpenAI treats null as absent, and SDKs send it for members that are not set.</summary>
    public void AddUnknown(string name, JsonElement value, string prefix)
    {
        if (value.ValueKind != JsonValueKind.Null)
        {
            AddNamed(prefix, name);
        }
    }

    private static bool IsPlain(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
